"""Nights as a CSV table that a spreadsheet can open without running what it holds, and back."""

import csv
import io
import json
from collections.abc import Iterable

from noctiflora.core import FormatError
from noctiflora.sleep._night import Night, Stage
from noctiflora.sleep.write._plain import NUMBERS, night_of, plain

STAGES = tuple(Stage)
COLUMNS = (
    "date",
    "source",
    "nap",
    "onset",
    "offset",
    "onset_zone_offset_min",
    "offset_zone_offset_min",
    *NUMBERS,
    "awakenings",
    *(f"{stage.value}_stage_min" for stage in STAGES),
    "notes",
)
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection), and the mark put before them."""

YES = {"True": True, "False": False}


def nights_csv(nights: Iterable[Night]) -> str:
    """Return nights as CSV, empty cells where nothing was measured.

    Parameters
    ----------
    nights : iterable of Night
        In any order; naps are marked. The stretches of the night are left to the other forms.

    Returns
    -------
    str
        `nights_from_csv` gives the same nights back, but for the stretches. Text that a spreadsheet
        would run as a formula has an apostrophe before it.
    """
    out = io.StringIO()
    # Line ends of RFC 4180: with a bare LF, Python leaves a CR within a text unquoted.
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for night in nights:
        row = plain(night)
        stages = {f"{stage.value}_stage_min": m for stage, m in night.stages_min.items()}
        texts = {"source": _safe(night.source), "notes": _safe(_notes(night.notes))}
        cells = {**row, **stages, **texts}
        writer.writerow([_cell(cells.get(column)) for column in COLUMNS])
    return out.getvalue()


def nights_from_csv(text: str) -> tuple[Night, ...]:
    """Return the nights that `nights_csv` wrote.

    Raises
    ------
    FormatError
        If the text is something else.
    """
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as problem:
        raise FormatError("the table cannot be cut into cells", found=str(problem), do="export again") from None
    if not rows or tuple(rows[0]) != COLUMNS:
        raise FormatError("this is not a table of nights that was exported here", found=text[:40], do="export again")
    return tuple(_night(dict(zip(COLUMNS, row, strict=False))) for row in rows[1:])


def _night(cells: dict[str, str]) -> Night:
    known: dict[str, object] = {name: text or None for name, text in cells.items()}
    stages = {s.value: t for s in STAGES if (t := cells.get(f"{s.value}_stage_min"))}
    notes = _bare(cells.get("notes", ""))
    try:
        known["nap"] = YES[cells["nap"]]
        known["notes"] = json.loads(notes) if notes else []
    except (KeyError, ValueError):
        raise FormatError(
            "this is not a night that was exported here", found=str(cells)[:60], do="export again"
        ) from None
    return night_of({**known, "source": _bare(cells.get("source", "")), "stages_min": stages})


def _notes(notes: Iterable[str]) -> str:
    """Return notes as one cell: a JSON list, so that any text comes back; empty without notes."""
    listed = list(notes)
    return json.dumps(listed, ensure_ascii=False) if listed else ""


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(RUNS) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def _cell(value: object) -> str:
    """Return a cell; numbers to their last digit."""
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)
