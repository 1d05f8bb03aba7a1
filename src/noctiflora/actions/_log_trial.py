"""Adds entries to the log of the season under way."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from noctiflora.actions._keep_trial import KeptTrial, save_trial, the_running_trial
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.core import FormatError, RangeError
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind, add_entry, check_night

MOST_ROWS = 10_000
COLUMNS = ("night", "date", "dose", "missing", "guess", "adverse", "severity")
"""Columns of a log file; each row needs a night or a date, and at least one of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """What is said of one night; parts that are None are left as they are.

    Parameters
    ----------
    night, date : int or None, date or None
        Which night; both must agree.
    dose : str or None
        Share of the full dose taken before it, 0 to 1.
    missing : str or None
        Why the night was not recorded.
    guess : str or None
        On the last night of a bottle: product, placebo or do not know.
    adverse, severity : str or None
        An unwanted effect in words; mild, moderate or severe.
    where : str
        Its place, for messages.
    """

    night: int | None = None
    date: dt.date | None = None
    dose: str | None = None
    missing: str | None = None
    guess: str | None = None
    adverse: str | None = None
    severity: str | None = None
    where: str = ""


def log_trial(
    store: Store, lines: Iterable[LogLine], *, now: dt.datetime, today: dt.date, correct: bool = False
) -> KeptTrial:
    """Add to the log, all lines or none.

    Parameters
    ----------
    store : Store
        Where the season lies.
    lines : iterable of LogLine
        What is said.
    now, today : datetime, date
        The present instant with a zone, and the person's date.
    correct : bool
        Whether an entry for the same night may be changed; the earlier one is kept.

    Raises
    ------
    RangeError
        If a night or value is not possible, or the clock was set back.
    FormatError
        If a night is there twice, or the season is over.
    StoreConflict
        If somebody else wrote in the meantime.
    """
    kept = the_running_trial(store)
    check_open(kept.record)
    record, told = kept.record, list(lines)
    seen: set[tuple[str, int]] = set()
    entries = record.entries
    for line in told:
        night = check_night(record.plan, line.night, line.date, today=today)
        for entry in _entries(line, night, now):
            key = (entry.kind.value, night)
            if entry.kind is not EntryKind.ADVERSE and key in seen:
                raise FormatError(
                    f"this night stands twice with a {entry.kind.value} entry",
                    where=line.where or f"night {night}",
                    found=str(record.plan.date_of(night)),
                    do="keep one row a night",
                )
            seen.add(key)
            entries = add_entry(record.plan, entries, entry, correct=correct)
    return save_trial(store, kept, replace(record, entries=entries)) if entries != record.entries else kept


def check_open(record: TrialRecord) -> None:
    """Refuse a season whose log is closed.

    Raises
    ------
    FormatError
        If so.
    """
    if record.state is not TrialState.RUNNING:
        raise FormatError(
            f"this trial was {record.state.value}, and its log is closed",
            where="trial log",
            do="see what it says: noctiflora trial lock, then trial verdict",
        )


def parse_log(text: str, *, where: str) -> tuple[LogLine, ...]:
    r"""Read a log file: CSV with the columns of `COLUMNS`.

    Raises
    ------
    FormatError
        If it is not such a file.
    RangeError
        If a night or date is not one.

    Examples
    --------
    >>> parse_log("night,dose\n1,1\n2,0\n", where="log.csv")[1].dose
    '0'
    """
    reader = csv.DictReader(io.StringIO(text))
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(names) <= set(COLUMNS) or not {"night", "date"} & set(names) or len(set(names)) != len(names):
        raise FormatError(
            f"columns are {', '.join(COLUMNS)}", where=f"{where}, line 1", found=", ".join(names), do="rename them"
        )
    reader.fieldnames = names
    lines = []
    try:
        for number, row in enumerate(reader, start=2):
            if number > MOST_ROWS:
                raise FormatError("this is too long to be the log of a trial", where=where, do="give one row a night")
            lines.append(_line(row, f"{where}, line {number}"))
    except csv.Error as problem:
        raise FormatError(f"this is not CSV: {problem}", where=where, do="save it again as CSV") from None
    return tuple(lines)


def _line(row: dict[str, str | None], where: str) -> LogLine:
    if None in row.values() or None in row:
        raise FormatError("this row has more or fewer cells than the first", where=where, do="correct it")
    cells = {name: (value or "").strip() or None for name, value in row.items()}
    night, date = cells.get("night"), cells.get("date")
    try:
        return LogLine(
            night=None if night is None else int(night),
            date=None if date is None else dt.date.fromisoformat(date),
            dose=cells.get("dose"),
            missing=cells.get("missing"),
            guess=cells.get("guess"),
            adverse=cells.get("adverse"),
            severity=cells.get("severity"),
            where=where,
        )
    except ValueError:
        raise RangeError(
            "a night is a whole number and a date reads 2025-01-31", where=where, found=f"{night}, {date}"
        ) from None


def _entries(line: LogLine, night: int, now: dt.datetime) -> list[Entry]:
    found = []
    if line.dose is not None:
        found.append(Entry(at=now, kind=EntryKind.DOSE, night=night, value=_plain_number(line.dose)))
    if line.missing is not None:
        found.append(Entry(at=now, kind=EntryKind.MISSING, night=night, text=line.missing))
    if line.guess is not None:
        found.append(Entry(at=now, kind=EntryKind.GUESS, night=night, value=line.guess))
    if line.adverse is not None:
        severity = line.severity or "moderate"
        found.append(Entry(at=now, kind=EntryKind.ADVERSE, night=night, value=severity, text=line.adverse))
    if not found:
        raise FormatError(
            "nothing is said of this night", where=line.where or f"night {night}", do="give a dose, guess ..."
        )
    return found


def _plain_number(text: str) -> str:
    """Return a number as it is always written, so that 1 and 1.0 are one dose."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
