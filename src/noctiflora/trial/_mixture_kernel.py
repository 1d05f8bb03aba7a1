"""The compiled quantiles of a mixture of many normals."""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Floats

FAR = 6.5
"""Beyond this many sds a part lies wholly on one side, but for 4e-11 of it."""
PER_SD = 32
"""Table entries for each sd: the cubic between them errs by 2e-9."""
ENTRIES = int(2 * FAR * PER_SD)
GROUPS = 128
"""Parts of the coarse mixture from which the search of a quantile starts."""
ROUNDS = 60
"""Most steps of one search: bisection alone would reach 1e-18 of the bracket."""
NEAR = 3e-4
"""A Newton step from where the chance below differs by this much leaves an error of about 1e-5 sd."""
MANY = 2048
"""Where a mixture has more parts than this, `quantiles` may merge near ones first."""
PLACES, KINDS = 256, 12
"""Groups of merged parts by mean, over 12 sds, and by logarithm of the sd."""
WIDEST = 40.0
"""Half-width of the bracket in standard deviations; no part of a mixture matters beyond."""


@njit(cache=True)
def _table() -> Floats:
    """Return the standard normal's distribution and its density over a table step, (ENTRIES + 2, 2)."""
    table = np.empty((ENTRIES + 2, 2))
    for i in range(ENTRIES + 2):
        x = i / PER_SD - FAR
        table[i, 0] = 0.5 * math.erfc(-x * math.sqrt(0.5))
        table[i, 1] = math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi) / PER_SD
    return table


@njit(cache=True)
def _below(x: float, weight: Floats, mean: Floats, per_sd: Floats, table: Floats) -> tuple[float, float]:
    """Return the chance that the mixture lies below `x`, with its density there.

    Both come from one cubic between table entries: an error function for each part would take
    most of the analysis's time.
    """
    chance, density = 0.0, 0.0
    for i in range(weight.size):
        d = (x - mean[i]) * per_sd[i]
        if d >= FAR:
            chance += weight[i]
        elif d > -FAR:
            place = (d + FAR) * PER_SD
            k = int(place)
            t = place - k
            rise = table[k + 1, 0] - table[k, 0]
            b = 3.0 * rise - 2.0 * table[k, 1] - table[k + 1, 1]
            c = table[k, 1] + table[k + 1, 1] - 2.0 * rise
            chance += weight[i] * (table[k, 0] + t * (table[k, 1] + t * (b + t * c)))
            density += weight[i] * per_sd[i] * (table[k, 1] + t * (2.0 * b + 3.0 * t * c))
    return chance, density * PER_SD


@njit(cache=True)
def _coarse(weight: Floats, mean: Floats, sd: Floats, centre: float, spread: float, out: Floats) -> int:
    """Group the parts by their means into `out` (rows weight, mean, 1/sd); return the number of groups."""
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
            out[0, kept], out[1, kept], out[2, kept] = w, m, 1.0 / s
            kept += 1
    return kept


@njit(cache=True)
def _search(
    level: float, x: float, spread: float, weight: Floats, mean: Floats, per_sd: Floats, table: Floats
) -> float:
    """Return the quantile by Newton steps kept inside a shrinking bracket."""
    low, high = x - WIDEST * spread, x + WIDEST * spread
    for _ in range(ROUNDS):
        chance, slope = _below(x, weight, mean, per_sd, table)
        off = chance - level
        if off > 0.0:
            high = x
        else:
            low = x
        step = x - off / slope if slope > 0.0 else low
        x = step if low < step < high else 0.5 * (low + high)
        if (abs(off) <= NEAR and x == step) or high - low <= 1e-13 * spread:
            break
    return x


