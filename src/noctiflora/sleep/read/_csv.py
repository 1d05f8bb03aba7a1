"""CSV documents as rows by column name, with the line each stands on."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from noctiflora.core import FormatError, RangeError

EMPTY = frozenset({"", "-", "—", "n/a", "na", "null", "none"})
"""Cells that mean "not measured"."""

LONGEST_HEADER = 10_000
LONGEST_LINE = 1 << 20
MOST_COLUMNS = 1000
"""A row of Oura with all its series takes about 15,000 characters; the widest export has 62 columns."""
DAY_MIN = 1440.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a table.

    Parameters
    ----------
    number : int
        Line in the file, the header being 1.
    cells : mapping of str to str
        Trimmed text by column name.
    """

    number: int
    cells: Mapping[str, str]


def header(head: bytes) -> tuple[str, ...]:
    """Return the column names of a CSV document, trimmed and lower case; empty where there are none.

    Examples
    --------
    >>> header(b"Date,In_Bed")
    ('date', 'in_bed')
    """
    first = head.removeprefix(b"\xef\xbb\xbf")[:LONGEST_HEADER].splitlines()[:1]
    if not first:
        return ()
    try:
        text = first[0].decode("utf-8")
        row = next(csv.reader([text], delimiter=delimiter(text)), [])
    except (UnicodeDecodeError, csv.Error):
        return ()
    return tuple(cell.strip().lower() for cell in row)


def delimiter(line: str) -> str:
    """Return the more frequent of comma, semicolon and tab.

    Examples
    --------
    >>> delimiter("a;b;c")
    ';'
    """
    return max(",;\t", key=line.count)


def lines(text: str, names: Callable[[Sequence[str]], Sequence[str]]) -> Iterator[Line]:
    """Yield the rows of a table.

    Parameters
    ----------
    text : str
        The document.
    names : callable
        Takes the trimmed lower-case header, returns the column names to use.

    Raises
    ------
    FormatError
        If the table cannot be cut into cells.
    """
    _check_lines(text)
    first = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(first))
    columns: Sequence[str] | None = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if columns is None:
                if len(cells) > MOST_COLUMNS:
                    raise FormatError("the table has more columns than any export", found=f"{len(cells):,}")
                columns = names([c.lower() for c in cells])
            elif any(cells):
                yield Line(number=rows.line_num, cells=dict(zip(columns, cells, strict=False)))
    except csv.Error as problem:
        raise FormatError("the table cannot be cut into cells", found=str(problem), do="save it as plain CSV") from None


def _check_lines(text: str) -> None:
    """Raise where a line is longer than any export has, before it is cut into millions of cells."""
    at = 0
    while len(text) - at > LONGEST_LINE:
        end = text.rfind("\n", at, at + LONGEST_LINE)
        if end < 0:
            raise FormatError("a line is longer than in any export", found=f"over {LONGEST_LINE:,} characters")
        at = end + 1


def number(line: Line, column: str, *, most: float) -> float | None:
    """Return a cell as a number from 0 to `most`, or None where it is empty.

    Raises
    ------
    FormatError, RangeError
        If it is not a number, or outside.
    """
    text = line.cells.get(column, "")
    if text.lower() in EMPTY:
        return None
    if not re.fullmatch(r"[+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?", text):
        raise FormatError(f"{column}: a number is needed", found=text, do="correct it")
    value = float(text.replace(",", "."))
    if not isfinite(value) or not 0 <= value <= most:
        raise RangeError(f"{column}: the number must lie between 0 and {most:g}", found=text, do="correct it")
    return value
