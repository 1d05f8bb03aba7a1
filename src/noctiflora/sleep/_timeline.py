"""Time as a row of stretches: overlaps settled, neighbours merged, holes named.

Vocabulary: a *stretch* is a Segment; a *timeline* is a tuple of stretches in order that do not
overlap; a *hole* is time inside a record of which the source says nothing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from noctiflora.sleep._night import Segment, Stage

JOIN_GAP_MIN = 60
"""Records of one source less than this far apart are one sleep; a hole as long makes TST unknown.

Assumed (range 30 to 90): the rule of `formats.md` section 2, shown to the person in the notes.
"""

MINUTE = dt.timedelta(minutes=1)

TELLING = {
    stage: rank
    for rank, stage in enumerate(
        (
            Stage.UNKNOWN,
            Stage.IN_BED,
            Stage.ASLEEP,
            Stage.RESTLESS,
            Stage.LIGHT,
            Stage.REM,
            Stage.DEEP,
            Stage.AWAKE,
            Stage.OUT_OF_BED,
        )
    )
}
"""Where two stretches overlap, the one with the larger number stands.

The more specific statement wins; wakefulness wins over sleep because devices write short wakes
over a running stage (Fitbit's shortData).
"""

WAKE = frozenset({Stage.AWAKE, Stage.RESTLESS, Stage.OUT_OF_BED})
"""Stages counted as wakefulness; restless is, as Fitbit counts it into its minutes awake."""

BLANK = frozenset({Stage.UNKNOWN, Stage.IN_BED})
"""Stages that say nothing about sleep or wakefulness."""


def minutes(start: dt.datetime, end: dt.datetime) -> float:
    """Return the minutes from `start` to `end`.

    Examples
    --------
    >>> minutes(dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC), dt.datetime(2024, 1, 1, 22, 0, 30, tzinfo=dt.UTC))
    0.5
    """
    return (end - start) / MINUTE


def timeline(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the segments in order, without overlap, equal neighbours merged.

    Parameters
    ----------
    segments : iterable of Segment
        In any order; they may overlap and repeat.

    Returns
    -------
    tuple of Segment
        Covers exactly the union of the input.
    """
    ordered = sorted(segments, key=lambda s: s.start)
    if all(a.end <= b.start for a, b in pairwise(ordered)):
        return _merged(ordered)
    return _merged(_swept(ordered))


def _swept(ordered: Sequence[Segment]) -> list[Segment]:
    """Return overlapping stretches cut so that the more telling one stands at each instant."""
    events = sorted(
        [(s.start, 1, s.stage) for s in ordered] + [(s.end, -1, s.stage) for s in ordered], key=lambda e: e[0]
    )
    open_now = dict.fromkeys(TELLING, 0)
    out: list[Segment] = []
    before = events[0][0]
    for instant, change, stage in events:
        if instant > before:
            on = [s for s, n in open_now.items() if n]
            if on:
                out.append(Segment(start=before, end=instant, stage=max(on, key=TELLING.__getitem__)))
            before = instant
        open_now[stage] += change
    return out


def _merged(ordered: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the stretches with touching neighbours of one stage made one, empty ones left out."""
    out: list[Segment] = []
    for s in ordered:
        if s.end <= s.start:
            continue
        if out and out[-1].stage is s.stage and out[-1].end == s.start:
            out[-1] = Segment(start=out[-1].start, end=s.end, stage=s.stage)
        else:
            out.append(s)
    return tuple(out)


def filled(line: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> tuple[Segment, ...]:
    """Return a timeline over exactly `start` to `end`, with holes as UNKNOWN.

    Parameters
    ----------
    line : sequence of Segment
        As `timeline` returns it.
    start, end : datetime
        Bounds; stretches are cut to them.
    """
    out: list[Segment] = []
    at = start
    for s in line:
        first, last = max(s.start, start), min(s.end, end)
        if last <= first:
            continue
        if first > at:
            out.append(Segment(start=at, end=first, stage=Stage.UNKNOWN))
        out.append(Segment(start=first, end=last, stage=s.stage))
        at = last
    if at < end:
        out.append(Segment(start=at, end=end, stage=Stage.UNKNOWN))
    return _merged(out)


def stage_minutes(line: Iterable[Segment]) -> dict[Stage, float]:
    """Return the minutes of each stage that occurs in `line`."""
    out: dict[Stage, float] = {}
    for s in line:
        out[s.stage] = out.get(s.stage, 0.0) + minutes(s.start, s.end)
    return out


def bouts(line: Sequence[Segment], stages: frozenset[Stage]) -> tuple[float, ...]:
    """Return the length in minutes of each unbroken run of any of `stages`."""
    out: list[float] = []
    last: dt.datetime | None = None
    for s in line:
        if s.stage in stages:
            if last == s.start and out:
                out[-1] += minutes(s.start, s.end)
            else:
                out.append(minutes(s.start, s.end))
            last = s.end
    return tuple(out)


def overlap_min(a: Sequence[dt.datetime], b: Sequence[dt.datetime]) -> float:
    """Return the minutes that two spans, each given as (start, end), have in common."""
    return max(0.0, minutes(max(a[0], b[0]), min(a[1], b[1])))
