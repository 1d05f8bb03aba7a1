"""Effect sizes with their sampling variances, from counts or from means.

References
----------
.. [1] Viechtbauer 2010, doi:10.18637/jss.v036.i03 (the formulas as in escalc of metafor)
.. [2] Hedges 1981, doi:10.3102/10769986006002107 (the correction of the standardised mean difference)
.. [3] Lajeunesse 2015, doi:10.1890/14-2402.1 (the correction of the ratio of means, his equation 8)
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]
ZERO_CELL = 0.5  # added to every cell of a study that has an empty one


class Measure(StrEnum):
    """What is pooled."""

    OR = "OR"
    RR = "RR"
    RD = "RD"
    SMD = "SMD"
    MD = "MD"
    ROM = "ROM"

    @property
    def label(self) -> str:
        """Name in words."""
        return _LABELS[self]

    @property
    def from_counts(self) -> bool:
        """Whether it is computed from events and group sizes."""
        return self in (Measure.OR, Measure.RR, Measure.RD)


_LABELS = {
    Measure.OR: "log odds ratio",
    Measure.RR: "log risk ratio",
    Measure.RD: "risk difference",
    Measure.SMD: "standardised mean difference (Hedges g)",
    Measure.MD: "mean difference",
    Measure.ROM: "log ratio of means",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effects:
    """Effects and sampling variances, each of shape (k,), in the unit of the measure."""

    y: Array
    v: Array


def from_counts(measure: Measure, events: tuple[Array, Array], sizes: tuple[Array, Array]) -> Effects:
    """Return OR, RR or RD of two groups with their variances.

    Parameters
    ----------
    measure : Measure
        One of OR, RR and RD.
    events, sizes : tuple of ndarray, each shape (k,)
        Events and people, in the active and in the control group; 0 <= events <= sizes.

    Examples
    --------
    >>> e = from_counts(Measure.RR, (np.array([4.0]), np.array([11.0])), (np.array([123.0]), np.array([139.0])))
    >>> round(float(e.y[0]), 4), round(float(e.v[0]), 4)
    (-0.8893, 0.3256)
    """
    a, c = events
    b, d = sizes[0] - a, sizes[1] - c
    empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    raw = a / sizes[0] - c / sizes[1]
    a, b, c, d = (x + ZERO_CELL * empty for x in (a, b, c, d))
    n1, n2 = a + b, c + d
    if measure is Measure.OR:
        return Effects(y=np.log(a * d / (b * c)), v=1 / a + 1 / b + 1 / c + 1 / d)
    if measure is Measure.RR:
        return Effects(y=np.log(a / n1) - np.log(c / n2), v=1 / a - 1 / n1 + 1 / c - 1 / n2)
    return Effects(y=raw, v=a * b / n1**3 + c * d / n2**3)


def from_means(
    measure: Measure, means: tuple[Array, Array], sds: tuple[Array, Array], sizes: tuple[Array, Array]
) -> Effects:
    """Return SMD, MD or ROM of two groups with their variances.

    Parameters
    ----------
    measure : Measure
        One of SMD, MD and ROM.
    means, sds, sizes : tuple of ndarray, each shape (k,)
        Of the active and of the control group.

    Examples
    --------
    >>> one = (np.array([55.0]), np.array([75.0]))
    >>> e = from_means(Measure.MD, one, (np.array([47.0]), np.array([64.0])), (np.array([155.0]), np.array([156.0])))
    >>> float(e.y[0]), round(float(e.v[0]), 4)
    (-20.0, 40.508)
    """
    (m1, m2), (s1, s2), (n1, n2) = means, sds, sizes
    if measure is Measure.MD:
        return Effects(y=m1 - m2, v=s1**2 / n1 + s2**2 / n2)
    if measure is Measure.ROM:
        first, second = s1**2 / (n1 * m1**2), s2**2 / (n2 * m2**2)
        return Effects(y=np.log(m1 / m2) + (first - second) / 2, v=first + second)
    freedom = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / freedom)
    g = hedges(freedom) * (m1 - m2) / pooled
    return Effects(y=g, v=1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)))


def hedges(freedom: Array) -> Array:
    """Return the factor that takes the small-sample bias out of a standardised mean difference."""
    half = freedom / 2
    out: Array = np.exp(gammaln(half) - np.log(np.sqrt(half)) - gammaln(half - 0.5))
    return out
