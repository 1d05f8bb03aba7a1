"""One term of the likelihood seen from a normal belief: its probability, and the belief after it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

Array = NDArray[np.float64]
LOG_ROOT_2PI = 0.5 * math.log(2 * math.pi)
NO_CHANCE = -700.0  # log of a probability that would underflow


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Belief:
    """A normal belief about u at every node, with the log probability of what was seen so far.

    Parameters
    ----------
    log_z : ndarray
        Log probability of the terms taken in.
    mean, var : ndarray
        Moments of u; all three broadcast against each other.
    """

    log_z: Array
    mean: Array
    var: Array


def take_exact(belief: Belief, y: float, *, centre: Array, noise: Array) -> Belief:
    """Take in ``y ~ N(centre + u, noise)``.

    Parameters
    ----------
    belief : Belief
        About u.
    y : float
        Reported effect (SMD).
    centre : ndarray
        mu + r * b_rep at every node.
    noise : ndarray
        Variance of y given u.
    """
    total = belief.var + noise
    gain = belief.var / total
    rest = y - centre - belief.mean
    log_z = belief.log_z - 0.5 * (rest**2 / total + np.log(total)) - LOG_ROOT_2PI
    return Belief(log_z=log_z, mean=belief.mean + gain * rest, var=belief.var * (1 - gain))


def take_between(belief: Belief, low: float, high: float, *, centre: Array, noise: Array) -> Belief:
    """Take in ``low < y < high`` where ``y ~ N(centre + u, noise)``; the belief keeps its first two moments.

    References
    ----------
    .. [1] Moments of a truncated normal: Johnson, Kotz, Balakrishnan 1994, Continuous Univariate
       Distributions 1, section 13.10.1.
    """
    total = belief.var + noise
    root = np.sqrt(total)
    at = centre + belief.mean
    a, b = (low - at) / root, (high - at) / root
    log_p, first, second = _truncated(a, b)
    gain = belief.var / total
    mean = belief.mean + gain * root * first
    # var(u | A) = var(u | y) + gain^2 var(y | A)
    var = belief.var * (1 - gain) + gain**2 * total * second
    return Belief(log_z=belief.log_z + log_p, mean=mean, var=var)


def log_between(low: float, high: float, *, centre: Array, noise: Array) -> Array:
    """Return log P(low < y < high) for ``y ~ N(centre, noise)``."""
    root = np.sqrt(noise)
    return _log_interval((low - centre) / root, (high - centre) / root)


def log_exact(y: float, *, centre: Array, noise: Array) -> Array:
    """Return the log density of ``y ~ N(centre, noise)``."""
    out: Array = -0.5 * ((y - centre) ** 2 / noise + np.log(noise)) - LOG_ROOT_2PI
    return out


def _log_interval(a: Array, b: Array) -> Array:
    """Return log(Phi(b) - Phi(a)), exact in both tails; a < b."""
    # In the upper tail both are turned to the lower one, where Phi keeps its relative precision.
    flip = a + b > 0
    low, high = np.where(flip, -b, a), np.where(flip, -a, b)
    log_high, log_low = log_ndtr(high), log_ndtr(low)
    with np.errstate(divide="ignore"):
        out: Array = log_high + np.log1p(-np.exp(np.minimum(log_low - log_high, 0.0)))
    return np.maximum(out, NO_CHANCE)


def _truncated(a: Array, b: Array) -> tuple[Array, Array, Array]:
    """Return log probability, mean and variance of a standard normal cut to (a, b)."""
    log_p = _log_interval(a, b)
    at_a, pa = _edge(a, log_p)
    at_b, pb = _edge(b, log_p)
    mean = pa - pb
    var = np.clip(1 + at_a * pa - at_b * pb - mean**2, 0.0, 1.0)
    lost = log_p <= NO_CHANCE
    return log_p, np.where(lost, 0.0, mean), np.where(lost, 1.0, var)


def _edge(x: Array, log_p: Array) -> tuple[Array, Array]:
    """Return the edge (0 where infinite) and the density at it over the probability."""
    finite = np.isfinite(x)
    edge = np.where(finite, x, 0.0)
    density = np.exp(np.minimum(-0.5 * edge**2 - LOG_ROOT_2PI - log_p, 700.0))
    return edge, np.where(finite, density, 0.0)
