"""The compiled normal distribution: its quantiles, and draws and chances between two points."""

import math

from numba import njit

FAR = 37.0
"""Beyond this many sds the chance is below the smallest double."""
TINIEST = 1e-300
_A = (
    3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
)  # fmt: skip
_B = (
    1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
    39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
)  # fmt: skip
"""Wichura 1988, algorithm AS 241, doi:10.2307/2347330: the middle."""


@njit(cache=True)
def below(x: float) -> float:
    """Return the standard normal's chance below `x`."""
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


@njit(cache=True)
def quantile(chance: float) -> float:
    """Return the standard normal quantile of a chance up to one half, to about 1e-12; below 1e-300 it stays at -37.04.

    The middle by Wichura's rational function; the tail from an asymptotic start by Newton steps on the
    logarithm, which settle in a few rounds.
    """
    off = chance - 0.5
    if abs(off) <= 0.425:
        r = 0.180625 - off * off
        num, den = 0.0, 0.0
        for k in range(7, -1, -1):
            num, den = num * r + _A[k], den * r + _B[k]
        return off * num / den
    chance = max(chance, TINIEST)
    log_chance = math.log(chance)
    s = math.sqrt(-2.0 * log_chance)
    x = -(s - (math.log(s) + 0.9189385332046727) / s)
    for _ in range(6):
        here = max(below(x), TINIEST)
        density = math.exp(-0.5 * x * x) / 2.5066282746310002
        step = (math.log(here) - log_chance) * here / max(density, TINIEST)
        x -= step
        if abs(step) < 1e-12:
            break
    return x


@njit(cache=True)
def log_between(low: float, high: float) -> float:
    """Return the log of the chance between two points, exact in both tails; floored at log 1e-300."""
    if low > 0.0:
        low, high = -high, -low
    return math.log(max(below(high) - below(low), TINIEST))


@njit(cache=True)
def between(low: float, high: float, uniform: float) -> float:
    """Return the standard normal between two points that `uniform` picks; in the far tail the nearer end."""
    flip = low > 0.0
    if flip:
        low, high = -high, -low
    if high < -FAR:
        x = high
    else:
        floor = below(low)
        chance = floor + uniform * (below(high) - floor)
        x = quantile(chance) if chance <= 0.5 else -quantile(1.0 - chance)
        x = min(max(x, low), high)
    return -x if flip else x
