"""The Pareto shape of the largest importance weights: how far they can be trusted."""

import math

import numpy as np

from noctiflora.trial._arrays import Floats

TRUSTED = 0.7
"""Above this shape the weights' mean converges too slowly to use (Vehtari 2024)."""
SMALLEST = 1e-60
"""Smallest quartile of the exceedances, as a share of the largest weight."""
PRIOR_WEIGHT = 10.0
"""Strength, in points, of the pull towards a shape of 0.5 (Vehtari 2024, appendix)."""


def pareto_k(log_weight: Floats) -> float:
    """Return the shape of a generalised Pareto distribution fitted to the largest weights.

    Parameters
    ----------
    log_weight : (N,)
        Logarithms of the importance weights, any constant added.

    Returns
    -------
    float
        The shape; 0 where the largest weights are all alike or there are fewer than five.

    References
    ----------
    .. [1] Zhang & Stephens 2009, doi:10.1198/tech.2009.08017
    .. [2] Vehtari et al. 2024, arXiv:1507.02646

    Examples
    --------
    >>> pareto_k(np.zeros(512))
    0.0
    """
    n = log_weight.size
    m = int(min(n // 5, math.ceil(3.0 * math.sqrt(n))))
    if m < 5:
        return 0.0
    largest = np.sort(log_weight)[-(m + 1) :]
    tail = np.exp(largest - largest[-1])
    excess = tail[1:] - tail[0]
    if excess[-1] <= 1e-12:
        return 0.0
    return _shape(excess)


def _shape(excess: Floats) -> float:
    """Return Zhang and Stephens' estimate for rising exceedances, pulled towards 0.5."""
    m = excess.size
    grid = 30 + int(math.sqrt(m))
    # a quartile of nothing beside the largest is a tail as heavy as any: the floor keeps it finite
    quarter = max(excess[int(m / 4 + 0.5) - 1], SMALLEST)
    theta = 1.0 / excess[-1] + (1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))) / (3.0 * quarter)
    k = np.log1p(-theta[:, None] * excess).mean(axis=1)
    log_like = m * (np.log(-theta / k) - k - 1.0)
    weight = np.exp(log_like - log_like.max())
    best = float(np.sum(theta * weight) / weight.sum())
    shape = float(np.log1p(-best * excess).mean())
    return (m * shape + PRIOR_WEIGHT * 0.5) / (m + PRIOR_WEIGHT)
