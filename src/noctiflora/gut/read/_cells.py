"""Cells of a text table: the delimiter, rows with their line, numbers."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from noctiflora.core import FormatError

DELIMITERS = ("\t", ";", ",")
LONGEST_CELL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row with its place.

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
    try:
        for cells in source:
            stripped = [c.strip() for c in cells]
            if any(stripped):
                if max(map(len, stripped)) > LONGEST_CELL:
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


def whole(cell: str) -> int | None:
    """Return an identifier that is a whole number above 0, else None.

    Examples
    --------
    >>> whole("1716"), whole(""), whole("-1"), whole("1716.0")
    (1716, None, None, 1716)
    """
    text = cell.strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 and int(text) > 0 else None


def place(header: Sequence[str], *names: str) -> int | None:
    """Return the column of the first of `names` that the header holds, else None.

    Examples
    --------
    >>> place(["taxon", "share"], "percent", "share")
    1
    """
    low = [h.strip().lower() for h in header]
    return next((low.index(n) for n in names if n in low), None)
