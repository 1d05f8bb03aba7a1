"""Sleep diaries as spreadsheets (.xlsx), read as an untrusted file within bounds.

Three kinds of sheet: the questions of the Consensus Sleep Diary in a heading row, ``Sleep`` with
``Wake``, and a chart in which each row is a date, each column an hour of the day and each coloured
cell an hour asleep. Formulas are not worked out: what the spreadsheet program last showed is read.
"""

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from noctiflora.core import FormatError, InputError, offset_min, resolve_wall
from noctiflora.sleep._night import Episode, Segment, Stage, Totals
from noctiflora.sleep.read._consensus import is_diary, is_pair, rows
from noctiflora.sleep.read._document import BROKEN, Document, is_sheet
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, plausible, wall_zone

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook.workbook import Workbook

MOST_MEMBERS = 500
LARGEST_PART_BYTES = 16 << 20
"""Inflated bytes of all parts; a diary of ten years takes about one million (assumed, 4 to 64 MB)."""

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 64, 20
HEADING_ROWS = 20
HOURS = 24
ENTITY = (b"<!ENTITY", b"<!DOCTYPE", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
DAY_ZERO = dt.date(1899, 12, 31)
"""Up to here a spreadsheet's date is a clock reading or a length."""


def read(tally: Tally) -> None:
    """Read every sheet that is a diary into the tally."""
    data = tally.document.whole()
    _check(data, tally.document)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _workbook(data, tally)
    except InputError:
        raise
    except Exception as problem:  # what a hostile workbook can raise inside a library is not bounded
        raise FormatError(
            "the spreadsheet is damaged or not a workbook",
            where=tally.document.name,
            found=type(problem).__name__,
            do="save it again as .xlsx or .csv",
        ) from None


def _check(data: bytes, document: Document) -> None:
    """Raise where the archive holds more than a diary does, or a document type with entities."""
    found = None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_MEMBERS or sum(i.file_size for i in infos) > LARGEST_PART_BYTES:
                found = f"{len(infos)} parts of {sum(i.file_size for i in infos):,} bytes"
            elif any(i.flag_bits & 1 for i in infos):
                found = "encrypted parts"
            elif any(mark in archive.read(i) for i in infos for mark in ENTITY):
                found = "a document type declaration"
    except BROKEN as problem:
        raise FormatError(
            "the spreadsheet is damaged or only half there",
            where=document.name,
            found=str(problem) or type(problem).__name__,
            do="save it again",
        ) from None
    if found:
        raise FormatError("this spreadsheet is not read", where=document.name, found=found, do="save the diary as .csv")


def _workbook(data: bytes, tally: Tally) -> None:
    import openpyxl

    book: Workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    known = 0
    for sheet in book.worksheets[:MOST_SHEETS]:
        bounded = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        known += _sheet(((n, row) for n, row in enumerate(bounded, 1)), tally)
    if not known:
        raise FormatError(
            "no sheet is a sleep diary we know",
            where=tally.document.name,
            do="name the columns Date, In bed, Lights out, Final awakening, Out of bed",
        )


def _sheet(found: "Iterator[tuple[int, Sequence[Cell]]]", tally: Tally) -> bool:
    """Read one sheet, telling whether it is a diary."""
    for n, row in found:
        if n > HEADING_ROWS:
            break
        words = [_text(cell.value) for cell in row]
        while words and not words[-1]:
            words.pop()
        if is_diary(words) or is_pair(words):
            rows(words, ((m, [_text(c.value) for c in cells[: len(words)]]) for m, cells in found), tally)
            return True
        if [_hour(cell.value) for cell in row[1 : HOURS + 1]] == list(range(HOURS)):
            _chart(found, tally)
            return True
    return False


def _text(value: object) -> str:
    """Return a cell as the text that a table would hold."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dt.datetime):
        clock = value.date() <= DAY_ZERO
        return value.strftime("%H:%M") if clock else value.isoformat(timespec="seconds")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds() / 60:.9g}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return str(int(value))
    return " ".join(str(value).split())[:500]


def _hour(value: object) -> int | None:
    if isinstance(value, dt.time) and not value.minute:
        return value.hour
    return value if isinstance(value, int) else None


def _coloured(cell: "Cell") -> bool:
    fill = getattr(cell, "fill", None)
    return fill is not None and fill.fill_type == "solid"


def _chart(found: "Iterator[tuple[int, Sequence[Cell]]]", tally: Tally) -> None:
    """Read coloured hours as sleep, hours that touch as one."""
    tz = wall_zone(tally.zone, where=tally.document.name)
    out: list[Segment] = []
    for n, row in found:
        tally.expect(n)
        day = row[0].value if row else None
        if not isinstance(day, dt.datetime):
            continue
        for hour, cell in enumerate(row[1 : HOURS + 1]):
            if not _coloured(cell):
                continue
            try:
                wall = dt.datetime.combine(plausible(day.replace(tzinfo=dt.UTC)).date(), dt.time(hour))
            except InputError as problem:
                tally.refuse(f"row {n}", problem)
                break
            start, end = (resolve_wall(wall + dt.timedelta(hours=h), tz)[0] for h in (0, 1))
            if out and out[-1].end == start:
                out[-1] = Segment(start=out[-1].start, end=end, stage=Stage.ASLEEP)
            elif end > start:
                out.append(Segment(start=start, end=end, stage=Stage.ASLEEP))
    if not out:
        tally.note("no hour of the chart is coloured")
    for asleep in out:
        _add(asleep, offset_min(asleep.start, tz), offset_min(asleep.end, tz), tally)


def _add(asleep: Segment, first: int, last: int, tally: Tally) -> None:
    try:
        tally.episodes.append(
            Episode(
                source="diary: chart",
                start=asleep.start,
                end=asleep.end,
                start_offset_min=first,
                end_offset_min=last,
                zone_basis=NAMED_ZONE,
                segments=(asleep,),
                totals=Totals(wakes_unseen=True),
                key=asleep.start.isoformat(),
                notes=("times are good to an hour",),
            )
        )
    except InputError as problem:
        tally.refuse(f"the sleep from {asleep.start:%Y-%m-%d}", problem)


SHEET = Format(label="Sleep diary spreadsheet", sniff=is_sheet, read=read)
