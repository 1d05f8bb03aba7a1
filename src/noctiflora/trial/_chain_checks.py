"""Whether several chains tell the same: R-hat and the effective number of draws."""

import numpy as np
from scipy.special import ndtri

from noctiflora.trial._arrays import Floats


def r_hat(draws: Floats) -> float:
    """Return the rank-normalised split R-hat of chains, (C, N); 1 where nothing moves.

    References
    ----------
    .. [1] Vehtari et al. 2021, doi:10.1214/20-BA1221

    Examples
    --------
    >>> r_hat(np.zeros((4, 100)))
    1.0
    """
    halves = _split(_ranked(draws))
    n = halves.shape[1]
    within = float(np.mean(np.var(halves, axis=1, ddof=1)))
    between = float(np.var(halves.mean(axis=1), ddof=1))
    if within <= 0:
        return 1.0 if between <= 0 else float("inf")
    return float(np.sqrt((n - 1) / n + between / within))


def effective(draws: Floats) -> float:
    """Return how many independent draws the chains, (C, N), are worth; Geyer's initial sequence on ranks.

    References
    ----------
    .. [1] Vehtari et al. 2021, doi:10.1214/20-BA1221
    """
    chains = _split(_ranked(draws))
    m, n = chains.shape
    off = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(off, 2 * n, axis=1)
    covariance = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :n].mean(axis=0) / n
    within = covariance[0] * n / (n - 1)
    total = within * (n - 1) / n + float(np.var(chains.mean(axis=1), ddof=1))
    if total <= 0:
        return float(m * n)
    rho = 1.0 - (within - covariance) / total
    pairs = rho[0 : n - n % 2 : 2] + rho[1:n:2]
    stop = np.flatnonzero(pairs <= 0)
    kept = np.minimum.accumulate(pairs[: stop[0] if stop.size else pairs.size])
    return float(min(m * n / max(2.0 * kept.sum() - 1.0, 1.0 / np.log10(m * n)), m * n * np.log10(m * n)))


def _ranked(draws: Floats) -> Floats:
    """Return normal scores of the ranks over all chains."""
    from scipy.stats import rankdata  # here, for most commands draw nothing and scipy.stats is slow to load

    rank = rankdata(draws).reshape(draws.shape)
    return np.asarray(ndtri((rank - 0.375) / (draws.size + 0.25)))


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])
