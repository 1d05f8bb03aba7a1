"""The compiled engine: classical Runge-Kutta over half days, persons side by side in lanes."""

import math
from collections.abc import Callable

import numpy as np
from numba import njit

from noctiflora.axis._kernel import (
    DIGEST,
    INPUTS,
    INPUTS_AT,
    RATES_AT,
    ROW_HM,
    ROW_KF,
    ROW_KUP,
    ROW_KW,
    ROW_OP,
    ROW_PS,
    ROW_PSI,
    ROW_U,
    ROW_X3,
    START_AT,
    STATES,
    SUM_AT,
    L,
    rates,
    terms,
)
from noctiflora.axis._lanes import Integers, Lanes
from noctiflora.axis._night_columns import CELL_H, CLOSING, HALF_DAY_H, POINTS
from noctiflora.axis._summary import HM, KW, PHASE, PS, UNSLEPT, X3, night_figures

MARKER_RAD = 5 * math.pi / 12
"""Phase of the dim-light melatonin onset in the pacemaker model: 7 h before the core temperature minimum at pi."""
_FAST = {"contract", "nsz"}


@njit(error_model="numpy", fastmath=_FAST)
def _slopes(w: Lanes) -> None:
    """Fill terms and rates of all lanes at the states in `w`."""
    for b in range(L):
        terms(b, w)
        rates(b, w)


@njit(error_model="numpy", fastmath=_FAST)
def _stage(w: Lanes, weight: float, ahead: float) -> None:
    """Add a slope to the sum and put the states of the next stage."""
    for i in range(STATES * L):
        w[SUM_AT * L + i] += weight * w[RATES_AT * L + i]
        w[i] = w[START_AT * L + i] + ahead * w[RATES_AT * L + i]


@njit(error_model="numpy", fastmath=_FAST)
def _hold_sleep(w: Lanes) -> None:
    """Stop the flow between sleep and wake, which is drawn after the step instead."""
    for b in range(L):
        w[(RATES_AT + ROW_PS) * L + b] = 0.0
        w[(RATES_AT + ROW_U) * L + b] = 0.0


@njit(error_model="numpy", fastmath=_FAST)
def _finish_step(w: Lanes, h: float, sample: bool) -> None:
    """Take one step of `h` hours; the slopes at its start are already in `w`."""
    for i in range(STATES * L):
        w[START_AT * L + i] = w[i]
        w[SUM_AT * L + i] = w[i]
    if sample:
        _hold_sleep(w)
    _stage(w, h / 6, h / 2)
    for k in range(2):
        _slopes(w)
        if sample:
            _hold_sleep(w)
        _stage(w, h / 3, h / 2 if k == 0 else h)
    _slopes(w)
    if sample:
        _hold_sleep(w)
    for i in range(STATES * L):
        w[i] = w[SUM_AT * L + i] + h / 6 * w[RATES_AT * L + i]


