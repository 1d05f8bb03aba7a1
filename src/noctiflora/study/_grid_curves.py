"""A shared likelihood on a grid, told again as a handful of normal curves."""

import math

import numpy as np
from scipy.interpolate import CubicSpline

from noctiflora.core import RangeError
from noctiflora.study._pile import Floats
from noctiflora.trial import Contribution

STEPS = 3.0
"""Curves to one SD of the likelihood (assumed; 2 to 4)."""
REACH = 18.0
"""The likelihood is told where it is within this of its peak (a factor of 10^8)."""
MOST_CURVES = 400
LARGEST_ERROR = 0.05
"""Largest error of the log-likelihood where it is within `NEAR` of its peak."""
NEAR = 6.0
HALVINGS = 3
BEYOND = 4
"""Curves beyond either end of what is told."""
LEAST_STEPS = 1.5
"""Fewest steps of the grid to one SD of the likelihood."""
FIXED = ((0.0, 0.0), (0.0, 0.0))
"""Kinetics are integrated out already: the population's have no hold on them."""


def grid_curves(theta: Floats, log_likelihood: Floats, *, unit: float, where: str) -> Contribution:
    """Return a grid's likelihood as normal curves of one width, at even steps of that width.

    Curves of width h at every h add up to the sampled function smoothed by h. So what is sampled is the
    likelihood with that smoothing taken off: exact where it is normal, and close where it is smooth.

    Parameters
    ----------
    theta : (n,)
        Ascending, in the unit of the outcome.
    log_likelihood : (n,)
        At each, up to a constant.
    unit : float
        Night-to-night SD, unit of the outcome.
    where : str
        Name of the summary, for messages.

    Raises
    ------
    RangeError
        If the grid is too coarse for its likelihood.

    Examples
    --------
    >>> x = np.linspace(-10.0, 10.0, 81)
    >>> told = grid_curves(x, -0.5 * (x - 1.0) ** 2, unit=4.0, where="example")
    >>> float(told.precision[0])
    9.0
    """
    log = log_likelihood - log_likelihood.max()
    mean, sd = grid_moments(theta, log)
    if sd < LEAST_STEPS * float(np.median(np.diff(theta))):
        raise RangeError("the grid is too coarse for its likelihood", where=where, do="share it on a finer grid")
    smooth = _smooth(theta, log)
    inside = theta[log > -REACH]
    low, high = float(inside[0]), float(inside[-1])
    width = max(sd / STEPS, (high - low) / MOST_CURVES)
    for _ in range(HALVINGS):
        # a node at the mean, so that the same likelihood elsewhere gives the same curves; some lie beyond
        # the ends, because what is told at an end comes from both its sides
        first, last = math.ceil((low - mean) / width) - BEYOND, math.floor((high - mean) / width) + BEYOND
        at: Floats = mean + width * np.arange(first, last + 1.0)
        height = _sharpened(smooth, at, width)
        if _error(theta, log, at, height, width) < LARGEST_ERROR:
            zero = np.zeros(at.size)
            log_weight = height - 0.5 * (at / width) ** 2
            return Contribution(
                slope=at / width**2,
                precision=np.full(at.size, width**-2),
                log_tau_on=zero,
                log_tau_off=zero,
                log_weight=log_weight - log_weight.max(),
                kinetics=FIXED,
                unit=unit,
            )
        width /= 2.0
    raise RangeError("this likelihood is too rough to be one trial's", where=where, do="share it again")


def grid_moments(theta: Floats, log_likelihood: Floats) -> tuple[float, float]:
    """Return mean and SD of theta under its likelihood alone, by the trapezium on its grid."""
    weight = np.exp(log_likelihood - log_likelihood.max()) * np.gradient(theta)
    weight /= weight.sum()
    mean = float(weight @ theta)
    return mean, math.sqrt(float(weight @ (theta - mean) ** 2))


def _smooth(theta: Floats, log: Floats) -> CubicSpline:
    """Return the log-likelihood as a curve, which goes on straight beyond the ends of its grid."""
    step = np.diff(theta)
    reach = theta[-1] - theta[0]
    slopes = (log[1] - log[0]) / step[0], (log[-1] - log[-2]) / step[-1]
    far = np.linspace(0.0, 1.0, 5)[1:] * reach
    at = np.concatenate([theta[0] - far[::-1], theta, theta[-1] + far])
    value = np.concatenate([log[0] - slopes[0] * far[::-1], log, log[-1] + slopes[1] * far])
    return CubicSpline(at, value)


def _sharpened(smooth: CubicSpline, at: Floats, width: float) -> Floats:
    """Return the log of what gives the likelihood when smoothed by a normal of this width (exact for normals)."""
    slope, left = smooth(at, 1), 1.0 + width**2 * smooth(at, 2)
    left = np.clip(left, 0.2, 5.0)
    return np.asarray(smooth(at) - 0.5 * width**2 * slope**2 / left - 0.5 * np.log(left))


def _error(theta: Floats, log: Floats, at: Floats, height: Floats, width: float) -> float:
    near = log > -NEAR
    parts = height - 0.5 * ((theta[near, None] - at) / width) ** 2 - 0.5 * math.log(2.0 * math.pi)
    peak = parts.max(axis=1)
    told = peak + np.log(np.exp(parts - peak[:, None]).sum(axis=1)) - log[near]
    return float(np.ptp(told))
