"""Dim light melatonin onset from a series of saliva samples, by threshold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from noctiflora.core import RangeError
from noctiflora.gut._reading import Floats

SALIVA_PG_ML = 3.0
"""Fixed threshold for saliva: https://stacks.cdc.gov/view/cdc/33289 (122 people); 4 pg/mL is used at home kits too
(10.1016/j.cca.2011.05.014)."""

N_BASE = 3
"""Low daytime samples that make the variable threshold, same source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onset:
    """When melatonin rose above a threshold for good.

    Parameters
    ----------
    hour : float or None
        On the scale of the given hours, interpolated between two samples; None where it cannot be told.
    threshold_pg_ml : float
        What was crossed.
    reason : str
        Why it cannot be told; empty where it can.
    """

    hour: float | None
    threshold_pg_ml: float
    reason: str = ""


def dlmo(hours: ArrayLike, melatonin_pg_ml: ArrayLike, *, threshold_pg_ml: float = SALIVA_PG_ML) -> Onset:
    """Return the last upward crossing of a threshold after which melatonin stays above it.

    Parameters
    ----------
    hours : array (samples,)
        Times in order; past midnight they go on above 24.
    melatonin_pg_ml : array (samples,)
        Concentration in saliva.
    threshold_pg_ml : float
        What must be crossed; see also `three_k`.

    Raises
    ------
    RangeError
        If shapes differ, times do not rise, or a number is missing or negative.

    References
    ----------
    https://stacks.cdc.gov/view/cdc/33289 (thresholds and sampling rate).

    Examples
    --------
    >>> dlmo([19, 20, 21, 22], [0.5, 1.0, 5.0, 12.0]).hour
    20.5
    """
    t, y = check_series(hours, melatonin_pg_ml)
    if not (np.isfinite(threshold_pg_ml) and threshold_pg_ml > 0):
        raise RangeError("the threshold is above 0", where="threshold_pg_ml", found=str(threshold_pg_ml))
    above = y >= threshold_pg_ml
    if not above.any():
        return Onset(hour=None, threshold_pg_ml=threshold_pg_ml, reason="the threshold was never reached: sample later")
    if not above[-1]:
        return Onset(hour=None, threshold_pg_ml=threshold_pg_ml, reason="the last sample is below the threshold")
    below = np.flatnonzero(~above)
    if not below.size:
        return Onset(hour=None, threshold_pg_ml=threshold_pg_ml, reason="it was above from the start: sample earlier")
    i = int(below[-1])
    share = (threshold_pg_ml - y[i]) / (y[i + 1] - y[i])
    return Onset(hour=float(t[i] + share * (t[i + 1] - t[i])), threshold_pg_ml=threshold_pg_ml)


def three_k(melatonin_pg_ml: ArrayLike) -> float:
    """Return the variable threshold: mean and two standard deviations of the first three samples.

    Raises
    ------
    RangeError
        If there are fewer than four samples.

    Examples
    --------
    >>> three_k([1.0, 2.0, 3.0, 9.0])
    4.0
    """
    y = np.asarray(melatonin_pg_ml, dtype=float)
    if y.ndim != 1 or y.size <= N_BASE:
        raise RangeError("a variable threshold needs more than three samples", where="melatonin", found=str(y.size))
    base = y[:N_BASE]
    return float(base.mean() + 2 * base.std(ddof=1))


def check_series(hours: ArrayLike, melatonin: ArrayLike) -> tuple[Floats, Floats]:
    """Return times and concentrations as arrays; raise RangeError where they are no series."""
    t, y = np.asarray(hours, dtype=float), np.asarray(melatonin, dtype=float)
    if t.ndim != 1 or t.shape != y.shape or t.size < 2:
        raise RangeError(
            "hours and melatonin differ in number, or there is one only", where="hours", found=str(t.shape)
        )
    if not (np.isfinite(t).all() and np.isfinite(y).all()) or (y < 0).any():
        raise RangeError("a number is missing or negative", where="melatonin", do="leave the sample out")
    if (np.diff(t) <= 0).any():
        raise RangeError("the times do not rise", where="hours", do="count on above 24 past midnight")
    return t, y
