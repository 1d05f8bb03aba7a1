"""The command ``evidence strain``: everything known of one product, nulls included."""

from enum import StrEnum
from typing import Annotated

import typer

from noctiflora.cli._evidence_base import known_evidence, printable
from noctiflora.cli._show import DatabaseOption, show_json


class PageFormat(StrEnum):
    """How a page answers."""

    TABLE = "table"
    JSON = "json"


class Nightly(StrEnum):
    """The nightly outcome that an effect is scaled to."""

    EFFICIENCY = "efficiency"
    LATENCY = "latency"
    WASO = "waso"
    TOTAL_SLEEP = "total_sleep"
    RATING = "rating"


class By(StrEnum):
    """By what the outcome is measured."""

    DIARY = "diary"
    WEARABLE = "wearable"


def strain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Strain or product, by any of its names.")],
    outcome: Annotated[Nightly, typer.Option(help="Nightly outcome to scale the effect to.")] = Nightly.EFFICIENCY,
    instrument: Annotated[By, typer.Option(help="By what it is measured.")] = By.DIARY,
    useful: Annotated[
        float | None, typer.Option(min=0.0, help="Amount worth it to you, in the outcome's unit.")
    ] = None,
    format: Annotated[PageFormat, typer.Option("--format", help="How to answer.")] = PageFormat.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Show all that is known of one strain: every trial, what it told, and how sure that is."""
    from noctiflora.core import Instrument, Outcome
    from noctiflora.evidence import PoolOutcome, PoolUnit, points_factor, strain_page, strain_page_dict
    from noctiflora.trial import USEFUL

    evidence = known_evidence(database)
    nightly = Outcome(outcome.value)
    page = strain_page(
        evidence,
        name,
        outcome=nightly,
        instrument=Instrument(instrument.value),
        useful=USEFUL[nightly].value if useful is None else useful,
    )
    if format is PageFormat.JSON:
        show_json(strain_page_dict(evidence, page))
        return
    from noctiflora.cli._strain_text import strain_text

    typer.echo(printable(strain_text(page, points=points_factor(PoolOutcome.PSQI, PoolUnit.POINTS))), nl=False)
