"""The posterior of the effect as a mixture of normals."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from noctiflora.trial._arrays import Floats
from noctiflora.trial._importance import Draws

LARGEST = 1e100
"""Largest magnitude of a slope or a precision: squares and products with any prior stay finite."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effect:
    """Normals of theta: one for each of N points and K parts of its prior.

    Parameters
    ----------
    weight, mean, sd : (N, K)
        Weights sum to 1.
    """

    weight: Floats
    mean: Floats
    sd: Floats

    def p_above(self, amount: float, *, higher_is_better: bool) -> float:
        """Return the chance that the effect, in the better direction, exceeds `amount`."""
        sign = 1.0 if higher_is_better else -1.0
        chance = float(np.sum(self.weight * ndtr((sign * self.mean - amount) / self.sd)))
        return min(max(chance, 0.0), 1.0)


def effect(draws: Draws, theta: Floats) -> Effect:
    """Return theta's posterior under the prior `theta`, (K, 3), over the points of `draws`.

    The points may have been drawn under another prior of theta: they are weighed anew.
    """
    log_part, mean, sd = _parts(draws.detail, theta)
    log_weight = log_part + draws.log_prior_ratio[:, None]
    share = np.exp(log_weight - np.max(log_weight))
    return Effect(weight=share / np.sum(share), mean=mean, sd=sd)


def log_average(detail: Floats, theta: Floats) -> Floats:
    """Return log p(y|z) of points, (N,), from their `detail`, averaged over the prior `theta`."""
    log_part, _, _ = _parts(detail, theta)
    top = log_part.max(axis=1)
    return np.asarray(top + np.log(np.exp(log_part - top[:, None]).sum(axis=1)))


def _parts(detail: Floats, theta: Floats) -> tuple[Floats, Floats, Floats]:
    """Return log-weights, means and sds of theta, (N, K)."""
    base, slope, precision = (detail[:, j, None] for j in range(3))
    weight, mean, sd = theta[:, 0], theta[:, 1], theta[:, 2]
    precision = np.minimum(precision, LARGEST)
    known = 1.0 / (sd * sd)
    total = precision + known
    # chains that wander to noise of next to nothing must not overflow when squared
    h = np.clip(slope + mean * known, -LARGEST, LARGEST)
    log_part = np.log(weight) + 0.5 * (h * h / total - mean * mean * known - np.log1p(precision * sd * sd))
    return base + log_part, h / total, 1.0 / np.sqrt(total)


def effective_share(found: Effect) -> float:
    """Return the effective share of the points under the weights of `found`, 0 to 1."""
    weight = found.weight.sum(axis=1)
    return float(1.0 / np.sum(weight * weight) / weight.size)
