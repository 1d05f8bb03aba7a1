"""The commands ``findings``, ``options``, ``assess`` and ``demo``: what is known, and what is worth trying."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._compile_notice import tell_compile
from noctiflora.cli._gates import GATE_CLOSED, NOT_REVIEWED, tell_crisis
from noctiflora.cli._option_list import option_row, tell_option, tell_options
from noctiflora.cli._pathway_list import filled, pathway_row, tell_pathways
from noctiflora.cli._session import now, opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show, show_rows
from noctiflora.core import Instrument, Outcome, RangeError

if TYPE_CHECKING:
    from noctiflora.actions import OptionList

OutFolder = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where report.html and report.json go.")]
HERE = Path(".")
EDUCATION = "This is education, not medical advice. What goes together is not a cause."


def findings(format: FormatOption = Format.TABLE, db: DatabaseOption = None) -> None:
    """Show what your nights say, then each pathway from gut to sleep, for and against."""
    from noctiflora.actions import list_findings, list_pathways, review_gates

    with opened(db) as store:
        if format is Format.TABLE:
            tell_crisis(review_gates(store, today=today()))
        found = list_findings(store, today=today())
        pathways = list_pathways(store, today=today())
    names = {pathway.pathway for pathway in pathways}
    rows: list[dict[str, Cell]] = [
        {
            "group": f.group.value,
            "finding": f.heading,
            "pathway": None,
            "number": f.number or None,
            "text": f.text,
            "certainty_of_4": f.certainty or None,
            "sources": "; ".join(s.ref for s in f.sources),
        }
        for f in found
        if f.key not in names
    ]
    columns = ("group", "finding", "number", "text", "certainty_of_4")
    if format is Format.TABLE:
        typer.echo(EDUCATION)
        show_rows(rows, columns, empty="")
        tell_pathways(pathways)
        return
    document: list[dict[str, object]] = [dict(row) for row in rows]
    document += [pathway_row(pathway) for pathway in pathways]
    cells = [{k: v for k, v in row.items() if v is None or isinstance(v, str | int)} for row in document]
    show(cells, ("pathway", *columns, "sources"), format=format, document=document)


def options(
    outcome: Annotated[Outcome, typer.Option(help="What the expected effect is about.")] = Outcome.EFFICIENCY,
    instrument: Annotated[Instrument, typer.Option(help="By what it is measured.")] = Instrument.DIARY,
    useful: Annotated[float | None, typer.Option(min=0.0, help="Smallest gain worth it to you, in its unit.")] = None,
    key: Annotated[str | None, typer.Option(metavar="KEY", help="One option in full.")] = None,
    cost: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=PRICE", help="What it costs you a day; kept. KEY=none forgets it. May be repeated."),
    ] = None,
    format: FormatOption = Format.TABLE,
    db: DatabaseOption = None,
) -> None:
    """Show what is worth trying, with the effect that trials lead one to expect."""
    from noctiflora.actions import check_option, list_options, set_costs

    with opened(db) as store:
        if cost:
            set_costs(store, dict(_cost(text) for text in cost))
        offered = list_options(store, today=today(), outcome=outcome, instrument=instrument, useful=useful)
    if format is Format.TABLE:
        tell_crisis(offered.gates)
    if offered.gates.crisis:
        raise typer.Exit(GATE_CLOSED)
    chosen = offered.options if key is None else [o for o in offered.options if o.key == check_option(key)]
    if format is not Format.TABLE:
        rows = [option_row(option, offered.useful) for option in chosen]
        columns = ("option", "stands", "useful_for_of_100", "expected", "certainty_of_4", "blinding", "known")
        show(rows, columns, format=format, document=rows)
    elif key is not None:
        tell_option(chosen[0], offered.useful)
    else:
        _introduce(offered)
        tell_options(offered)


def _introduce(offered: "OptionList") -> None:
    if offered.gates.unanswered:
        n = len(offered.gates.unanswered)
        typer.echo(f"{n} safety questions are open, so most of this is closed: noctiflora gates\n")
    outcome = offered.outcome
    text = (
        f"Your measure: {outcome.label} ({offered.instrument.value}); useful means {offered.useful:g} {outcome.unit} "
        "or more. The order is not a ranking of strains: their differences are far smaller than what is unknown of "
        f"each. {NOT_REVIEWED}"
    )
    typer.echo(filled(text, ""))


def _cost(text: str) -> tuple[str, float | None]:
    key, equals, price = text.partition("=")
    try:
        return key.strip(), None if price.strip().lower() == "none" else float(price)
    except ValueError:
        raise RangeError(
            "a cost reads KEY=PRICE" if equals else "a cost needs the key of an option and a price",
            where="--cost",
            found=text,
            do="such as phgg=0.30, or phgg=none to forget it",
        ) from None


def assess(out: OutFolder = HERE, db: DatabaseOption = None) -> None:
    """Write the report on what is known so far."""
    from noctiflora.actions import assess as gather
    from noctiflora.actions import write_report

    with opened(db) as store:
        tell_compile()
        page, twin = write_report(gather(store, today=today()), out)
    typer.echo(f"Written: {page} and {twin}")


def demo(out: OutFolder = HERE) -> None:
    """Take a made-up person through the whole loop; your own data are not touched."""
    from noctiflora.actions import demonstrate, write_report

    typer.echo("The sample person is made up; the nights, the trial and the verdict are generated.")
    tell_compile()
    done = demonstrate(now=now, say=typer.echo)
    page, twin = write_report(done.report, out)
    typer.echo(f"Written: {page} and {twin}")
