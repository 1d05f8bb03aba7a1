"""The compiled quantiles of a mixture of many normals."""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Floats

HALF_ROOT = math.sqrt(0.5)
FAR = 6.5
"""Beyond this many sds a part lies wholly on one side, but for 4e-11 of it."""
GROUPS = 64
"""Parts of the coarse mixture from which the search of a quantile starts."""
ROUNDS = 60
"""Most steps of one search: bisection alone would reach 1e-18 of the bracket."""
NEAR = 1e-4
"""A Newton step from where the chance below differs by this much leaves an error of about 1e-6 sd."""
WIDEST = 40.0
"""Half-width of the bracket in standard deviations; no part of a mixture matters beyond."""


@njit(cache=True)
def below(x: float, weight: Floats, mean: Floats, sd: Floats) -> float:
    """Return the chance that the mixture lies below `x`."""
    total = 0.0
    for i in range(weight.size):
        d = (x - mean[i]) / sd[i]
        if d >= FAR:
            total += weight[i]
        elif d > -FAR:
            total += weight[i] * 0.5 * math.erfc(-d * HALF_ROOT)
    return total


@njit(cache=True)
def _density(x: float, weight: Floats, mean: Floats, sd: Floats) -> float:
    total = 0.0
    for i in range(weight.size):
        d = (x - mean[i]) / sd[i]
        if abs(d) < FAR:
            total += weight[i] / sd[i] * math.exp(-0.5 * d * d)
    return total / math.sqrt(2.0 * math.pi)


@njit(cache=True)
def _coarse(weight: Floats, mean: Floats, sd: Floats, centre: float, spread: float, out: Floats) -> int:
    """Group the parts by their means into `out` (weight, mean, sd rows); return the number of groups."""
    out[:, :] = 0.0
    for i in range(weight.size):
        place = (mean[i] - centre) / (8.0 * spread) + 0.5
        g = int(min(max(place * GROUPS, 0.0), GROUPS - 1.0))
        out[0, g] += weight[i]
        out[1, g] += weight[i] * mean[i]
        out[2, g] += weight[i] * (sd[i] * sd[i] + (mean[i] - centre) * (mean[i] - centre))
    kept = 0
    for g in range(GROUPS):
        if out[0, g] > 0.0:
            w = out[0, g]
            m = out[1, g] / w
            s = math.sqrt(max(out[2, g] / w - (m - centre) * (m - centre), (1e-6 * spread) ** 2))
            out[0, kept], out[1, kept], out[2, kept] = w, m, s
            kept += 1
    return kept


@njit(cache=True)
def _search(level: float, x: float, spread: float, weight: Floats, mean: Floats, sd: Floats) -> float:
    """Return the quantile by Newton steps kept inside a shrinking bracket."""
    low, high = x - WIDEST * spread, x + WIDEST * spread
    for _ in range(ROUNDS):
        off = below(x, weight, mean, sd) - level
        if off > 0.0:
            high = x
        else:
            low = x
        slope = _density(x, weight, mean, sd)
        step = x - off / slope if slope > 0.0 else low
        x = step if low < step < high else 0.5 * (low + high)
        if (abs(off) <= NEAR and x == step) or high - low <= 1e-13 * spread:
            break
    return x


@njit(cache=True)
def quantiles(weight: Floats, mean: Floats, sd: Floats, levels: Floats, out: Floats) -> None:
    """Fill mean, sd and quantiles of J mixtures that share their weights.

    Parameters
    ----------
    weight : (M,)
        Weights, summing to 1.
    mean, sd : (J, M)
        Parts of each mixture; sd > 0.
    levels : (L,)
        Levels between 0 and 1.
    out : (J, 2 + L)
        Out: mean, sd, then the quantiles.
    """
    coarse = np.empty((3, GROUPS))
    for j in range(mean.shape[0]):
        centre = 0.0
        for i in range(weight.size):
            centre += weight[i] * mean[j, i]
        second = 0.0
        for i in range(weight.size):
            second += weight[i] * (sd[j, i] * sd[j, i] + (mean[j, i] - centre) * (mean[j, i] - centre))
        spread = math.sqrt(second)
        out[j, 0], out[j, 1] = centre, spread
        g = _coarse(weight, mean[j], sd[j], centre, spread, coarse)
        for k in range(levels.size):
            x = _search(levels[k], centre, spread, coarse[0, :g], coarse[1, :g], coarse[2, :g])
            out[j, 2 + k] = _search(levels[k], x, spread, weight, mean[j], sd[j])
