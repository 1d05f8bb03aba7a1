"""Cells of a text table: the delimiter, rows with their line, numbers."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats

DELIMITERS = ("\t", ";", ",")
LONGEST_CELL = 100_000
MOST_DIGITS = 12


class Line(NamedTuple):
    """One row with its place; made by the thousand, so a tuple.

    Parameters
    ----------
    number : int
        In the file, from 1.
    cells : list of str
        Stripped of space at both ends.
    """

    number: int
    cells: list[str]


def delimiter_of(*lines: str) -> str:
    """Return the delimiter that parts each of the lines into most cells.

    Examples
    --------
    >>> delimiter_of("taxon;share", "Blautia;59,5")
    ';'
    """
    return max(DELIMITERS, key=lambda d: min(line.count(d) for line in lines))


def lines(text: str, *, delimiter: str, where: str) -> Iterator[Line]:
    """Yield the rows of a table; blank ones are left out.

    Raises
    ------
    FormatError
        If quotes do not match or a cell is beyond reason.
    """
    source = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    may_be_long = len(text) > LONGEST_CELL
    try:
        for cells in source:
            stripped = list(map(str.strip, cells))
            if any(stripped):
                if may_be_long and max(map(len, stripped)) > LONGEST_CELL:
                    raise FormatError("a cell is too long for a table", where=f"{where}, line {source.line_num}")
                yield Line(number=source.line_num, cells=stripped)
    except csv.Error as problem:
        raise FormatError(
            f"this is not a table: {problem}", where=f"{where}, line {source.line_num}", do="save it as CSV"
        ) from None


def number(cell: str, *, where: str, field: str, decimal_comma: bool = False) -> float:
    """Return a number, or complain with its place.

    Raises
    ------
    FormatError
        If the cell is no finite number.

    Examples
    --------
    >>> number("1,5", where="x", field="share", decimal_comma=True)
    1.5
    """
    text = cell.strip().rstrip("%").strip()
    if decimal_comma:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")) or "_" in text:
        raise FormatError("this is no number", where=f"{where}, field {field}", found=cell, do="correct the cell")
    return value


def amounts(
    rows: Sequence[Line], columns: Sequence[int], header: Sequence[str], *, where: str, decimal_comma: bool = False
) -> Floats:
    """Return the numbers of some columns; an empty or missing cell is 0.

    Parameters
    ----------
    rows : sequence of Line
        Below the header.
    columns : sequence of int
        Which cells of each row.
    header : sequence of str
        Names of the columns, for messages.
    where : str
        Name of the file, for messages.
    decimal_comma : bool
        Whether a comma may part the decimals.

    Returns
    -------
    ndarray (rows, columns)

    Raises
    ------
    FormatError
        If a cell is no finite number.
    """
    values = np.empty((len(rows), len(columns)))
    try:
        for j, i in enumerate(columns):
            cells = [r.cells[i] for r in rows]
            values[:, j] = list(map(float, cells))
            if any("_" in c for c in cells):
                raise ValueError
        if np.isfinite(values).all():
            return values
    except (ValueError, IndexError):
        pass
    # Some cell is odd: cell by cell tells which.
    for k, (n, row) in enumerate(rows):
        held = [*row, *[""] * (len(header) - len(row))]
        values[k] = [
            number(held[i] or "0", where=f"{where}, line {n}", field=header[i], decimal_comma=decimal_comma)
            for i in columns
        ]
    return values


def numbers(cells: Sequence[str], *, where: str, field: str) -> Floats:
    """Return the numbers of one column; see `amounts`, which tells the line too.

    Raises
    ------
    FormatError
        If a cell is no finite number.
    """
    try:
        values = np.array(list(map(float, cells)), dtype=float)
        if np.isfinite(values).all() and "_" not in "".join(cells):
            return values
    except ValueError:
        pass
    # Some cell is odd: one by one tells which.
    return np.array([number(c, where=f"{where}, row {n}", field=field) for n, c in enumerate(cells, start=1)])


def wholes(cells: Sequence[str]) -> list[int | None]:
    """Return many identifiers; see `whole`."""
    joined = "".join(cells)
    if joined.isascii() and joined.isdigit() and all(cells) and max(map(len, cells)) < MOST_DIGITS:
        return [i or None for i in map(int, cells)]
    return [whole(c) for c in cells]


def whole(cell: str) -> int | None:
    """Return an identifier that is a whole number above 0, else None.

    Examples
    --------
    >>> whole("1716"), whole(""), whole("-1"), whole("1716.0")
    (1716, None, None, 1716)
    """
    if cell.isascii() and cell.isdigit() and len(cell) < MOST_DIGITS:
        return int(cell) or None
    text = cell.strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS and int(text) > 0 else None


def place(header: Sequence[str], *names: str) -> int | None:
    """Return the column of the first of `names` that the header holds, else None.

    Examples
    --------
    >>> place(["taxon", "share"], "percent", "share")
    1
    """
    low = [h.strip().lower() for h in header]
    return next((low.index(n) for n in names if n in low), None)
