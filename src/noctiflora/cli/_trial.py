"""The commands of ``trial``, from the start of a season to its verdict, with the analysis of any series."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli import _trial_design, _trial_end, _trial_log, _trial_start
from noctiflora.cli._show import Cell, Format, FormatOption, show
from noctiflora.core import FormatError

if TYPE_CHECKING:
    from noctiflora.actions import Analysis

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Personal trials: does it help you?")

MOST_BYTES = 16 << 20
"""A series or priors file larger than this is none (assumed; ten years of nights need 0.2 MB)."""

app.command("design")(_trial_design.design)
app.command("start")(_trial_start.start)
app.command("kit")(_trial_start.kit)
app.command("envelope")(_trial_start.envelope)
app.command("log")(_trial_log.log)
app.command("status")(_trial_log.status)
app.command("look")(_trial_log.look)
app.command("lock")(_trial_end.lock)
app.command("verdict")(_trial_end.verdict)
app.command("share")(_trial_end.share)
app.command("open")(_trial_end.open_)
app.command("stop")(_trial_end.stop)


@app.command()
def analyse(
    series: Annotated[Path, typer.Argument(metavar="SERIES.csv", help="Columns night or date, y, dose, covariates.")],
    priors: Annotated[Path | None, typer.Option(metavar="FILE.json", help="What was believed before.")] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0.5, max=1.0, help="Chance of benefit that 'helps' needs, fixed before the start."),
    ] = None,
    unit: Annotated[str, typer.Option(help="Unit of y, for the sentences.")] = "",
    format: FormatOption = Format.TABLE,
) -> None:
    """Analyse any trial of one: the effect at full exposure, its range and the verdict."""
    from noctiflora.actions import analyse as answer

    found = answer(
        _text(series),
        where=series.name,
        priors=None if priors is None else _object(_text(priors), priors.name),
        priors_where="priors" if priors is None else priors.name,
        fixed_threshold=threshold,
        unit=unit,
    )
    rows, columns = _rows(found), ("parameter", "mean", "sd", "2.5%", "50%", "97.5%")
    if format is Format.TABLE:
        _tell(found)
    show(rows, columns, format=format, document=_document(found))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FormatError(
            f"the file cannot be opened: {problem.strerror}", where=str(path), do="check its name"
        ) from None
    if len(data) > MOST_BYTES:
        raise FormatError("this is too large to be a series of nights", where=str(path), do="give one row a night")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        where = f"{path}, byte {problem.start}"
        raise FormatError("the file is not UTF-8 text", where=where, do="save it as CSV in UTF-8") from None


def _object(text: str, where: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        place = f"{where}, line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else where
        raise FormatError("the priors file is not JSON", where=place, do="see docs/reference/commands.md") from None
    if not isinstance(value, dict):
        raise FormatError("the priors file must hold one object", where=where, found=type(value).__name__)
    return value


def _document(found: "Analysis") -> dict[str, object]:
    from noctiflora.trial import posterior_dict

    told: dict[str, object] = {**posterior_dict(found.posterior), **_judged(found)}
    if found.products:
        told["products"] = [
            {"product": one.product, **posterior_dict(one.answer.posterior), **_judged(one.answer)}
            for one in found.products
        ]
    return told


def _judged(found: "Analysis") -> dict[str, object]:
    verdict, simulated = found.verdict, found.threshold
    return {
        "status": found.posterior.status.value,
        "verdict": None
        if verdict is None or verdict.word is None
        else {
            "word": verdict.word.value,
            "reason": verdict.reason,
            "threshold": verdict.threshold,
            "threshold_fixed_before": simulated is None,
            "p_benefit": {
                "evidence": verdict.p_benefit_evidence,
                "sceptical": verdict.p_benefit_sceptical,
                "vague": verdict.p_benefit_vague,
            },
        },
        "notes": list(found.posterior.notes),
        "why_no_verdict": found.why_no_verdict or (verdict.reason if verdict and verdict.word is None else None),
    }


def _rows(found: "Analysis") -> list[dict[str, Cell]]:
    params = {"theta": found.posterior.theta, **found.posterior.params}
    planned = found.posterior.assigned
    if planned is not None:
        effects = {name: m for name, m in planned.params.items() if name.startswith("theta")}
        params |= {f"assigned {name}": m for name, m in {"theta": planned.theta, **effects}.items()}
    return [
        {
            "parameter": name,
            "mean": m.mean,
            "sd": m.sd,
            "2.5%": m.q[0.025],
            "50%": m.q[0.5],
            "97.5%": m.q[0.975],
        }
        for name, m in params.items()
    ]


def _tell(found: "Analysis") -> None:
    from noctiflora.trial import of_100

    p, verdict = found.posterior, found.verdict
    typer.echo(
        f"{p.n_nights} nights, {p.n_missing} of them without a value. Engine: {p.engine}, {p.status.value}, "
        f"effective share of points {p.ess:.2f}, Pareto k {p.pareto_k:.2f}, {1000 * p.seconds:.0f} ms."
    )
    typer.echo(
        f"Chance of benefit {of_100(p.p_benefit)}, of the useful amount ({p.useful:g}) {of_100(p.p_useful)}, "
        f"of harm {of_100(p.p_harm)}."
    )
    if p.assigned is not None:
        typer.echo(
            f"By the doses assigned, whatever was taken: chance of benefit {of_100(p.assigned.p_benefit)}, of the "
            f"useful amount {of_100(p.assigned.p_useful)}, of harm {of_100(p.assigned.p_harm)}."
        )
    for note in p.notes:
        typer.echo(f"  note: {note}")
    if found.products:
        _tell_products(found)
        return
    if verdict is None or verdict.word is None:
        typer.echo((found.why_no_verdict or (verdict.reason if verdict else "")) + "\n")
        return
    typer.echo(f"Verdict: {verdict.word.value}. {verdict.reason}")
    if found.threshold is not None:
        rate = found.threshold.rates["as modelled"]
        typer.echo(
            f"No threshold was fixed before the start, so {verdict.threshold:g} was found afterwards by simulating "
            f"{found.threshold.n} trials of this schedule without effect; {100 * rate.rate:.1f} of 100 of these "
            "would be called helpful."
        )
    typer.echo("")


def _tell_products(found: "Analysis") -> None:
    """Tell one line for each product, all of them against the same nights without any."""
    from noctiflora.trial import of_100

    for one in found.products:
        p, judged = one.answer.posterior, one.answer.verdict
        chances = f"chance of benefit {of_100(p.p_benefit)}, of harm {of_100(p.p_harm)}"
        if judged is None or judged.word is None:
            why = one.answer.why_no_verdict or (judged.reason if judged else "")
            typer.echo(f"{one.product}: {chances}. {why}")
        else:
            typer.echo(f"Verdict, {one.product}: {judged.word.value}. {judged.reason} ({chances})")
    typer.echo("Each product is judged by itself; all share the nights without any of them.\n")
