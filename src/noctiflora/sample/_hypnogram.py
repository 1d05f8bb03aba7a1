"""A night's sequence of stages that sums exactly to the minutes asked for."""

import datetime as dt

import numpy as np

from noctiflora.sample._traits import value
from noctiflora.sleep import Segment, Stage

EPOCH_S = 30
"""Length of the steps in which everything is told, seconds (the step of the staging devices)."""

LONGEST_WAKE = 90
"""Longest single awakening, epochs (45 min): below the hour over which a gap would part two sleeps."""

Run = tuple[Stage, int]


def hypnogram(
    start: dt.datetime, rng: np.random.Generator, *, sol: int, tst: int, waso: int, terminal: int, n_bouts: int
) -> tuple[Segment, ...]:
    """Return segments from `start` on, without gap: latency, sleep in cycles with awakenings, final wake.

    Parameters
    ----------
    start : datetime
        Into bed (UTC).
    rng : Generator
        Source of chance.
    sol, tst, waso, terminal : int
        Epochs before sleep, asleep, awake within the sleep, and awake after it.
    n_bouts : int
        Awakenings among which `waso` is parted; more are made where one would last over 45 min.
    """
    sleep = _interrupt(_cycles(tst, rng), _bouts(waso, n_bouts, rng), rng)
    runs = [(Stage.AWAKE, sol), *sleep, (Stage.AWAKE, terminal)]
    out: list[Segment] = []
    at = start
    for stage, epochs in runs:
        if epochs:
            end = at + dt.timedelta(seconds=EPOCH_S * epochs)
            out.append(Segment(start=at, end=end, stage=stage))
            at = end
    return tuple(out)


def doze(start: dt.datetime, rng: np.random.Generator, *, epochs: int) -> tuple[Segment, ...]:
    """Return a nap: light sleep, with one short awakening where there is room for it."""
    if epochs < 40:
        runs: list[Run] = [(Stage.LIGHT, epochs)]
    else:
        cut = int(rng.integers(10, epochs - 20))
        runs = [(Stage.LIGHT, cut), (Stage.AWAKE, 8), (Stage.LIGHT, epochs - cut - 8)]
    out: list[Segment] = []
    at = start
    for stage, n in runs:
        end = at + dt.timedelta(seconds=EPOCH_S * n)
        out.append(Segment(start=at, end=end, stage=stage))
        at = end
    return tuple(out)


def _cycles(tst: int, rng: np.random.Generator) -> list[Run]:
    # Cycles of about 90 min; deep sleep wanes and REM sleep grows from one to the next.
    n = max(1, round(tst / 180))
    lengths = np.diff(np.round(np.linspace(0, tst, n + 1)).astype(int))
    deep_weight = np.linspace(1.9, 0.1, n) if n > 1 else np.ones(1)
    rem_weight = np.linspace(0.4, 1.6, n) if n > 1 else np.ones(1)
    runs: list[Run] = []
    for length, w_deep, w_rem in zip(lengths, deep_weight, rem_weight, strict=True):
        jitter = rng.uniform(0.8, 1.2, 3)
        deep = int(length * value("deep_share") * w_deep * jitter[0])
        rem = int(length * value("rem_share") * w_rem * jitter[1])
        first = max(1, int((length - deep - rem) * 0.45 * jitter[2]))
        rest = int(length) - deep - rem - first
        runs += [(Stage.LIGHT, first), (Stage.DEEP, deep), (Stage.LIGHT, rest), (Stage.REM, rem)]
    return _merge(runs)


def _merge(runs: list[Run]) -> list[Run]:
    out: list[Run] = []
    for stage, n in runs:
        if n <= 0:
            continue
        if out and out[-1][0] is stage:
            out[-1] = (stage, out[-1][1] + n)
        else:
            out.append((stage, n))
    return out


def _bouts(waso: int, n_bouts: int, rng: np.random.Generator) -> list[int]:
    if waso == 0:
        return []
    n = min(waso, max(n_bouts, 1 + (2 * waso) // LONGEST_WAKE))
    cuts = np.sort(rng.choice(waso - 1, size=n - 1, replace=False) + 1) if n > 1 else np.array([], dtype=int)
    parts = [int(x) for x in np.diff(np.concatenate([[0], cuts, [waso]]))]
    return [piece for part in parts for piece in _within(part)]


def _within(part: int) -> list[int]:
    n = -(-part // LONGEST_WAKE)
    return [part // n + (k < part % n) for k in range(n)]


def _interrupt(runs: list[Run], bouts: list[int], rng: np.random.Generator) -> list[Run]:
    total = sum(n for _, n in runs)
    room = total - 3
    places = np.sort(rng.choice(room, size=min(len(bouts), room), replace=False) + 2)
    out: list[Run] = []
    at, k = 0, 0
    for stage, n in runs:
        end = at + n
        while k < len(places) and places[k] < end:
            out += [(stage, int(places[k]) - at), (Stage.AWAKE, bouts[k])]
            at = int(places[k])
            k += 1
        out.append((stage, end - at))
        at = end
    return _merge(out)
