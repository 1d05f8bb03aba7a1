"""WHOOP account export: the table of sleeps, in any language of the account.

Headers and even file names follow the language (``sueño.csv``), so columns are taken by place. Times
are local with their offset beside them. Rows without numbers are unknown, not zero. There is no
sequence of stages and no latency, so when wakefulness fell is unknown.
"""

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Kind, Stage, Totals
from noctiflora.sleep.read._csv import DAY_MIN, EMPTY, Line, delimiter, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._offset import SPELLING, from_wall
from noctiflora.sleep.read._when import Moment

COLUMNS = (
    "cycle_start",
    "cycle_end",
    "timezone",
    "onset",
    "wake",
    "performance",
    "respiration",
    "asleep",
    "in_bed",
    "light",
    "deep",
    "rem",
    "awake",
    "need",
    "debt",
    "efficiency",
    "consistency",
    "nap",
)
STAMP = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}")
ENGLISH_ONSET = "sleep onset"
YES_NO = {"true": True, "false": False}
FIRST_ROWS = 40
CHANGE_MIN = 60
"""Clocks change by an hour, while a row names one offset, that of its start."""

SLACK_MIN = 3.0
"""By how much the parts of a night may exceed it through rounding to minutes (seen: up to 2)."""


def first_rows(head: bytes, columns: int) -> list[list[str]]:
    r"""Return the first whole rows of a table of so many columns; empty where it has others.

    Examples
    --------
    >>> first_rows(b"a,b\n1,2\n3", 2)
    [['a', 'b'], ['1', '2']]
    """
    text = head.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    whole = text.rpartition("\n")[0] if text.count("\n") > 1 else text
    found = whole.split("\n", FIRST_ROWS)[:FIRST_ROWS]
    try:
        rows = [[c.strip() for c in row] for row in csv.reader(found, delimiter=delimiter(found[0])) if row]
    except csv.Error:
        return []
    return rows if rows and len(rows[0]) == columns else []


def begins_with_cycle(row: Sequence[str]) -> bool:
    """Return whether a row begins with the two times and the offset of a cycle."""
    ends = not row[1] or bool(STAMP.fullmatch(row[1]))
    return bool(STAMP.fullmatch(row[0])) and ends and bool(row[2]) and bool(SPELLING.fullmatch(row[2]))


def sniff(head: bytes) -> bool:
    """Return whether a document begins like WHOOP's table of sleeps."""
    rows = first_rows(head, len(COLUMNS))
    if not rows:
        return False
    if rows[0][3].lower() == ENGLISH_ONSET:
        return True
    return any(
        len(row) == len(COLUMNS)
        and begins_with_cycle(row)
        and bool(STAMP.fullmatch(row[3]) and STAMP.fullmatch(row[4]))
        and row[-1].lower() in YES_NO
        for row in rows[1:]
    )


def read(tally: Tally) -> None:
    """Read sleeps into the tally."""
    blank = 0
    for line in lines(tally.document.text(), lambda _: COLUMNS):
        tally.expect(line.number)
        if any(line.cells.get(c, "").lower() in EMPTY for c in ("onset", "wake")):
            blank += 1
            continue
        try:
            tally.episodes.append(_episode(line))
        except InputError as problem:
            tally.refuse(f"line {line.number}", problem)
    if blank:
        tally.note(f"rows without sleep and waking times were left out: {blank}")
    tally.note("WHOOP tells sums only: latency, and when the wakefulness fell, are unknown")


def _episode(line: Line) -> Episode:
    ahead = line.cells.get("timezone", "")
    start, end = from_wall(line.cells["onset"], ahead), from_wall(line.cells["wake"], ahead)
    end, moved = _woken(start, end, number(line, "in_bed", most=DAY_MIN))
    nap = YES_NO.get(line.cells.get("nap", "").lower())
    return Episode(
        source="whoop",
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        kind=Kind.UNKNOWN if nap is None else Kind.NAP if nap else Kind.MAIN,
        totals=_totals(line, (end.instant - start.instant).total_seconds() / 60),
        has_in_bed=True,
        key=f"{start.instant.timestamp():.0f}",
        notes=("the clock changed in this night: the printed minutes in bed tell which hour it was",) * moved,
    )


def _woken(start: Moment, end: Moment, in_bed_min: float | None) -> tuple[Moment, bool]:
    """Return the end of a sleep, on the clock after a change where the printed minutes in bed say so."""
    if in_bed_min is None:
        return end, False
    over = (end.instant - start.instant).total_seconds() / 60 - in_bed_min
    if abs(abs(over) - CHANGE_MIN) > SLACK_MIN:
        return end, False
    by = CHANGE_MIN if over > 0 else -CHANGE_MIN
    moved = replace(end, instant=end.instant - dt.timedelta(minutes=by), offset_min=end.offset_min + by)
    return moved, True


def _totals(line: Line, span_min: float) -> Totals:
    named = {
        Stage.LIGHT: number(line, "light", most=DAY_MIN),
        Stage.DEEP: number(line, "deep", most=DAY_MIN),
        Stage.REM: number(line, "rem", most=DAY_MIN),
        Stage.AWAKE: number(line, "awake", most=DAY_MIN),
    }
    asleep = number(line, "asleep", most=DAY_MIN)
    stages = {stage: m for stage, m in named.items() if m is not None}
    if asleep is not None and asleep > span_min + SLACK_MIN:
        raise FormatError("more sleep than the night is long", found=f"{asleep:g} of {span_min:.0f} min")
    # Minutes are rounded one by one: their sum may pass the span by what rounding adds.
    return Totals(tst_min=None if asleep is None else min(asleep, span_min), stages_min=MappingProxyType(stages))


WHOOP = Format(label="WHOOP sleeps", sniff=sniff, read=read)
