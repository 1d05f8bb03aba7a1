"""The commands of ``evidence``: the trials, the strains, the claims and what pooling makes of them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show

if TYPE_CHECKING:
    from pydantic import BaseModel

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What published trials have shown.")

StrainOption = Annotated[str | None, typer.Option(metavar="NAME", help="One strain or product, by any of its names.")]
FindOption = Annotated[str | None, typer.Option("--find", metavar="TEXT", help="Only rows that hold this text.")]
FEW = "No row fits. Names and texts are matched as they stand; try a shorter one."


class Scale(StrEnum):
    """The questionnaire in whose points an effect is told."""

    PSQI = "psqi"
    ISI = "isi"


class Unit(StrEnum):
    """Points of the questionnaire, or standard deviations between persons."""

    POINTS = "points"
    SMD = "SMD"


@app.command()
def trials(strain: StrainOption = None, find: FindOption = None, format: FormatOption = Format.TABLE) -> None:
    """List every trial row: nulls and what reported nothing as well."""
    from noctiflora.evidence import find_product, load
    from noctiflora.evidence import pool as pooled

    evidence = load()
    rows = evidence.trials
    if strain is not None:
        found = pooled(evidence).of(find_product(evidence, strain))
        ids = {t.trial_id for t in found.terms} | {t.trial_id for t in found.silent} | set(found.replaced)
        rows = tuple(row for row in rows if row.trial_id in ids)
    columns = ("trial_id", "year", "strains", "outcome", "timepoint_days", "significant", "p_value", "p_kind", "doi")
    _show(rows, columns, find, format)


@app.command()
def strains(find: FindOption = None, format: FormatOption = Format.TABLE) -> None:
    """List the strains, blends and prebiotics with their other names."""
    from noctiflora.evidence import load

    columns = ("species", "strain_id", "form", "typical_trial_dose", "trial_ids", "mechanism_level")
    _show(load().strains, columns, find, format)


@app.command()
def claims(find: FindOption = None, format: FormatOption = Format.TABLE) -> None:
    """List what is said about gut and sleep, and what may be said instead."""
    from noctiflora.evidence import load

    columns = ("claim_id", "claim_paraphrase", "status", "certainty", "corrected_statement")
    _show(load().claims, columns, find, format)


@app.command()
def pool(
    strain: StrainOption = None,
    outcome: Annotated[Scale, typer.Option(help="Questionnaire in whose points the effect is told.")] = Scale.PSQI,
    unit: Annotated[Unit, typer.Option(help="Points of the questionnaire, or SMD.")] = Unit.POINTS,
    format: FormatOption = Format.TABLE,
) -> None:
    """Pool the trials: the effect in the population, and that of each strain."""
    from noctiflora.evidence import PoolOutcome, PoolUnit, find_product, load, pooled_dict
    from noctiflora.evidence import pool as pooled

    evidence = load()
    key = None if strain is None else find_product(evidence, strain).name
    document = pooled_dict(
        evidence, pooled(evidence), outcome=PoolOutcome(outcome.value), unit=PoolUnit(unit.value), strain=key
    )
    rows = [_pooled(row) for row in _list(document["strains"])]
    if format is Format.TABLE:
        _tell_population(document, outcome, unit)
    columns = ("strain", "n_trials", "n_people", "mean", "sd", "benefit_for_of_100", "certainty", "in_words")
    show(rows, columns, format=format, document=document, empty="No trial of it gives a number: see the population.")


def _show(rows: Sequence["BaseModel"], columns: tuple[str, ...], find: str | None, format: Format) -> None:
    """Show packaged rows; CSV and JSON hold every column."""
    found = [{key: _cell(value) for key, value in row.model_dump(mode="json").items()} for row in rows]
    if find:
        found = [row for row in found if any(find.casefold() in str(cell).casefold() for cell in row.values())]
    every = tuple(found[0]) if found else columns
    show(found, every if format is Format.CSV else columns, format=format, empty=FEW)


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return "; ".join(str(part["ref"]) if isinstance(part, dict) else str(part) for part in value)
    return value if isinstance(value, str | int | float | bool) else None


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _pooled(row: dict[str, object]) -> dict[str, Cell]:
    chance, reasons = row["p_benefit"], row["reasons"]
    assert isinstance(chance, float)
    assert isinstance(reasons, list)
    cells = {key: _cell(row[key]) for key in ("n_trials", "n_people", "mean", "sd", "predictive_sd", "certainty")}
    return {
        "strain": str(row["label"]),
        **cells,
        "benefit_for_of_100": round(100 * chance),
        "in_words": str(reasons[0]),
    }


def _tell_population(document: dict[str, object], outcome: Scale, unit: Unit) -> None:
    people = document["population"]
    assert isinstance(people, dict)
    low, high = people["ci95"]
    scale = f"{outcome.value.upper()} points" if unit is Unit.POINTS else "SMD"
    typer.echo(
        f"All probiotics together: {people['mean']:.2f} {scale} against placebo, 95 % interval {low:.2f} to "
        f"{high:.2f}; less is better. Source: {people['source']} ({people['note']})."
    )
    typer.echo("For most strains the honest result is the population's, hardly moved. This is no ranking.\n")
