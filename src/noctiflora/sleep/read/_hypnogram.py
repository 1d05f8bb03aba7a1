"""Stages written as one character per step of time, as stretches."""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby

from noctiflora.core import RangeError
from noctiflora.sleep._night import LONGEST_H, Segment, Stage


def stretches(
    text: str, stages: Mapping[str, Stage], *, start: dt.datetime, end: dt.datetime, step_s: int
) -> tuple[Segment, ...]:
    """Return the stretches that a row of characters tells, cut at `end`.

    Parameters
    ----------
    text : str
        One character per step from `start`; characters not in `stages` are unknown time.
    stages : mapping of str to Stage
        What each character means.
    start, end : datetime
        Bounds of the record.
    step_s : int
        Length of a step in seconds.

    Raises
    ------
    RangeError
        If the row is longer than a sleep can be.

    Examples
    --------
    >>> begin = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)
    >>> row = stretches("4422", {"4": Stage.AWAKE, "2": Stage.LIGHT}, start=begin,
    ...     end=begin + dt.timedelta(minutes=20), step_s=300)
    >>> [(s.stage.value, (s.end - s.start).seconds) for s in row]
    [('awake', 600), ('light', 600)]
    """
    if len(text) * step_s > LONGEST_H * 3600 + step_s:
        raise RangeError(f"the row of stages is longer than {LONGEST_H} hours", found=f"{len(text)} steps")
    out: list[Segment] = []
    at = start
    for char, run in groupby(text):
        stop = min(end, at + dt.timedelta(seconds=step_s * sum(1 for _ in run)))
        if stop > at:
            out.append(Segment(start=at, end=stop, stage=stages.get(char, Stage.UNKNOWN)))
        at = stop
    return tuple(out)
