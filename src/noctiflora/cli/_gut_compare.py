"""The command ``gut compare``: two stool tests of one person, with the noise."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show, show_json

if TYPE_CHECKING:
    from noctiflora.gut import Comparison

NOTHING_SAID = 3
MOST_SHOWN = 20
COLUMNS = ("taxon", "change_log_ratio", "noise_sd", "in_noises", "beyond_noise")


def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The earlier stool test.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The later one; the same file with --samples.")],
    same_lab: Annotated[
        bool, typer.Option("--same-lab", help="One laboratory made both in the same way; else its spread is noise.")
    ] = False,
    samples: Annotated[str | None, typer.Option(metavar="A,B", help="Ids of the two samples in the tables.")] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Say what changed between two tests beyond the noise of counting, days and laboratories."""
    from noctiflora.actions import compare_gut

    names = [s.strip() for s in samples.split(",")] if samples else []
    found = compare_gut(before, after, same_lab=same_lab, samples=names)
    if format is Format.JSON:
        show_json(_dict(found, same_lab=same_lab))
    else:
        if format is Format.TABLE:
            _tell(found, same_lab=same_lab)
        rows = _rows(found)
        show(rows if format is Format.CSV else rows[:MOST_SHOWN], COLUMNS, format=format, empty="")
        if format is Format.TABLE and len(rows) > MOST_SHOWN:
            typer.echo(f"and {len(rows) - MOST_SHOWN} more, all nearer to nothing: --format csv")
    if found.reason:
        if format is Format.CSV:
            typer.echo(f"noctiflora: nothing can be said: {found.reason}", err=True)
        raise typer.Exit(NOTHING_SAID)


def _rows(found: "Comparison") -> list[dict[str, Cell]]:
    return [
        {
            "taxon": c.taxon,
            "change_log_ratio": c.clr,
            "noise_sd": c.noise_sd,
            "in_noises": c.clr / c.noise_sd,
            "beyond_noise": c.beyond_noise,
        }
        for c in found.changes
    ]


def _dict(found: "Comparison", *, same_lab: bool) -> dict[str, object]:
    return {
        "same_lab": same_lab,
        "reason": found.reason or None,
        "set": found.set_hash or None,
        "day_sd": found.day_sd,
        "lab_sd": found.lab_sd,
        "changes": _rows(found),
    }


def _tell(found: "Comparison", *, same_lab: bool) -> None:
    if found.reason:
        typer.echo(f"Nothing can be said: {found.reason}")
        return
    n = sum(c.beyond_noise for c in found.changes)
    typer.echo(
        f"{n} of {len(found.changes)} taxa changed beyond noise. The change is on the centred log-ratio scale (0.69 is "
        f"twofold against the middle of the others); one day differs from the next by {found.day_sd:.2f}"
        + ("." if same_lab else f", one laboratory from another by {found.lab_sd:.2f}.")
    )
    typer.echo("A change is in the share, not in the amount, and does not tell why.")
    if not same_lab:
        typer.echo(
            "Not told to be of one laboratory (--same-lab): a difference of two laboratories cannot be told from a "
            "change in you, so next to nothing lies beyond this noise."
        )
