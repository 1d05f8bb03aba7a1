"""Nightly figures from the steps of one day, compiled."""

import math

from numba import njit

from noctiflora.axis._lanes import Lanes
from noctiflora.axis._night_columns import (
    AWAKENINGS,
    CAR,
    CAR_AFTER_H,
    CELL_H,
    CORTISOL_EVENING,
    CORTISOL_MEAN,
    CORTISOL_NADIR,
    CORTISOL_NADIR_H,
    CORTISOL_PEAK,
    CORTISOL_PEAK_H,
    EVENING_FROM_H,
    EVENING_TO_H,
    HALF_DAY_H,
    MELATONIN_HIGH_PMOL_L,
    MELATONIN_LONG,
    MELATONIN_PEAK,
    MELATONIN_PEAK_H,
    OFFSET,
    ONSET,
    POINTS,
    SOL,
    TIB,
    TST,
)

PS, UNSLEPT, HM, X3, KW, PHASE = 0, 1, 2, 3, 4, 5
"""Places of the kept values; op lies beside them, one value for each step."""


@njit(error_model="numpy")
def _sleep(kept: Lanes, op: Lanes, b: int, half: int, from_h: float, h: float, out: Lanes) -> None:
    """Add one half day's sleep to `out` (trapezoid rule, the step's Op as factor)."""
    for j in range(op.shape[1]):
        p0, p1 = kept[half, PS, j, b], kept[half, PS, j + 1, b]
        o = op[half, j, b]
        out[TST] += 0.5 * h * (p0 + p1)
        out[TIB] += h * o
        out[SOL] += 0.5 * h * o * (kept[half, UNSLEPT, j, b] + kept[half, UNSLEPT, j + 1, b])
        out[AWAKENINGS] += 0.5 * h * o * (kept[half, KW, j, b] * p0 + kept[half, KW, j + 1, b] * p1)
        if p0 < 0.5 <= p1 and math.isnan(out[ONSET]):
            out[ONSET] = from_h + h * (j + (0.5 - p0) / (p1 - p0))
        if p1 < 0.5 <= p0:
            out[OFFSET] = from_h + h * (j + (p0 - 0.5) / (p0 - p1))


@njit(error_model="numpy")
def _hormones(kept: Lanes, b: int, half: int, from_h: float, h: float, out: Lanes) -> None:
    """Add one half day's melatonin and cortisol to `out`."""
    steps = kept.shape[2] - 1
    for j in range(steps + 1):
        m, x, at = kept[half, HM, j, b], kept[half, X3, j, b], from_h + h * j
        if m > out[MELATONIN_PEAK]:
            out[MELATONIN_PEAK], out[MELATONIN_PEAK_H] = m, at
        if x > out[CORTISOL_PEAK]:
            out[CORTISOL_PEAK], out[CORTISOL_PEAK_H] = x, at
        if x < out[CORTISOL_NADIR]:
            out[CORTISOL_NADIR], out[CORTISOL_NADIR_H] = x, at
        if j == steps:
            break
        m1, x1 = kept[half, HM, j + 1, b], kept[half, X3, j + 1, b]
        out[CORTISOL_MEAN] += 0.5 * h * (x + x1) / (2 * HALF_DAY_H)
        clock = (at + 0.5 * h) % 24.0
        if EVENING_FROM_H < clock < EVENING_TO_H:
            out[CORTISOL_EVENING] += 0.5 * h * (x + x1) / (EVENING_TO_H - EVENING_FROM_H)
        above, below = max(m, m1) - MELATONIN_HIGH_PMOL_L, MELATONIN_HIGH_PMOL_L - min(m, m1)
        if below <= 0.0:
            out[MELATONIN_LONG] += h
        elif above > 0.0:
            out[MELATONIN_LONG] += h * above / (above + below)


@njit(error_model="numpy")
def _awakening_response(kept: Lanes, op: Lanes, b: int, first: int, second: int, sub: int) -> float:
    """Return cortisol 30 minutes after the last rising over cortisol at rising; NaN if not in the window."""
    n = op.shape[1]
    rise, before = -1, op[first, 0, b]
    for j in range(2 * n):
        now = op[first, j, b] if j < n else op[second, j - n, b]
        if before > 0.5 > now:
            rise = j
        before = now
    later = rise + round(CAR_AFTER_H / CELL_H) * sub
    if rise < 0 or later > 2 * n:
        return math.nan
    at_rise = kept[first, X3, rise, b] if rise < n else kept[second, X3, rise - n, b]
    then = kept[first, X3, later, b] if later < n else kept[second, X3, later - n, b]
    return float(then / at_rise)


@njit(error_model="numpy")
def night_figures(kept: Lanes, op: Lanes, b: int, first: int, from_h: float, out: Lanes) -> None:
    """Fill the figures of the 24 h held in two half days.

    Parameters
    ----------
    kept : array (2, KEPT, steps + 1, lanes)
        Values at the steps of two half days.
    op : array (2, steps, lanes)
        In-bed input of each step.
    b : int
        Lane.
    first : int
        Which half came first, 0 or 1.
    from_h : float
        Clock at the start of the window, h from the midnight that begins its day.
    out : array (columns,)
        Filled; hours and relative hormone units.
    """
    steps = op.shape[1]
    sub = steps // POINTS
    h = CELL_H / sub
    for c in range(CAR + 1):
        out[c] = 0.0
    out[ONSET], out[OFFSET] = math.nan, math.nan
    out[MELATONIN_PEAK], out[CORTISOL_PEAK], out[CORTISOL_NADIR] = -1.0, -1.0, 1e9
    for k in range(2):
        half = first if k == 0 else 1 - first
        begin = from_h + HALF_DAY_H * k
        _sleep(kept, op, b, half, begin, h, out)
        _hormones(kept, b, half, begin, h, out)
    out[CAR] = _awakening_response(kept, op, b, first, 1 - first, sub)
