"""Adds entries to the log of the season under way."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from noctiflora.actions._freeze_trial import CIRCUMSTANCES
from noctiflora.actions._keep_trial import KeptTrial, save_trial, the_running_trial
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.core import FormatError, RangeError
from noctiflora.intake import CheckIn
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind, add_entry, check_night

MOST_ROWS = 10_000
COLUMNS = ("night", "date", "dose", "missing", "guess", "adverse", "severity", *CIRCUMSTANCES)
"""Columns of a log file; each row needs a night or a date, and at least one of the others."""
YES_NO = {"yes": 1.0, "1": 1.0, "": 1.0, "no": 0.0, "0": 0.0}
"""How a circumstance is answered; nothing after its name means yes."""


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
    circumstances : mapping of str to float
        Items of `CIRCUMSTANCES`, 1 for yes and 0 for no; kept as morning entries.
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
    circumstances: Mapping[str, float] = field(default_factory=dict)
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
    checkins: list[CheckIn] = []
    for line in told:
        night = check_night(record.plan, line.night, line.date, today=today)
        date = record.plan.date_of(night)
        checkins += [CheckIn(date=date, item=item, value=value) for item, value in line.circumstances.items()]
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
    saved = save_trial(store, kept, replace(record, entries=entries)) if entries != record.entries else kept
    if checkins:
        store.diary.save_checkins(checkins)
    return saved


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


def read_circumstance(text: str) -> tuple[str, float]:
    """Return item and answer of ``NAME`` or ``NAME=yes|no``.

    Raises
    ------
    RangeError
        If the name or the answer is none.

    Examples
    --------
    >>> read_circumstance("travel"), read_circumstance("alcohol=no")
    (('travel', 1.0), ('alcohol', 0.0))
    """
    name, _, answer = (part.strip().lower() for part in text.partition("="))
    if name not in CIRCUMSTANCES or answer not in YES_NO:
        raise RangeError(
            f"a circumstance is one of {', '.join(CIRCUMSTANCES)}, with =yes or =no",
            where="--circumstance",
            found=text,
            do="write it as alcohol=no",
        )
    return name, YES_NO[answer]


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
            circumstances={
                item: read_circumstance(f"{item}={cells[item]}")[1] for item in CIRCUMSTANCES if cells.get(item)
            },
            where=where,
        )
    except RangeError as problem:
        raise RangeError("a circumstance is answered with yes or no", where=where, found=problem.found) from None
    except ValueError:
        raise RangeError(
            "a night is a whole number and a date reads 2025-01-31", where=where, found=f"{night}, {date}"
        ) from None


def _entries(line: LogLine, night: int, now: dt.datetime) -> list[Entry]:
    found = []
    if line.severity is not None and line.adverse is None:
        raise FormatError(
            "a severity belongs to an unwanted effect, and none is told of",
            where=line.where or f"night {night}",
            found=line.severity,
            do="say in words what happened: --adverse, or the column adverse",
        )
    if line.dose is not None:
        found.append(Entry(at=now, kind=EntryKind.DOSE, night=night, value=_plain_number(line.dose)))
    if line.missing is not None:
        found.append(Entry(at=now, kind=EntryKind.MISSING, night=night, text=line.missing))
    if line.guess is not None:
        found.append(Entry(at=now, kind=EntryKind.GUESS, night=night, value=line.guess))
    if line.adverse is not None:
        severity = line.severity or "moderate"
        found.append(Entry(at=now, kind=EntryKind.ADVERSE, night=night, value=severity, text=line.adverse))
    if not found and not line.circumstances:
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
