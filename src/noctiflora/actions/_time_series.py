"""Fits rhythms in series of one person: a cosine to any, the evening rise to melatonin."""

import csv
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from noctiflora.actions._small_text import small_text
from noctiflora.core import FormatError
from noctiflora.gut import Bend, Cosinor, Onset, cosinor, dlmo, expect_one_person, hockey_stick

LARGEST_BYTES = 4 << 20
DAY_H = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythms:
    """Cosines fitted to the columns of a table.

    Parameters
    ----------
    names : tuple of str
        Of the columns.
    fit : Cosinor
        In their order.
    """

    names: tuple[str, ...]
    fit: Cosinor


@dataclass(frozen=True, slots=True, kw_only=True)
class MelatoninOnset:
    """Melatonin onset by two methods, hours after midnight of the first evening.

    Parameters
    ----------
    threshold : Onset
        Where a fixed concentration is crossed.
    hockey_stick : Bend
        Where the base turns into the rise.
    """

    threshold: Onset
    hockey_stick: Bend


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    days: tuple[int, ...]
    hours: tuple[float, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]


def fit_rhythms(path: Path) -> Rhythms:
    """Fit a cosine of 24 hours to every column of a table with a time.

    Raises
    ------
    FormatError
        If the table is none.
    RangeError
        Below 6 clock times over 3 days.
    """
    series = _read(path)
    expect_one_person(series.hours, series.days)
    return Rhythms(names=series.names, fit=cosinor(np.array(series.values).T, series.hours))


def find_onset(path: Path, *, threshold_pg_ml: float) -> MelatoninOnset:
    """Find the evening rise in the first column of a table of saliva samples.

    Raises
    ------
    FormatError
        If the table is none.
    RangeError
        If times do not rise or a number is negative.
    """
    series = _read(path)
    hours = [d * DAY_H + h for d, h in zip(series.days, series.hours, strict=True)]
    values = [row[0] for row in series.values]
    return MelatoninOnset(
        threshold=dlmo(hours, values, threshold_pg_ml=threshold_pg_ml),
        hockey_stick=hockey_stick(hours, values, threshold_pg_ml=threshold_pg_ml),
    )


def _read(path: Path) -> _Series:
    text = small_text(path, most=LARGEST_BYTES, what="the file", limit=" for one person's series")
    rows = list(csv.reader(text.splitlines()))
    rows = [[c.strip() for c in row] for row in rows if any(c.strip() for c in row)]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise FormatError(
            "this is no series", where=path.name, do="give a CSV whose first column is the time, the others numbers"
        )
    places: list[tuple[int, float]] = []
    values = []
    for n, row in enumerate(rows[1:], start=2):
        where = f"{path.name}, row {n}"
        if len(row) != len(rows[0]):
            raise FormatError("the row is cut short or too long", where=where, found=str(len(row)))
        places.append(_place(row[0], places, where))
        values.append(tuple(_number(c, where) for c in row[1:]))
    first = places[0][0]
    return _Series(
        days=tuple(d - first for d, _ in places),
        hours=tuple(h for _, h in places),
        names=tuple(rows[0][1:]),
        values=tuple(values),
    )


def _place(cell: str, before: Sequence[tuple[int, float]], where: str) -> tuple[int, float]:
    """Return day and hour; a bare clock time that falls back is of the next day."""
    try:
        at = dt.datetime.fromisoformat(cell)
    except ValueError:
        pass
    else:
        return at.toordinal(), _hour(at.time())
    try:
        hour = _hour(dt.time.fromisoformat(cell))
    except ValueError:
        raise FormatError(
            "this is no time", where=where, found=cell, do="write 2026-03-01 21:30, or 21:30 within one evening"
        ) from None
    if not before:
        return 0, hour
    day, last = before[-1]
    return (day, hour) if hour > last else (day + 1, hour)


def _hour(time: dt.time) -> float:
    return time.hour + time.minute / 60 + time.second / 3600


def _number(cell: str, where: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FormatError("this is no number", where=where, found=cell, do="leave the sample out")
    return value
