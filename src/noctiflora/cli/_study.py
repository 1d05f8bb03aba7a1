"""The commands for many personal trials at once: ``study sample``, ``run``, ``registry`` and ``gut``."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._show import Cell, Format, FormatOption, show, show_json

if TYPE_CHECKING:
    from noctiflora.study import Refused, RegistryResult, StudyResult, Tell, TellRead

app = typer.Typer(help="Many personal trials at once.", no_args_is_help=True)

PARTLY = 3
MOST_SHOWN = 10
_STAGES = {"trials": "Trials", "population": "Population", "people": "People", "tables": "Tables"}


@app.command("sample")
def sample(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to make.")],
    people: Annotated[int, typer.Option("--people", help="How many.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same people.")] = 1,
) -> None:
    """Write a made-up data set with its truth."""
    from noctiflora.actions import sample_study

    made = sample_study(out, people=people, seed=seed)
    typer.echo(f"{people} made-up people written to {made}; what they were made with is in truth.parquet.")


@app.command("run")
def run(
    dataset: Annotated[Path, typer.Argument(help="Folder with study.json and people/.")],
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for results.", show_default="DATASET/results")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes on this machine.", show_default="one a core")
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Analyse every trial, pool them, and look at every person in the light of all."""
    from noctiflora.actions import run_study
    from noctiflora.study import result_dict

    with _progress() as tell:
        result = run_study(dataset, out or dataset / "results", scheduler=scheduler, workers=workers, tell=tell)
    if format is Format.JSON:
        show_json(result_dict(result))
    elif format is Format.CSV:
        show(_rows(result), ("what", "mean", "sd", "low", "high"), format=format)
    else:
        _tell(result)
    left_out = (*result.failed, *result.refused)
    _tell_left_out(left_out, len(left_out), result.out / "study.json")


@app.command("registry")
def registry(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Folders or files of what 'trial share' wrote.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for results.", show_default=False)
    ] = None,
    within_sd: Annotated[
        float | None,
        typer.Option("--within-sd", min=1e-6, help="Night-to-night SD for the priors.", show_default="the usual one"),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Pool shared summaries by product and outcome, and tell who moves the result most."""
    from noctiflora.actions import pool_summaries
    from noctiflora.study import registry_dict

    with _reading() as tell:
        result = pool_summaries(paths, out, within_sd=within_sd, tell=tell)
    if format is Format.JSON:
        show_json(registry_dict(result))
    else:
        if format is Format.TABLE:
            typer.echo(f"{result.n_people} summaries count. Each with 90 of 100 between low and high:")
        rows = [_rounded(row, format) for row in _registry_rows(result)]
        columns = (
            "product",
            "outcome",
            "unit",
            "people",
            "mean",
            "sd",
            "low",
            "high",
            "omega",
            "moved_most_by",
            "moves",
        )
        show(rows, columns, format=format)
    _tell_left_out(result.refused, result.n_refused, out / "registry.json" if out else None)


@app.command("gut")
def gut(
    tables: Annotated[list[Path], typer.Argument(metavar="TABLE...", help="Tables of genes, each with its samples.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="What to write: .parquet or .csv.")],
    modules: Annotated[
        Path | None, typer.Option("--modules", metavar="FILE", help="Modules; else our sleep modules.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes on this machine.", show_default="one a core")
    ] = None,
) -> None:
    """Score pathways in many tables of genes, a table to a process at a time."""
    from noctiflora.actions import score_gut_tables

    with _progress() as tell:
        count, refused = score_gut_tables(tables, out, modules=modules, scheduler=scheduler, workers=workers, tell=tell)
    typer.echo(f"{count} samples scored; written to {out}.")
    _tell_left_out(refused, len(refused), None)


def _tell_left_out(some: "Sequence[Refused]", count: int, where: Path | None) -> None:
    """Name what was left out and end with exit code 3; return where nothing was."""
    for one in some[:MOST_SHOWN]:
        typer.echo(f"noctiflora: left out: {one.where}: {one.reason}", err=True)
    if count > MOST_SHOWN:
        told = f"; see {where}" if where is not None else ""
        typer.echo(f"noctiflora: and {count - MOST_SHOWN} more{told}", err=True)
    if count:
        raise typer.Exit(PARTLY)


def _registry_rows(result: "RegistryResult") -> list[dict[str, Cell]]:
    rows: list[dict[str, Cell]] = []
    for group in result.groups:
        pooled, most = group.population.pooled, next(iter(group.influence), None)
        known = ", treatment known" if group.key.known else ""
        rows.append(
            {
                "product": group.label,
                "outcome": f"{group.key.outcome.value} ({group.key.instrument.value}{known})",
                "unit": group.key.outcome.unit,
                "people": group.n_people,
                "mean": pooled.mean,
                "sd": pooled.sd,
                "low": pooled.q[0.05],
                "high": pooled.q[0.95],
                "omega": group.population.omega_person.mean,
                "moved_most_by": most.id if most else None,
                "moves": most.moves if most else None,
            }
        )
    return rows


def _rounded(row: dict[str, Cell], format: Format) -> dict[str, Cell]:
    if format is not Format.TABLE:
        return row
    return {k: f"{v:.2f}" if isinstance(v, float) else v for k, v in row.items()}


def _rows(result: "StudyResult") -> list[dict[str, Cell]]:
    population = result.population
    named = {
        **({} if len(population.strains) == 1 else {"mean effect over all people": population.pooled}),
        **{f"mean effect of {name}": s for name, s in population.strains.items()},
        **{f"per unit of {name}": s for name, s in population.covariates.items()},
        "spread between people (omega)": population.omega_person,
    }
    return [
        {"what": name, "mean": s.mean, "sd": s.sd, "low": s.q[0.05], "high": s.q[0.95]} for name, s in named.items()
    ]


def _tell(result: "StudyResult") -> None:
    outcome = result.settings.outcome
    better = "more is better" if outcome.higher_is_better else "less is better"
    again = f" ({result.resumed} of its partitions were finished before)" if result.resumed else ""
    typer.echo(f"{result.n_people} people, {result.n_nights} nights{again}. {outcome.label}, {outcome.unit}; {better}.")
    typer.echo("Each with 90 of 100 between low and high:")
    rows = [_rounded(row, Format.TABLE) for row in _rows(result)]
    show(rows, ("what", "mean", "sd", "low", "high"), format=Format.TABLE)
    if result.caution:
        typer.echo(result.caution)
    typer.echo(f"Every person's own effect: {result.out / 'people.parquet'}; in words: {result.out / 'report.md'}")
    if (result.out / "evidence.json").exists():
        typer.echo(f"For the evidence: noctiflora evidence add {result.out / 'evidence.json'}")


@contextmanager
def _progress() -> "Iterator[Tell]":
    """Yield a progress callback: a bar where somebody watches, else silence."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(_STAGES[what], total=None)
            bar.update(tasks[what], completed=done, total=of or None)

        yield tell


@contextmanager
def _reading() -> "Iterator[TellRead]":
    """Yield a callback that counts what is read where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _read, _refused: None
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading") as status:

        def tell(read: int, refused: int) -> None:
            status.update(f"Read {read}, refused {refused}")

        yield tell
