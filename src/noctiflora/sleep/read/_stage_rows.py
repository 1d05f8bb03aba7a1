"""Sleeps told by one row for each stretch, gathered by the sleep that a row names.

Vocabulary: a *stretch row* is one stage from a moment to a moment, with the name of its sleep.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import LONGEST_H, Episode, Segment, Stage
from noctiflora.sleep._timeline import JOIN_GAP_MIN, minutes
from noctiflora.sleep.read._format import Tally
from noctiflora.sleep.read._when import Moment

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRow:
    """One stretch of a sleep.

    Parameters
    ----------
    sleep : str
        Name of the sleep it belongs to; empty where the row has none.
    source : str
        Who measured it.
    start, end : Moment
        From when to when.
    stage : Stage
        What was told.
    place : str
        Where it stands, for messages.

    Raises
    ------
    FormatError
        If it ends before it starts, or lasts longer than a sleep.
    """

    sleep: str
    source: str
    start: Moment
    end: Moment
    stage: Stage
    place: str

    def __post_init__(self) -> None:
        length = minutes(self.start.instant, self.end.instant)
        if length < 0:
            raise FormatError("the stretch ends before it starts", where=self.place, do="export it again")
        if length > LONGEST_H * 60:
            raise FormatError(f"the stretch lasts over {LONGEST_H} hours", where=self.place, do="export it again")


def gather(tally: Tally, rows: Iterable[StretchRow], *, has_in_bed: bool) -> None:
    """Put one episode for each sleep into the tally; rows that name none are parted by long gaps."""
    by_sleep: dict[tuple[str, str], list[StretchRow]] = defaultdict(list)
    for row in rows:
        by_sleep[row.source, row.sleep].append(row)
    tally.expect(len(by_sleep))
    for (source, sleep), group in by_sleep.items():
        ordered = sorted(group, key=lambda r: (r.start.instant, r.end.instant))
        for part in [ordered] if sleep else _parts(ordered):
            try:
                tally.episodes.append(_episode(part, source, sleep, has_in_bed=has_in_bed))
            except InputError as problem:
                tally.refuse(part[0].place, problem)


def _parts(ordered: list[StretchRow]) -> list[list[StretchRow]]:
    out: list[list[StretchRow]] = []
    end = ordered[0].end.instant
    for row in ordered:
        if not out or minutes(end, row.start.instant) >= JOIN_GAP_MIN:
            out.append([])
        out[-1].append(row)
        end = max(end, row.end.instant) if len(out[-1]) > 1 else row.end.instant
    return out


def _episode(part: list[StretchRow], source: str, sleep: str, *, has_in_bed: bool) -> Episode:
    first, last = part[0].start, max((r.end for r in part), key=lambda m: m.instant)
    return Episode(
        source=source,
        start=first.instant,
        end=last.instant,
        start_offset_min=first.offset_min,
        end_offset_min=last.offset_min,
        zone_basis=first.basis,
        segments=tuple(
            Segment(start=r.start.instant, end=r.end.instant, stage=r.stage)
            for r in part
            if r.end.instant > r.start.instant
        ),
        has_in_bed=has_in_bed,
        key=sleep or f"{first.instant.timestamp():.0f}",
        notes=tuple(dict.fromkeys(r.start.note for r in part if r.start.note)),
    )


def named_source(family: str, device: str) -> str:
    """Return the name of a source, with what the export says of the device or app.

    Examples
    --------
    >>> named_source("samsung", "com.urbandroid.sleep")
    'samsung: com.urbandroid.sleep'
    """
    shown = "".join(c for c in device if c.isprintable()).strip()[:LONGEST_NAME]
    return f"{family}: {shown}" if shown else family
