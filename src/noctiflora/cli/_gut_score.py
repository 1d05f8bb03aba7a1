"""The command ``gut score``: module scores of any table of genes."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show, show_json

if TYPE_CHECKING:
    from noctiflora.actions import GutScores

CUTOFF = 0.66
COLUMNS = ("sample", "module", "name", "score", "coverage", "status", "note")
UNDER_COUNTED = "may be under-counted: the table lacks some of its identifiers"


def score(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="One row per gene (KO ...), one column per sample.")],
    modules: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Modules in the GBM or GMM format, your own copy; else our sleep modules."),
    ] = None,
    cutoff: Annotated[float, typer.Option(help="Least share of steps that makes a module present.")] = CUTOFF,
    estimator: Annotated[str, typer.Option(help="median, average or sum of the present steps.")] = "median",
    normalise: Annotated[bool, typer.Option(help="Count absent steps as 0.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Score pathways in a table of genes: what is scored, absent, or cannot be measured from this table."""
    from noctiflora.actions import score_gut
    from noctiflora.core import RangeError
    from noctiflora.gut import Estimator

    if estimator not in set(Estimator):
        raise RangeError(
            "there is no such estimator", where="--estimator", found=estimator, do="median, average or sum"
        )
    done = score_gut(table, modules, cutoff=cutoff, estimator=Estimator(estimator), normalise=normalise)
    if format is Format.JSON:
        show_json({"samples": _samples(done)})
        return
    if format is Format.TABLE:
        _tell(done)
    show(_rows(done), COLUMNS, format=format)


def _cell(value: float) -> float | None:
    return None if math.isnan(value) else value


def _samples(done: "GutScores") -> dict[str, dict[str, dict[str, Cell]]]:
    scores = done.scores
    return {
        sample: {
            module: {
                "score": _cell(float(scores.scores[i, j])),
                "coverage": _cell(float(scores.coverage[i, j])),
                "status": scores.status(i, j).value,
            }
            for i, module in enumerate(scores.module_ids)
        }
        for j, sample in enumerate(scores.sample_ids)
    }


def _rows(done: "GutScores") -> list[dict[str, Cell]]:
    scores = done.scores
    return [
        {
            "sample": sample,
            "module": module.id,
            "name": module.name,
            "score": _cell(float(scores.scores[i, j])),
            "coverage": _cell(float(scores.coverage[i, j])),
            "status": scores.status(i, j).value,
            "note": UNDER_COUNTED if scores.measurable[i] and not scores.complete[i] else None,
        }
        for j, sample in enumerate(scores.sample_ids)
        for i, module in enumerate(done.modules)
    ]


def _tell(done: "GutScores") -> None:
    table, scores = done.table, done.scores
    typer.echo(
        f"{table.name}: {table.format}, unit {table.unit.value}. Scores are in this unit; no normalisation is done."
    )
    unseen = [m.id for m, seen in zip(done.modules, scores.measurable, strict=True) if not seen]
    if unseen:
        typer.echo(f"Cannot be measured from this table, whatever the sample holds: {', '.join(unseen)}.")
    for note in table.notes:
        typer.echo(f"note: {note}")
    known = [float(x) for x in scores.mapped if not math.isnan(x)]
    if known and min(known) < 1:
        typer.echo(f"Between {100 * min(known):.3g} and {100 * max(known):.3g} % of each sample carries an identifier.")
