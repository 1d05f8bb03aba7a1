"""Scales on which an outcome is nearer to normal, told back in natural units."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._series import Series

OFFSET = 1.0
"""Added before the logarithm, so that 0 minutes has one."""
EDGE = 0.5
"""A per cent is kept this far from 0 and 100 before the logit (assumed, 0.1 to 1)."""
CEILING = 92.0
"""Mean per cent above which the logit is used by default (model text, section 1)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bent:
    """A series on another scale, stretched so that at the person's own mean a unit stays a unit.

    ``y' = m + (g(y) - g(m)) / g'(m)``: priors and effects keep their natural units, which is the delta
    rule at m.

    Parameters
    ----------
    series : Series
        With y' for y.
    name : str
        log or logit; empty where nothing was done.
    per_unit : float
        g'(m): an effect times this is the effect on the scale itself.
    notes : tuple of str
    """

    series: Series
    name: str = ""
    per_unit: float = 1.0
    notes: tuple[str, ...] = ()


def bend(series: Series, transform: str) -> Bent:
    """Return the series on the scale of `transform`: none, log or logit.

    Raises
    ------
    RangeError
        If an outcome is below 0 (log), or outside 0 to 100 (logit).

    Examples
    --------
    >>> nights = Series(nights=[1, 2], y=[9.0, 39.0], dose=[0, 1])
    >>> bend(nights, "log").series.y.round(2).tolist()
    [1.09, 35.75]
    """
    seen = series.y[~np.isnan(series.y)]
    if transform == "none" or not seen.size:
        return Bent(series=series)
    _check(seen, transform, f"{series.where}, y")
    m = float(np.mean(seen))
    if transform == "log":
        per_unit = 1.0 / (m + OFFSET)
        y = m + (np.log(series.y + OFFSET) - np.log(m + OFFSET)) / per_unit
        note = f"Analysed as log(y + 1); effects are told at your own mean of {m:.3g}, where 0.1 on that scale is "
    else:
        m = float(np.clip(m, EDGE, 100.0 - EDGE))
        per_unit = 100.0 / (m * (100.0 - m))
        y = m + (_logit(np.clip(series.y, EDGE, 100.0 - EDGE)) - _logit(np.array(m))) / per_unit
        note = f"Analysed as logit(y / 100); effects are told at your own mean of {m:.3g}, where 0.1 on that scale is "
    told = (f"{note}{0.1 / per_unit:.2g}.",)
    return Bent(series=replace(series, y=y), name=transform, per_unit=per_unit, notes=told)


def _logit(per_cent: Floats) -> Floats:
    return np.asarray(np.log(per_cent) - np.log(100.0 - per_cent))


def _check(seen: Floats, transform: str, where: str) -> None:
    if seen.min() < 0:
        raise RangeError("this scale needs outcomes of 0 or more", where=where, found=f"{seen.min():g}", do=_DO)
    if transform == "logit" and seen.max() > 100:
        raise RangeError("the logit is for per cents", where=where, found=f"{seen.max():g}", do=_DO)


_DO = 'set "transform" to "none" in the priors file'
