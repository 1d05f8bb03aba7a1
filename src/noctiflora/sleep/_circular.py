"""Statistics of clock times, which run in a circle of 24 hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, hypot, log, pi, sin, sqrt

DAY_H = 24.0
RADIANS_PER_H = 2 * pi / DAY_H

SCATTERED = 1e-9
"""Mean vector length below which clock times have no mean direction (rounding of sums of cosines)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMean:
    """Mean and spread of clock times.

    Parameters
    ----------
    mean_h : float
        Circular mean, 0 to 24 h.
    sd_h : float
        Circular standard deviation in hours, sqrt(-2 ln R) * 24 / (2 pi).
    n : int
        Number of times.
    """

    mean_h: float
    sd_h: float
    n: int


def clock_mean(hours: Sequence[float]) -> ClockMean | None:
    """Return the circular mean of clock times, or None where there is none.

    Parameters
    ----------
    hours : sequence of float
        Local clock hours; only their place on the 24-hour circle matters.

    References
    ----------
    .. [1] Mardia and Jupp 2000, Directional Statistics, doi:10.1002/9780470316979

    Examples
    --------
    >>> round(clock_mean([23.0, 1.0]).mean_h, 6) % 24
    0.0
    """
    if not hours:
        return None
    x = sum(cos(h * RADIANS_PER_H) for h in hours) / len(hours)
    y = sum(sin(h * RADIANS_PER_H) for h in hours) / len(hours)
    length = min(1.0, hypot(x, y))
    if length < SCATTERED:
        return None
    mean = atan2(y, x) / RADIANS_PER_H % DAY_H
    return ClockMean(mean_h=mean, sd_h=sqrt(-2 * log(length)) / RADIANS_PER_H, n=len(hours))


def clock_difference(later_h: float, earlier_h: float) -> float:
    """Return `later_h` minus `earlier_h` the shorter way round the clock, -12 to 12 h.

    Examples
    --------
    >>> clock_difference(23.5, 4.5)
    -5.0
    """
    return (later_h - earlier_h + DAY_H / 2) % DAY_H - DAY_H / 2


def social_jetlag(free_h: Sequence[float], work_h: Sequence[float]) -> float | None:
    """Return midsleep on free days minus midsleep on workdays, the shorter way round, in hours.

    Parameters
    ----------
    free_h, work_h : sequence of float
        Local clock hours of midsleep; their circular means are compared.

    Returns
    -------
    float or None
        Positive where sleep is later on free days; None where either is empty.

    References
    ----------
    .. [1] Roenneberg et al. 2012, doi:10.1016/j.cub.2012.03.038
    .. [2] https://docs.ropensci.org/mctq/reference/sjl.html (the shorter interval)

    Examples
    --------
    >>> social_jetlag([5.0], [3.5])
    1.5
    """
    free, work = clock_mean(free_h), clock_mean(work_h)
    if free is None or work is None:
        return None
    return round(clock_difference(free.mean_h, work.mean_h), 9)
