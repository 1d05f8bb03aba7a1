"""Reading of a series from comma-separated text."""

import csv
import datetime as dt
import io
import re

import numpy as np

from noctiflora.core import FormatError, RangeError
from noctiflora.trial._series import LARGEST, MAX_COVARIATES, MAX_NIGHTS, RESERVED, Series

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,7})(?:\.0+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHAPE = "give the columns night or date, y, dose, parted by commas, with one line for each night"


def parse_series(text: str, *, where: str) -> Series:
    r"""Read one person's nights from CSV text.

    Columns: ``night`` (1..n, rising, gaps allowed) or ``date`` (YYYY-MM-DD), ``y`` (blank =
    missing), ``dose`` (0 to 1, share of the full dose taken before that night); a column ``s``
    is the trend regressor; every further column is a covariate and must be a number on every
    line. Columns ``dose_NAME`` are doses of several products, the first of them the one asked
    about where there is no ``dose``; ``assigned`` is the dose that was planned. With both
    ``night`` and ``date`` the two must tell of the same gaps, so that a slipped day is found.
    Blank lines are skipped; a byte-order mark is tolerated.

    Nights that are missing from the file stay part of the calendar: the outcome is unknown,
    the exposure moves on, and the dose is taken to be the last dose written before the gap.

    Parameters
    ----------
    text : str
        The file's text.
    where : str
        Its name, for messages.

    Returns
    -------
    Series

    Raises
    ------
    FormatError
        If the text is not such a table; names line and column.
    RangeError
        If a number lies outside what is possible.

    Examples
    --------
    >>> series = parse_series("night,y,dose,alcohol\n1,88.5,0,0\n2,,1,1\n", where="mine.csv")
    >>> series.y.tolist(), series.dose.tolist(), list(series.covariates)
    ([88.5, nan], [0.0, 1.0], ['alcohol'])
    """
    lines = _lines(text, where)
    if not lines:
        raise FormatError("the file is empty", where=where, do=_SHAPE)
    header = _header(lines[0][1], where)
    rows = [(at, dict(zip(header, fields, strict=True))) for at, fields in _full(lines[1:], len(header), where)]
    if not rows:
        raise FormatError("the file holds no night", where=where, do=_SHAPE)
    dates = [_date(row["date"], f"{where}, line {at}, date") for at, row in rows] if "date" in header else None
    nights = _nights(rows, dates, where)
    products = [name for name in header if name == "dose" or name.startswith("dose_")]
    doses = {
        name: np.array([_dose(row[name], f"{where}, line {at}, {name}") for at, row in rows])
        for name in (*products, *(["assigned"] if "assigned" in header else []))
    }
    first = "dose" if "dose" in products else products[0]
    extra = [name for name in header if name not in ("night", "date", "y", "s", *doses)]
    return Series(
        nights=np.array(nights, dtype=np.int64),
        y=np.array([_outcome(row["y"], f"{where}, line {at}, y") for at, row in rows]),
        dose=doses[first],
        covariates={
            name: np.array([_number(row[name], f"{where}, line {at}, {name}") for at, row in rows]) for name in extra
        },
        s=np.array([_number(row["s"], f"{where}, line {at}, s") for at, row in rows]) if "s" in header else None,
        dates=None if dates is None else tuple(dates),
        where=where,
        product=first.removeprefix("dose").removeprefix("_"),
        others={name.removeprefix("dose_"): doses[name] for name in products if name != first},
        assigned=doses.get("assigned"),
    )


def _lines(text: str, where: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                found.append((reader.line_num, [field.strip() for field in fields]))
            if len(found) > MAX_NIGHTS + 1:
                raise RangeError(f"at most {MAX_NIGHTS} nights are taken", where=where, do="split the file")
    except csv.Error as error:
        raise FormatError(
            "this is not comma-separated text", where=f"{where}, line {reader.line_num}", found=str(error), do=_SHAPE
        ) from None
    return found


def _header(fields: list[str], where: str) -> list[str]:
    at = f"{where}, line 1"
    known = {"night", "date", "y", "dose", "s", "assigned"}
    header = [field.lower() if field.lower() in known else field for field in fields]
    for name in header:
        if not name:
            raise FormatError("a column has no name", where=at, do="name it or take it out")
        if header.count(name) > 1:
            raise FormatError("two columns bear one name", where=at, found=name, do="rename one")
        if (name in RESERVED and name != "assigned") or name == "dose_":
            raise FormatError("this name belongs to a parameter", where=at, found=name, do="rename the column")
    missing = [] if "y" in header else ["y"]
    if not any(name == "dose" or name.startswith("dose_") for name in header):
        missing.append("dose")
    if "night" not in header and "date" not in header:
        missing.insert(0, "night or date")
    if missing:
        raise FormatError(f"the column {missing[0]} is missing", where=at, found=", ".join(header), do=_SHAPE)
    if len(header) > MAX_COVARIATES + 5:
        raise FormatError(f"at most {MAX_COVARIATES} covariates are taken", where=at, do="leave some out")
    return header


def _full(lines: list[tuple[int, list[str]]], width: int, where: str) -> list[tuple[int, list[str]]]:
    for at, fields in lines:
        if len(fields) != width:
            raise FormatError(
                f"this line should have {width} fields",
                where=f"{where}, line {at}",
                found=str(len(fields)),
                do="fill in what is missing; a blank outcome still needs its comma",
            )
    return lines


def _nights(rows: list[tuple[int, dict[str, str]]], dates: list[dt.date] | None, where: str) -> list[int]:
    if "night" in rows[0][1]:
        nights = [_night(row["night"], f"{where}, line {at}, night") for at, row in rows]
        name = "night"
    else:
        assert dates is not None
        nights = [(date - dates[0]).days + 1 for date in dates]
        name = "date"
    for before, after, (at, row) in zip(nights[:-1], nights[1:], rows[1:], strict=True):
        place = f"{where}, line {at}, {name}"
        if after == before:
            raise FormatError("this night is there twice", where=place, found=row[name], do="keep one line")
        if after < before:
            raise FormatError("nights must rise", where=place, found=row[name], do="sort the lines by night")
        if after - nights[0] >= MAX_NIGHTS:
            raise RangeError(f"at most {MAX_NIGHTS} nights are taken", where=place, found=row[name])
    if name == "night" and dates is not None:
        for night, date, (at, row) in zip(nights, dates, rows, strict=True):
            if (date - dates[0]).days != night - nights[0]:
                raise FormatError(
                    "night and date do not agree: a day has slipped",
                    where=f"{where}, line {at}, date",
                    found=f"night {row['night']} on {row['date']}",
                    do="correct the one that is wrong, or take one of the two columns out",
                )
    return nights


def _night(text: str, at: str) -> int:
    # spreadsheets write 1 as 1.0
    found = _WHOLE.fullmatch(text)
    if not found or int(found[1]) < 1:
        raise FormatError("a night is a whole number from 1", where=at, found=text or "nothing", do="correct it")
    return int(found[1])


def _date(text: str, at: str) -> dt.date:
    try:
        if _DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise FormatError("this is not a date", where=at, found=text or "nothing", do="write it as 2026-01-31")


def _number(text: str, at: str) -> float:
    if not text:
        raise FormatError(
            "a value is missing, only y may be blank", where=at, found="nothing", do="fill it in or take the line out"
        )
    if not _NUMBER.fullmatch(text):
        raise FormatError("this is not a number", where=at, found=text, do="write digits with a decimal point")
    value = float(text)
    if not abs(value) <= LARGEST:
        raise RangeError(f"values must lie between -{LARGEST:g} and {LARGEST:g}", where=at, found=text, do="correct it")
    return value


def _outcome(text: str, at: str) -> float:
    return _number(text, at) if text else float("nan")


def _dose(text: str, at: str) -> float:
    value = _number(text, at)
    if not 0 <= value <= 1:
        raise RangeError(
            "a dose is a share of the full dose, 0 to 1", where=at, found=text, do="divide by the full dose"
        )
    return value
