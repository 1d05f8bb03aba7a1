"""The command ``evidence pool``: what pooling makes of the trials, or of a table of one's own."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._evidence_base import file_bytes, known_evidence
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show
from noctiflora.core import RangeError

if TYPE_CHECKING:
    from noctiflora.evidence import StrainKey

StrainOption = Annotated[str | None, typer.Option(metavar="NAME", help="One strain or product, by any of its names.")]


class Questionnaire(StrEnum):
    """The questionnaire in whose points an effect is told."""

    PSQI = "psqi"
    ISI = "isi"


class Unit(StrEnum):
    """Points of the questionnaire, or standard deviations between persons."""

    POINTS = "points"
    SMD = "SMD"


class Review(StrEnum):
    """The review that supplies the population mean."""

    FRONT_NUTR_2026 = "front_nutr_2026"
    TRIALS_39 = "trials_39"
    IRWIN_2020 = "irwin_2020"
    LIU_2025 = "liu_2025"
    YU_2024 = "yu_2024"
    GIL_HERNANDEZ_2023 = "gil_hernandez_2023"


class MeasureName(StrEnum):
    """What to compute from counts or means of a table."""

    OR = "OR"
    RR = "RR"
    RD = "RD"
    SMD = "SMD"
    MD = "MD"
    ROM = "ROM"


def pool(
    strain: StrainOption = None,
    outcome: Annotated[
        Questionnaire, typer.Option(help="Questionnaire in whose points the effect is told.")
    ] = Questionnaire.PSQI,
    unit: Annotated[Unit, typer.Option(help="Points of the questionnaire, or SMD.")] = Unit.POINTS,
    review: Annotated[Review, typer.Option(help="Review that supplies the population mean.")] = Review.FRONT_NUTR_2026,
    sensitivity: Annotated[bool, typer.Option("--sensitivity", help="Also under every other named choice.")] = False,
    leave_one_out: Annotated[bool, typer.Option("--leave-one-out", help="Also without each trial in turn.")] = False,
    table: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Pool this table of studies instead (see the docs).")
    ] = None,
    measure: Annotated[MeasureName | None, typer.Option(help="Effect of a table of counts or means.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Compute a table once more by PyMARE.")] = False,
    plots: Annotated[Path | None, typer.Option(metavar="DIR", help="Write forest.svg and funnel.svg there.")] = None,
    format: FormatOption = Format.TABLE,
    database: DatabaseOption = None,
) -> None:
    """Pool the trials: the effect in the population, and that of each strain."""
    if table is not None:
        from noctiflora.cli._evidence_table import show_table

        show_table(file_bytes(table), table.name, measure and measure.value, check=check, plots=plots, format=format)
        return
    if measure is not None or check or plots is not None:
        raise RangeError(
            "--measure, --check and --plots go with --table FILE", where="evidence pool", do="name a table"
        )
    _pool(strain, outcome, unit, review, (sensitivity, leave_one_out), format, database)


def _pool(
    strain: str | None,
    outcome: Questionnaire,
    unit: Unit,
    review: Review,
    wanted: tuple[bool, bool],
    format: Format,
    database: str | None,
) -> None:
    from noctiflora.evidence import (
        PoolOutcome,
        PoolSettings,
        PoolUnit,
        ReviewChoice,
        beside,
        beside_dict,
        find_product,
        left_out_rows,
        points_factor,
        sensitivity_rows,
    )

    evidence = known_evidence(database)
    settings = PoolSettings(review=ReviewChoice(review.value))
    key: StrainKey | None = None if strain is None else find_product(evidence, strain)
    name = None if key is None else key.name
    in_points = PoolOutcome(outcome.value), PoolUnit(unit.value)
    found = beside(evidence, settings)
    document = beside_dict(evidence, found, outcome=in_points[0], unit=in_points[1], strain=name)
    factor = points_factor(*in_points)
    if wanted[0]:
        document["sensitivity"] = sensitivity_rows(evidence, key, factor=factor)
    if wanted[1]:
        document["leave_one_out"] = left_out_rows(evidence, settings, strain=name, factor=factor)
    if format is Format.TABLE:
        for line in _population_lines(document, outcome, unit):
            typer.echo(line)
    rows = [_row(row) for row in _rows(document["strains"])]
    columns = (
        *("strain", "n_trials", "n_people", "mean", "sd", "free_fit", "sceptical", "benefit_for_of_100"),
        *("certainty", "in_words"),
    )
    show(rows, columns, format=format, document=document, empty="No trial of it gives a number: see the population.")
    if format is Format.TABLE:
        _show_extra(document, "an untested strain" if key is None else key.label)


def _show_extra(document: dict[str, object], label: str) -> None:
    if "sensitivity" in document:
        typer.echo(f"\nUnder other choices, {label}. Each is shown; none is hidden.\n")
        columns = ("choice", "population", "mean", "sd", "predictive_sd", "benefit_for_of_100", "reporting_excess")
        show([_row(row) for row in _rows(document["sensitivity"])], columns, format=Format.TABLE)
    if "leave_one_out" in document:
        typer.echo("\nWithout each trial in turn: how far its product moves.\n")
        columns = ("trial_id", "strain", "mean_with", "mean_without", "sd_without", "moved", "reporting_excess_without")
        show([_row(row) for row in _rows(document["leave_one_out"])], columns, format=Format.TABLE)


def _rows(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _row(row: dict[str, object]) -> dict[str, Cell]:
    """Return the plain cells of a record, with those that a table adds."""
    cells: dict[str, Cell] = {k: v for k, v in row.items() if isinstance(v, str | int | float | None)}
    chance, reasons = row.get("p_benefit"), row.get("reasons")
    if isinstance(chance, float):
        cells["benefit_for_of_100"] = round(100 * chance)
    if isinstance(reasons, list):
        cells |= {"strain": str(row["label"]), "in_words": str(reasons[0])}
    for name, column in (("free", "free_fit"), ("sceptical", "sceptical")):
        beside = row.get(name)
        if isinstance(beside, dict):
            cells[column] = beside["mean"]
    return cells


def _population_lines(document: dict[str, object], outcome: Questionnaire, unit: Unit) -> list[str]:
    people, free, doubt = document["population"], document["free"], document["sceptical"]
    assert isinstance(people, dict)
    assert isinstance(free, dict)
    assert isinstance(doubt, dict)
    low, high = people["ci95"]
    scale = f"{outcome.value.upper()} points" if unit is Unit.POINTS else "SMD"
    others = [_told(row) for row in _rows(document["other_reviews"])]
    return [
        f"All probiotics together: {people['mean']:.2f} {scale} against placebo, 95 % interval {low:.2f} to "
        f"{high:.2f}; less is better. Source: {people['source']} ({people['note']}).",
        *(
            f"No effect at all: {row['title']} ({row['year']}), {row['outcome']}, p = {row['p_value']}. It prints no "
            f"size, so it cannot be pooled; it stands against the number above. Source: {row['source']}."
            for row in _rows(document["without_size"])
        ),
        f"Free fit, no review: {free['mean']:.2f} (sd {free['sd']:.2f}) {scale}: {free['note']}.",
        f"A sceptic's number: {doubt['mean']:.2f} (sd {doubt['sd']:.2f}) {scale}: {doubt['note']}.",
        f"Other reviews: {'; '.join(others)}. Choose one by --review.",
        "For most strains the honest result is the population's, hardly moved. This is no ranking.",
        "",
    ]


def _told(review: dict[str, object]) -> str:
    interval = review["ci95"]
    assert isinstance(interval, list)
    return f"{review['review']} {review['mean']:.2f} ({interval[0]:.2f} to {interval[1]:.2f})"
