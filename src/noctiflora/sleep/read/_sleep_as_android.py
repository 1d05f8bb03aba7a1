"""Sleep as Android: ``sleep-export.csv``, a header line before each record.

Only ``Id`` (start, milliseconds UTC) and ``Hours`` are unambiguous; ``From`` and ``To`` are clock
readings without a mark for the repeated hour and are not used (sleepdiary/core, src/SleepAsAndroid).
Each record has columns of its own, named by clock times, and any number called ``Event``, of which
those that begin or end a stage make the hypnogram. Without one, sleep is the hours plus the
(negative) minutes of ``LenAdjust``, as the app counts it. Tracking begins when the person starts
it, so latency is unknown. Hours carry three decimals: ends are good to two seconds.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.sleep._night import LONGEST_H, Episode, Segment, Stage, Totals
from noctiflora.sleep.read._csv import EMPTY
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, RECORD_ZONE, at, cached_zone, from_epoch, wall_zone

SOURCE = "sleep as android"
SIGN = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*"?Id"?,"?Tz"?,"?From"?,"?To"?,')
STAGES = {"LIGHT": Stage.LIGHT, "DEEP": Stage.DEEP, "REM": Stage.REM, "AWAKE": Stage.AWAKE, "BROKEN": Stage.UNKNOWN}
EVENT = re.compile(r"(LIGHT|DEEP|REM|AWAKE|BROKEN)_(START|END)-([0-9]{1,14})(?:-.*)?", re.DOTALL)
HIGHEST_STARS = 5.0
MOST_FIELDS = 100_000
BY_HAND = "-1.0"
"""LenAdjust of a record entered by hand; a plain -1 takes one minute off."""

NO_STAGES = "the app told no stages: all time tracked but what it took off counts as sleep"


def sniff(head: bytes) -> bool:
    """Return whether a document begins with the header of the app."""
    return SIGN.match(head) is not None


def read(tally: Tally) -> None:
    """Read records into the tally."""
    rows = csv.reader(io.StringIO(tally.document.text(), newline=""))
    columns: Sequence[str] = ()
    n = 0
    try:
        for row in rows:
            if row[:2] == ["Id", "Tz"]:
                columns = row
                continue
            # A line of noise levels follows some records; its first cells are empty.
            if not any(row[:6]):
                continue
            n += 1
            tally.expect(n)
            _record(row, columns, rows.line_num, tally)
    except csv.Error as problem:
        raise FormatError("the table cannot be cut into cells", where=tally.document.name, found=str(problem)) from None


def _record(row: Sequence[str], columns: Sequence[str], line: int, tally: Tally) -> None:
    try:
        if len(row) > MOST_FIELDS or len(row) < 6:
            raise FormatError("the record does not have the columns of its header", found=f"{len(row)} cells")
        cells = dict(zip(columns[:15], row, strict=False))
        tally.episodes.append(_episode(cells, row[15:], tally))
    except InputError as problem:
        if problem.where == tally.document.name:
            raise
        tally.refuse(f"line {line}", problem)


def _number(cells: Mapping[str, str], column: str) -> float:
    text = cells.get(column, "").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", text):
        raise FormatError(f"{column}: a number is needed", found=text, do="export it again")
    return float(text)


def _zone(cells: Mapping[str, str], tally: Tally) -> tuple[ZoneInfo, str]:
    """Return the zone of the record, else the one the person named."""
    own = cells.get("Tz", "").strip()
    if own and own.lower() not in EMPTY:
        try:
            return cached_zone(own), RECORD_ZONE
        except RangeError:
            if tally.zone is None:
                raise
    return wall_zone(tally.zone, where=tally.document.name), NAMED_ZONE


def _episode(cells: Mapping[str, str], rest: Sequence[str], tally: Tally) -> Episode:
    tz, basis = _zone(cells, tally)
    start = at(from_epoch(_number(cells, "Id") / 1000), tz, basis=basis)
    hours = _number(cells, "Hours")
    if not 0 < hours <= LONGEST_H:
        raise RangeError("the record has no length", found=f"{hours:g} hours")
    end = at(start.instant + dt.timedelta(hours=hours), tz, basis=basis)
    segments = _segments(rest, start.instant, end.instant)
    taken_off = cells.get("LenAdjust", "0")
    notes = []
    slept: float | None = hours * 60
    if taken_off == BY_HAND or cells.get("Comment", "").startswith("Manually added"):
        notes.append("entered by hand in the app")
    elif taken_off.strip():
        slept = max(0.0, hours * 60 + min(0.0, _number(cells, "LenAdjust")))
    if not segments:
        notes.append(NO_STAGES)
    stars = _number(cells, "Rating") if cells.get("Rating", "").strip() else 0.0
    return Episode(
        source=SOURCE,
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=basis,
        segments=segments,
        totals=Totals(
            tst_min=None if segments else slept,
            # No star is no rating.
            rating=2 * stars if 0 < stars <= HIGHEST_STARS else None,
            wakes_unseen=not segments,
        ),
        key=cells.get("Id", "").strip(),
        notes=tuple(notes),
    )


def _segments(rest: Sequence[str], start: dt.datetime, end: dt.datetime) -> tuple[Segment, ...]:
    """Return the stages that begin and end among the events of a record."""
    open_since: dict[str, dt.datetime] = {}
    out: list[Segment] = []
    for text in rest:
        event = EVENT.fullmatch(text)
        if event is None:
            continue
        name, edge, stamp = event.groups()
        instant = min(max(from_epoch(int(stamp) / 1000), start), end)
        if edge == "START":
            open_since.setdefault(name, instant)
        elif name in open_since:
            first = open_since.pop(name)
            if instant > first:
                out.append(Segment(start=first, end=instant, stage=STAGES[name]))
    out.extend(Segment(start=s, end=end, stage=STAGES[name]) for name, s in open_since.items() if end > s)
    ordered = tuple(sorted(out, key=lambda s: s.start))
    return ordered if any(s.stage.is_sleep for s in ordered) else ()


SLEEP_AS_ANDROID = Format(label="Sleep as Android export", sniff=sniff, read=read)
