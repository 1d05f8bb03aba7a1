"""Rows shown as a table, as JSON or as CSV."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """How a reading command answers."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="How to answer.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--db", metavar="FILE", help="Another database.", show_default=False)
]

Cell = str | int | float | bool | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show_json(value: object) -> None:
    """Print `value` as JSON; unknown is ``null``."""
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def show_rows(rows: Sequence[Mapping[str, Cell]], columns: Sequence[str], *, empty: str) -> None:
    """Print `rows` as a table that fits the terminal, or the sentence `empty`."""
    if not rows:
        typer.echo(empty)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        numeric = all(isinstance(row.get(column), int | float | None) for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_words(row.get(column))) for column in columns))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False, markup=False, emoji=False).print(table)


def show_csv(rows: Sequence[Mapping[str, Cell]], columns: Sequence[str]) -> None:
    """Print `rows` as CSV; text that a spreadsheet would run as a formula gets a leading quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(row.get(column)) for column in columns])
    typer.echo(out.getvalue(), nl=False)


def show(
    rows: Sequence[Mapping[str, Cell]],
    columns: Sequence[str],
    *,
    format: Format,
    document: object = None,
    empty: str = "Nothing here yet.",
) -> None:
    """Print `rows` in the asked format; JSON prints `document` where one is given."""
    if format is Format.JSON:
        show_json(rows if document is None else document)
    elif format is Format.CSV:
        show_csv(rows, columns)
    else:
        show_rows(rows, columns, empty=empty)


def _words(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.2f}" if abs(cell) < 10 else f"{cell:.1f}"
    return "".join(c if c.isprintable() else "?" for c in str(cell))


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
