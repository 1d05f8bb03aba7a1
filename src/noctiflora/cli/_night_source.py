"""Says and changes which source a night is taken from, for the command ``nights``."""

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, Format, show

if TYPE_CHECKING:
    from noctiflora.actions import SourceOfNight

COLUMNS = ("date", "source", "chosen", "tst_min", "reason")


def change_source(source: str, date: dt.date | None, db: str | None) -> None:
    """Keep which source is preferred, and say what that means."""
    from noctiflora.actions import prefer_source, running_trial

    with opened(db) as store:
        prefer_source(store, source, date=date)
        in_trial = running_trial(store) is not None
    which = "all nights that have it" if date is None else f"the night of {date}"
    if source.strip().casefold() == "auto":
        typer.echo(f"The source of {which.removesuffix(' that have it')} is chosen by the rule again.", err=True)
    else:
        typer.echo(f"{source} is taken for {which}; the other records are kept.", err=True)
    if in_trial:
        typer.echo("The trial under way goes on with the sources preferred before.", err=True)


def show_sources(format: Format, db: str | None, date: dt.date | None, *, empty: str) -> None:
    """Show the records of each night, chosen and not, with the reasons."""
    from noctiflora.actions import explain_nights

    with opened(db) as store:
        found = explain_nights(store, today=today())
    rows = [_row(row) for row in found if date is None or row.date == date]
    show(rows, COLUMNS, format=format, document=rows, empty=empty)


def _row(row: "SourceOfNight") -> dict[str, Cell]:
    return asdict(row) | {"date": str(row.date)}