@njit(cache=True)
def _merged(weight: Floats, mean: Floats, sd: Floats, centre: float, spread: float, out: Floats) -> int:
    """Merge parts of like mean and sd into `out` (rows weight, mean, 1/sd), moments kept; return how many."""
    out[:, :] = 0.0
    least, most = sd.min(), sd.max()
    per_kind = KINDS / max(math.log(most / least), 1e-9)
    for i in range(weight.size):
        place = min(max(((mean[i] - centre) / (12.0 * spread) + 0.5) * PLACES, 0.0), PLACES - 1.0)
        kind = min(math.log(sd[i] / least) * per_kind, KINDS - 1.0)
        g = int(kind) * PLACES + int(place)
        off = mean[i] - centre
        out[0, g] += weight[i]
        out[1, g] += weight[i] * off
        out[2, g] += weight[i] * (sd[i] * sd[i] + off * off)
    kept = 0
    for g in range(PLACES * KINDS):
        if out[0, g] > 0.0:
            w = out[0, g]
            m = out[1, g] / w
            s = math.sqrt(max(out[2, g] / w - m * m, least * least))
            out[0, kept], out[1, kept], out[2, kept] = w, centre + m, 1.0 / s
            kept += 1
    return kept


@njit(cache=True)
def quantiles(weight: Floats, mean: Floats, sd: Floats, levels: Floats, out: Floats, exact: bool) -> None:
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
    exact : bool
        Whether large mixtures keep all their parts; merged, quantiles err by a few thousandths of the sd.
    """
    table = _table()
    coarse = np.empty((3, GROUPS))
    fewer = np.empty((3, PLACES * KINDS))
    for j in range(mean.shape[0]):
        centre = 0.0
        for i in range(weight.size):
            centre += weight[i] * mean[j, i]
        second = 0.0
        for i in range(weight.size):
            second += weight[i] * (sd[j, i] * sd[j, i] + (mean[j, i] - centre) * (mean[j, i] - centre))
        spread = math.sqrt(second)
        out[j, 0], out[j, 1] = centre, spread
        w, m, per_sd = weight, mean[j], sd[j]
        if exact or weight.size <= MANY:
            per_sd = 1.0 / per_sd
        else:
            g = _merged(weight, mean[j], sd[j], centre, spread, fewer)
            w, m, per_sd = fewer[0, :g], fewer[1, :g], fewer[2, :g]
        g = _coarse(weight, mean[j], sd[j], centre, spread, coarse)
        for k in range(levels.size):
            x = _search(levels[k], centre, spread, coarse[0, :g], coarse[1, :g], coarse[2, :g], table)
            x = _search(levels[k], x, spread, w, m, per_sd, table)
            # rounding of far-off values must not turn the order round
            out[j, 2 + k] = max(x, out[j, 1 + k]) if k > 0 else x


@njit(cache=True)
def given_theta(
    at_zero: Floats, per_theta: Floats, var: Floats, theta: Floats, theta_sd: Floats, mean: Floats, sd: Floats
) -> None:
    """Fill the normals of p coefficients over N points and K parts of theta's prior.

    Parameters
    ----------
    at_zero, per_theta, var : (N, p)
        A coefficient given theta is normal with mean at_zero - theta * per_theta and variance var.
    theta, theta_sd : (N, K)
        Normals of theta.
    mean, sd : (p, N * K)
        Out.
    """
    n, parts = theta.shape
    for j in range(at_zero.shape[1]):
        for i in range(n):
            a, b, v = at_zero[i, j], per_theta[i, j], var[i, j]
            for k in range(parts):
                s = b * theta_sd[i, k]
                mean[j, i * parts + k] = a - b * theta[i, k]
                sd[j, i * parts + k] = math.sqrt(v + s * s)


def fewer_parts(weight: Floats, mean: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
    """Return a mixture, all (M,), with at most 3,072 parts, its moments kept; small ones as they are."""
    if weight.size <= MANY:
        return weight, mean, sd
    centre = float(weight @ mean)
    spread = math.sqrt(float(weight @ (sd * sd + (mean - centre) ** 2)))
    out = np.empty((3, PLACES * KINDS))
    g = _merged(weight, mean, sd, centre, spread, out)
    return out[0, :g], out[1, :g], 1.0 / out[2, :g]