@njit(error_model="numpy")
def _uniform(key: int, count: int) -> float:
    """Return the count-th number of the stream of a key, 0 <= x < 1 (splitmix64's finaliser)."""
    x = np.uint64(key) + np.uint64(count) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return float(x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(error_model="numpy")
def _draw(w: Lanes, before: Lanes, op: Lanes, step: int, h: float, keys: Integers) -> None:
    """Draw who falls asleep or wakes in one step, at the rates of its start (`before`: kf, kw)."""
    for b in range(L):
        asleep, o = w[ROW_PS * L + b] > 0.5, op[b]
        rate = before[1, b] + (1.0 - o) * w[ROW_KUP * L + b] if asleep else o * before[0, b]
        if _uniform(keys[b], step) < 1.0 - math.exp(-h * rate):
            w[ROW_PS * L + b] = 0.0 if asleep else 1.0
            w[ROW_U * L + b] = 0.0
        if o < 0.5:
            w[ROW_U * L + b] = 1.0


@njit(error_model="numpy")
def _keep(w: Lanes, kept: Lanes, half: int, j: int) -> None:
    """Keep what the nightly figures need at one step."""
    for b in range(L):
        kept[half, PS, j, b] = w[ROW_PS * L + b]
        kept[half, UNSLEPT, j, b] = w[ROW_U * L + b]
        kept[half, HM, j, b] = w[ROW_HM * L + b]
        kept[half, X3, j, b] = w[ROW_X3 * L + b]
        kept[half, KW, j, b] = w[ROW_KW * L + b]
        kept[half, PHASE, j, b] = w[ROW_PSI * L + b]


@njit(error_model="numpy")
def _copy_states(w: Lanes, out: Lanes) -> None:
    for i in range(STATES):
        for b in range(L):
            out[i, b] = w[i * L + b]


@njit(error_model="numpy")
def _half_day(
    w: Lanes, tables: Lanes, blocks: Integers, at: int, sub: int, keys: Integers, kept: Lanes, op: Lanes, trace: Lanes
) -> None:
    """Run all lanes through half a day, keeping the steps; `keys` empty means the mean course."""
    half, sample, h = at % 2, keys.size > 0, CELL_H / sub
    before = np.empty((2, L))
    for cell in range(POINTS):
        for i in range(INPUTS):
            for b in range(L):
                w[(INPUTS_AT + i) * L + b] = tables[blocks[b], i, cell]
        for s in range(sub):
            j = cell * sub + s
            _slopes(w)
            _keep(w, kept, half, j)
            for b in range(L):
                op[half, j, b] = w[ROW_OP * L + b]
                before[0, b], before[1, b] = w[ROW_KF * L + b], w[ROW_KW * L + b]
            if s == 0 and trace.size > 0:
                _copy_states(w, trace[cell])
            _finish_step(w, h, sample)
            if sample:
                _draw(w, before, op[half, j], (at * POINTS + cell) * sub + s, h, keys)
    _slopes(w)
    _keep(w, kept, half, POINTS * sub)
    if trace.size > 0:
        _copy_states(w, trace[POINTS])


@njit(error_model="numpy")
def _mark(kept: Lanes, at: int, b: int, marker: Lanes) -> None:
    """Note when the phase marker was crossed in the half day that ended (h from midnight of day 0)."""
    steps, turn, half = kept.shape[2] - 1, 2 * math.pi, at % 2
    if math.floor((kept[half, PHASE, steps, b] - MARKER_RAD) / turn) <= math.floor(
        (kept[half, PHASE, 0, b] - MARKER_RAD) / turn
    ):
        return
    for j in range(steps):
        old, new = kept[half, PHASE, j, b] - MARKER_RAD, kept[half, PHASE, j + 1, b] - MARKER_RAD
        edge = math.floor(new / turn) * turn
        if old < edge <= new:
            for i in range(marker.shape[1]):
                if math.isnan(marker[b, i]):
                    marker[b, i] = HALF_DAY_H * (at + (j + (edge - old) / (new - old)) / steps)
                    return


@njit(error_model="numpy")
def _check(w: Lanes, bounds: Lanes, at: int, failed: Integers) -> None:
    """Note the first half day after which a state is not finite or leaves its range."""
    for b in range(L):
        if failed[b, 0] >= 0:
            continue
        for i in range(STATES):
            if not (bounds[i, 0] <= w[i * L + b] <= bounds[i, 1]):
                failed[b, 0], failed[b, 1] = at, i
                break


@njit(error_model="numpy")
def _close_nights(
    w: Lanes, at: int, windows: Integers, kept: Lanes, op: Lanes, first_night: int, nights: Lanes
) -> None:
    """Write the nights whose 24 hours end with half day `at`."""
    noon = at % 2 == 0
    night = (at - 1) // 2 if noon else (at - 3) // 2
    row = night - first_night
    if row < 0 or row >= nights.shape[1]:
        return
    from_h = HALF_DAY_H if noon else 2 * HALF_DAY_H
    for b in range(L):
        if windows[b, night] == (0 if noon else 1):
            night_figures(kept, op, b, (at - 1) % 2, from_h, nights[b, row])
            for i in range(STATES):
                nights[b, row, CLOSING + i] = w[i * L + b]


def _build(digest: int) -> Callable[..., None]:
    """Return the compiled entry; the digest is part of its key in the compiler's cache.

    The cache looks at this file only. Without the digest a new model text, which changes the
    kernel file, would silently run the old equations.
    """

    @njit(cache=True, nogil=True, error_model="numpy")
    def run_span(
        w: Lanes,
        tables: Lanes,
        blocks: Integers,
        windows: Integers,
        span: Integers,
        keys: Integers,
        bounds: Lanes,
        kept: Lanes,
        op: Lanes,
        nights: Lanes,
        marker: Lanes,
        failed: Integers,
        trace: Lanes,
    ) -> None:
        if span[4] != digest:
            return
        for at in range(span[0], span[1]):
            now = trace[at - span[0]] if trace.size > 0 else trace[0]
            _half_day(w, tables, blocks[:, at], at, span[2], keys, kept, op, now)
            for b in range(L):
                _mark(kept, at, b, marker)
            _check(w, bounds, at, failed)
            _close_nights(w, at, windows, kept, op, span[3], nights)

    return run_span


advance = _build(DIGEST)
"""Run `L` persons over a span of half days and write their nights.

Parameters
----------
w : array (ROWS * L,)
    States, inputs and parameters in the layout of the kernel; the states are advanced.
tables : array (blocks, inputs, POINTS)
    Inputs of half days, one value for each cell of 0.1 h.
blocks : array (L, half days)
    Which block of `tables` a person has in each half day, counted from midnight of day 0.
windows : array (L, nights)
    0: the night is read noon to noon; 1: midnight to midnight; 2: not at all.
span : array (5,)
    First half day, end, steps per cell, first night to write, `DIGEST`.
keys : array (L,) or empty
    Keys of the random streams; empty runs the mean course.
bounds : array (states, 2)
    Range of each state.
kept, op : array
    The last two half days, step by step; carried from one span to the next.
nights : array (L, nights, columns)
    Filled; rows not reached stay as they are.
marker : array (L, crossings)
    Times of the phase marker, h; the first NaN of each row is filled.
failed : array (L, 2)
    Half day and state of the first failure, or -1.
trace : array (half days, POINTS + 1, states, L) or empty
    States at each cell.
"""
