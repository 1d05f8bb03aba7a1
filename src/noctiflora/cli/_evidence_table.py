"""Shows the standard meta-analysis of a table of one's own."""

from collections.abc import Iterator
from pathlib import Path

import typer

from noctiflora.actions import PooledTable, pool_table
from noctiflora.cli._bars import bar, scale_for
from noctiflora.cli._evidence_base import printable
from noctiflora.cli._show import Cell, Format, show, show_json
from noctiflora.core import FormatError
from noctiflora.evidence.meta import Analysis, Compared, ForestRow, analysis_dict

LABEL = 40


def show_table(
    data: bytes, name: str, measure: str | None, *, check: bool, plots: Path | None = None, format: Format
) -> None:
    """Pool the table and show it; JSON holds everything, CSV the lines of the forest plot."""
    found = pool_table(data.decode("utf-8-sig", errors="replace"), where=name, measure=measure, check=check)
    document = analysis_dict(found.analysis)
    if plots is not None:
        _write_plots(found.analysis, plots)
    if check:
        document["check"] = [_compared(other) for other in found.compared]
    if format is Format.JSON:
        show_json(document)
    elif format is Format.CSV:
        rows = [_forest(row) for row in found.analysis.forest]
        show(rows, ("label", "kind", "y", "low", "high", "weight_percent"), format=format)
    else:
        _tell(found)


def _write_plots(analysis: Analysis, folder: Path) -> None:
    from noctiflora.report import forest_svg, funnel_svg

    drawn = {
        "forest.svg": forest_svg(analysis.forest, measure=analysis.studies.measure),
        "funnel.svg": funnel_svg(analysis.funnel, centre=analysis.fits[0].estimate, measure=analysis.studies.measure),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in drawn.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise FormatError(f"the plots cannot be written: {problem.strerror}", where=str(folder)) from None
    typer.echo(f"Written: {folder / 'forest.svg'} and {folder / 'funnel.svg'}", err=True)


def _tell(found: PooledTable) -> None:
    analysis = found.analysis
    typer.echo(f"{analysis.studies.k} studies; {analysis.studies.measure}; every interval holds 95 %.\n")
    scale = scale_for([x for row in analysis.forest for x in (row.low, row.high)])
    for row in analysis.forest:
        label = printable(row.label if len(row.label) <= LABEL else f"{row.label[: LABEL - 1]}…")
        weight = "" if row.weight_percent is None else f"  {row.weight_percent:.1f} %"
        drawn = bar(scale, row.y, row.low, row.high, mark="o" if row.kind == "study" else "#")
        typer.echo(f"{label.ljust(LABEL)} {drawn} {row.y:.4g} ({row.low:.4g} to {row.high:.4g}){weight}")
    typer.echo("")
    show([_fit(analysis, i) for i in range(len(analysis.fits))], _COLUMNS, format=Format.TABLE)
    for line in _sentences(analysis):
        typer.echo(printable(line))
    for other in found.compared:
        typer.echo(
            f"PyMARE, {other.method.label}: {other.estimate:.6g}, tau2 {other.tau2:.6g}; differs from ours by "
            f"{other.difference:.1g} standard errors."
        )


_COLUMNS = ("method", "estimate", "se", "low", "high", "p", "tau2")


def _fit(analysis: Analysis, i: int) -> dict[str, Cell]:
    fit = analysis.fits[i]
    return {
        "method": fit.method.label + (", Knapp-Hartung" if fit.knapp_hartung else ""),
        "estimate": f"{fit.estimate:.6g}",
        "se": f"{fit.se:.6g}",
        "low": f"{fit.ci95[0]:.6g}",
        "high": f"{fit.ci95[1]:.6g}",
        "p": f"{fit.p_value:.2g}",
        "tau2": f"{fit.tau2:.6g}",
    }


def _sentences(analysis: Analysis) -> Iterator[str]:
    spread, test = analysis.spread, analysis.small_study
    low, high = analysis.prediction
    yield f"\nIn a further study the effect lies between {low:.4g} and {high:.4g} (REML)."
    yield (
        f"Spread: Q = {spread.q:.4f} on {spread.freedom} df, p = {spread.p_value:.2g}; I2 = {spread.i2_percent:.2f} % "
        f"({spread.i2_ci95[0]:.1f} to {spread.i2_ci95[1]:.1f}); tau2 = {spread.tau2:.6g} ({spread.tau2_ci95[0]:.4g} to "
        f"{spread.tau2_ci95[1]:.4g})."
    )
    if test is None:
        yield "Small studies: no test, because there are fewer than three studies or all have one error."
    else:
        few = "" if test.enough else " With fewer than ten studies this says little."
        yield (
            f"Small studies (Egger): t = {test.t:.3f}, p = {test.p_value:.2g}; with random effects z = "
            f"{test.z_mixed:.4f}, p = {test.p_mixed:.2g}; without error the effect would be {test.limit:.4g}.{few}"
        )
    yield from analysis.studies.notes


def _forest(row: ForestRow) -> dict[str, Cell]:
    return {
        "label": row.label,
        "kind": row.kind,
        "y": row.y,
        "low": row.low,
        "high": row.high,
        "weight_percent": row.weight_percent,
    }


def _compared(other: Compared) -> dict[str, Cell]:
    return {
        "library": "PyMARE",
        "method": other.method.value,
        "estimate": other.estimate,
        "tau2": other.tau2,
        "difference": other.difference,
    }
