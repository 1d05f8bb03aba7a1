"""The Sleep Regularity Index, from intervals instead of epochs.

The index is the chance, rescaled to -100 to 100, of being in the same state (asleep or awake)
at two moments 24 hours apart. Clock time is local wall time, so that a clock change is no
irregularity; the hour it skips is unknown, the hour it repeats is counted once.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from noctiflora.sleep._night import Night
from noctiflora.sleep._timeline import BLANK

DAY_MIN = 1440.0
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A stretch of known sleep or known wakefulness, in minutes of local wall time.

    Parameters
    ----------
    start_min, end_min : float
        Minutes since any fixed local midnight.
    asleep : bool
        Whether it is sleep.
    """

    start_min: float
    end_min: float
    asleep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Regularity:
    """A Sleep Regularity Index and how much time it rests on.

    Parameters
    ----------
    sri : float
        -100 (every moment the opposite of a day ago) to 100 (the same every day).
    compared_h : float
        Hours known both then and 24 hours later.
    """

    sri: float
    compared_h: float


def sri(states: Sequence[State]) -> Regularity | None:
    """Return the Sleep Regularity Index of a row of states.

    Parameters
    ----------
    states : sequence of State
        In order of start, not overlapping; what is not covered is unknown.

    Returns
    -------
    Regularity or None
        ``-100 + 200 * agreeing / compared`` minutes; None where nothing is known 24 h apart.

    References
    ----------
    .. [1] Phillips et al. 2017, doi:10.1038/s41598-017-03171-4

    Examples
    --------
    >>> sri([State(start_min=0, end_min=2880, asleep=False)]).sri
    100.0
    """
    later = [State(start_min=s.start_min - DAY_MIN, end_min=s.end_min - DAY_MIN, asleep=s.asleep) for s in states]
    agree = compared = 0.0
    i = j = 0
    while i < len(states) and j < len(later):
        a, b = states[i], later[j]
        common = min(a.end_min, b.end_min) - max(a.start_min, b.start_min)
        if common > 0:
            compared += common
            agree += common if a.asleep == b.asleep else 0.0
        if a.end_min <= b.end_min:
            i += 1
        else:
            j += 1
    if compared <= 0:
        return None
    return Regularity(sri=-100 + 200 * agree / compared, compared_h=compared / 60)


def states(nights: Iterable[Night], naps: Iterable[Night] = ()) -> tuple[State, ...]:
    """Return what is known of sleep and wakefulness from nights and naps.

    Between two nights of consecutive dates the person is taken to be awake but for naps; around
    a missing night nothing is known. A night without stages is taken to be sleep throughout.

    Parameters
    ----------
    nights : iterable of Night
        At most one a date; those without onset and offset are missing.
    naps : iterable of Night
        Sleeps beside them.
    """
    whole = sorted((n for n in nights if n.onset and n.offset), key=lambda n: n.date)
    spans = [_bounds(n) for n in whole]
    out = [s for n in whole for s in _within(n)]
    dozes = sorted((State(start_min=a, end_min=b, asleep=True) for a, b in map(_bounds, _timed(naps))), key=_start)
    for (one, two), (first, second) in zip(pairwise(whole), pairwise(spans), strict=True):
        if (two.date - one.date).days == 1:
            out.extend(_day(first[1], second[0], dozes))
    return _in_order(out)


def _timed(naps: Iterable[Night]) -> Iterable[Night]:
    return (n for n in naps if n.onset and n.offset)


def _start(state: State) -> float:
    return state.start_min


def _wall(instant: dt.datetime, offset_min: int) -> float:
    return (instant - EPOCH).total_seconds() / 60 + offset_min


def _bounds(night: Night) -> tuple[float, float]:
    """Return onset and offset in minutes of local wall time."""
    assert night.onset is not None
    assert night.offset is not None
    first = _wall(night.onset, night.onset_zone_offset_min or 0)
    return first, max(first, _wall(night.offset, night.offset_zone_offset_min or 0))


def _within(night: Night) -> list[State]:
    """Return the states of one night; its wall time runs by the clock of onset until the last stretch."""
    first, last = _bounds(night)
    if not night.segments:
        return [State(start_min=first, end_min=last, asleep=True)]
    out = []
    for s in night.segments:
        if s.stage in BLANK:
            continue
        start = _wall(s.start, night.onset_zone_offset_min or 0)
        end = last if s.end == night.offset else _wall(s.end, night.onset_zone_offset_min or 0)
        start, end = max(start, first), min(end, last)
        if end > start:
            out.append(State(start_min=start, end_min=end, asleep=s.stage.is_sleep))
    return out


def _day(start: float, end: float, dozes: Sequence[State]) -> list[State]:
    """Return the states between two nights."""
    out = []
    at = start
    for doze in dozes:
        first, last = max(doze.start_min, at), min(doze.end_min, end)
        if last <= first:
            continue
        out.append(State(start_min=at, end_min=first, asleep=False))
        out.append(State(start_min=first, end_min=last, asleep=True))
        at = last
    out.append(State(start_min=at, end_min=end, asleep=False))
    return out


def _in_order(found: Sequence[State]) -> tuple[State, ...]:
    """Return the states in order, the earlier one standing where two overlap."""
    out: list[State] = []
    at = float("-inf")
    for s in sorted(found, key=_start):
        start = max(s.start_min, at)
        if s.end_min > start:
            out.append(State(start_min=start, end_min=s.end_min, asleep=s.asleep))
            at = s.end_min
    return tuple(out)
