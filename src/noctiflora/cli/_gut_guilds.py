"""The command ``gut guilds``: a stool sample as a scenario of the axis model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show_csv, show_json, show_rows
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.actions import GuildScenario
    from noctiflora.gut import GutReading

NOTHING_SAID = 3
COLUMNS = ("parameter", "guild", "low", "middle", "high", "genera")
HYPOTHESIS = (
    "A scenario, not a finding: a share in stool tells little of a guild's work, and the model itself is a hypothesis. "
    "Run all three; where they differ, the stool test decides nothing."
)


def guilds(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A stool test; else the one kept last.")] = None,
    region: Annotated[str | None, typer.Option(help="Sequenced region, as V4.")] = None,
    age: Annotated[float | None, typer.Option(help="Years, to choose the reference.")] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Give start values for the model's guilds by a stool test, with the range that laboratory and day leave."""
    from noctiflora.actions import start_guilds

    reading = _given(file, region) if file else _kept(db, region)
    found = start_guilds(reading, age_years=age)
    if found.reason:
        typer.echo(f"noctiflora: no scenario: {found.reason}", err=True)
        raise typer.Exit(NOTHING_SAID)
    rows = _rows(found)
    if format is Format.JSON:
        ends = {"low": dict(found.low), "middle": dict(found.middle), "high": dict(found.high)}
        show_json({"scenario": found.name, **ends, "outside_the_model": list(found.clipped), "guilds": rows})
    elif format is Format.CSV:
        show_csv(rows, COLUMNS)
    else:
        show_rows(rows, COLUMNS, empty="")
        if found.clipped:
            typer.echo(f"Held within the model's range: {', '.join(found.clipped)}.")
        for end in (found.low, found.middle, found.high):
            typer.echo("noctiflora axis simulate " + " ".join(f"--set {k}={v:g}" for k, v in end.items()))
        typer.echo(HYPOTHESIS)


def _rows(found: "GuildScenario") -> list[dict[str, Cell]]:
    return [
        {
            "parameter": name,
            "guild": start.guild,
            "low": found.low[name],
            "middle": found.middle[name],
            "high": found.high[name],
            "genera": ", ".join(start.genera),
        }
        for name, start in zip(found.middle, found.guilds, strict=True)
    ]


def _given(file: Path, region: str | None) -> "GutReading":
    from noctiflora.actions import read_gut

    (found,) = read_gut([file], region=region)
    if found.reading is None:
        raise FormatError(found.refusal)
    return found.reading


def _kept(db: str | None, region: str | None) -> "GutReading":
    from noctiflora.actions import shown_guts

    with opened(db) as store:
        kept = shown_guts(store, today=today())
    if not kept:
        raise FormatError("no stool test is kept", where="the database", do="name a file, or import one first")
    return kept[-1].reading.told_otherwise(region=region)
