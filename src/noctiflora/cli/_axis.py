"""The commands of ``axis``: the gut-brain-sleep model, run; every coupling in it is a hypothesis."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noctiflora.cli._compile_notice import tell_compile
from noctiflora.cli._session import opened, today
from noctiflora.cli._show import Cell, DatabaseOption, Format, FormatOption, show, show_json
from noctiflora.core import FormatError, Outcome, RangeError

if TYPE_CHECKING:
    from noctiflora.axis import Intervention, Person, Schedule

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The gut-brain-sleep model. Its couplings are hypotheses: it gives time courses, never the size of an effect.",
)

HYPOTHESIS = (
    "Hypothesis: this is what the model says if it is right. It rests on couplings for which no human dose-response "
    "was found, and it sets the size of no effect elsewhere."
)
CHARTS = (".svg", ".html")
COLUMNS = ("date", "tst_min", "waso_min", "sol_min", "se_pct", "awakenings", "onset_h", "offset_h", "dlmo_h", "psqi")

PresetOption = Annotated[str, typer.Option("--preset", help="A person with a schedule; see the reference.")]
SetOption = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A parameter of the person.")]
DoOption = Annotated[
    list[str] | None,
    typer.Option("--intervention", metavar="KIND:DOSE:START:END", help="Days from the start; may be repeated."),
]
WeeksOption = Annotated[int, typer.Option(help="1 to 52.")]
SeedOption = Annotated[int, typer.Option(help="The same seed gives the same answer.")]


class Design(StrEnum):
    """The virtual trials that can be run."""

    PARALLEL = "parallel"
    CROSSOVER = "crossover"
    N_OF_1 = "n-of-1"


@app.command()
def simulate(
    preset: PresetOption = "reference",
    schedule: Annotated[
        Path | None, typer.Option(metavar="FILE.json", help="Your own days in place of the preset's; see the how-to.")
    ] = None,
    set_: SetOption = None,
    intervention: DoOption = None,
    weeks: WeeksOption = 12,
    mode: Annotated[str, typer.Option(help="mean, or sample for night-to-night chance.")] = "mean",
    seed: SeedOption = 0,
    step: Annotated[float, typer.Option(help="Hours: 0.1, 0.05, 0.02 or 0.01.")] = 0.1,
    lumped: Annotated[bool, typer.Option("--lumped", help="All couplings of gut and brain as one gain.")] = False,
    trace: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Write all states at the step.")] = None,
    chart: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.svg|html", help="Draw the last day and the weeks, with bands over people like this."
        ),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Run the model for one person, night by night."""
    from noctiflora.axis import Mode, parse_intervention, simulation_dict, trace_csv, with_settings
    from noctiflora.axis import preset as known
    from noctiflora.axis import simulate as run

    if mode not in {m.value for m in Mode}:
        raise RangeError("a run is mean or sample", where="--mode", found=mode, do="use one of them")
    _check_chart(chart)
    chosen = known(preset)
    person = with_settings(chosen.person, set_ or [])
    days = chosen.schedule if schedule is None else _read_schedule(schedule)
    given = [parse_intervention(text) for text in intervention or []]
    tell_compile()
    found = run(
        person,
        days,
        interventions=given,
        weeks=weeks,
        mode=mode,
        seed=seed,
        step_h=step,
        trace=trace is not None,
        lumped=lumped,
    )
    if trace is not None:
        _write(trace, trace_csv(found))
    if chart is not None:
        _draw(chart, person, days, given, weeks=weeks, seed=seed)
    document = simulation_dict(found, first_date=today())
    rows = _rows(document["nights"])
    if format is Format.TABLE:
        typer.echo(f"{HYPOTHESIS}\n{found.status_text}")
        for note in (*found.warnings, *_example(given, own=person.values)):
            typer.echo(f"  note: {note}")
    columns = tuple(name for name in COLUMNS if not rows or name in rows[0])
    show(rows, tuple(rows[0]) if rows and format is Format.CSV else columns, format=format, document=document)


@app.command()
def cohort(
    people: Annotated[int, typer.Option(help="How many to draw.")] = 1000,
    weeks: WeeksOption = 12,
    population: Annotated[str, typer.Option(help="Whom to draw from: general or complaint.")] = "complaint",
    arm: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=KIND:DOSE:START:END", help="An arm beside no change; may be repeated."),
    ] = None,
    seed: SeedOption = 0,
    threads: Annotated[int, typer.Option(help="1 to 64; the answer is the same.")] = 2,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes in place of threads.", show_default=False)
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Run the model for many drawn people, with and without something."""
    from noctiflora.actions import simulate_cohort
    from noctiflora.axis import POPULATIONS, cohort_dict, parse_intervention

    if population not in POPULATIONS:
        raise RangeError(
            "unknown population", where="--population", found=population, do=f"use {', '.join(POPULATIONS)}"
        )
    arms: dict[str, list[Intervention]] = {"no change": []}
    for text in arm or []:
        name, equals, rest = text.partition("=")
        if not equals:
            raise FormatError("an arm reads NAME=KIND:DOSE:START:END", where="--arm", found=text)
        arms.setdefault(name, []).append(parse_intervention(rest))
    tell_compile()
    with _bar("people") as progress:
        found = simulate_cohort(
            people,
            weeks=weeks,
            population=population,
            arms=arms,
            seed=seed,
            threads=threads,
            scheduler=scheduler,
            workers=workers,
            progress=progress,
        )
    document = cohort_dict(found)
    rows: list[dict[str, Cell]] = [
        {"arm": name, "week": week + 1, **{k: float(found.weekly[k][at, :, week].mean()) for k in ("psqi", "tst_min")}}
        for at, name in enumerate(found.arms)
        for week in range(weeks)
    ]
    if format is Format.TABLE:
        typer.echo(HYPOTHESIS)
        for note in _example([i for given in arms.values() for i in given]):
            typer.echo(f"  note: {note}")
    show(rows, ("arm", "week", "psqi", "tst_min"), format=format, document=document)


@app.command()
def trial(
    intervention: DoOption = None,
    design: Annotated[Design, typer.Option(help="Which virtual trial.")] = Design.PARALLEL,
    people: Annotated[int, typer.Option(help="In a parallel or crossover trial.")] = 80,
    weeks: WeeksOption = 8,
    outcome: Annotated[Outcome, typer.Option(help="Of a trial of one.")] = Outcome.EFFICIENCY,
    period: Annotated[int, typer.Option(help="Nights of each period of a trial of one.")] = 28,
    seed: SeedOption = 0,
    format: FormatOption = Format.TABLE,
) -> None:
    """Run a virtual trial; a trial of one gives CSV that ``trial analyse`` reads."""
    from noctiflora.axis import crossover_trial, parallel_trial, parse_intervention, virtual_trial_dict

    given = [parse_intervention(text) for text in intervention or ["live-strain:1"]]
    tell_compile()
    if design is Design.N_OF_1:
        from noctiflora.actions import virtual_season

        typer.echo(virtual_season(given, days=7 * weeks, period=period, outcome=outcome, seed=seed), nl=False)
        return
    if design is Design.PARALLEL:
        found = parallel_trial(given, people=people, weeks=weeks, seed=seed)
    else:
        found = crossover_trial(given, people=people, period_weeks=weeks, seed=seed)
    rows: list[dict[str, Cell]] = [
        {"design": found.design, "people": people, "difference": found.difference, "se": found.se, "truth": found.truth}
    ]
    if format is Format.TABLE:
        typer.echo(f"{HYPOTHESIS}\nPSQI points; less is better.")
        for note in _example(given):
            typer.echo(f"  note: {note}")
    show(rows, tuple(rows[0]), format=format, document=virtual_trial_dict(found))


@app.command()
def calibrate(
    strain: Annotated[
        str | None, typer.Option(metavar="NAME", help="By any of its names; none: an untested one.")
    ] = None,
    people: Annotated[int, typer.Option(help="In the virtual trial.")] = 150,
    seed: SeedOption = 0,
    db: DatabaseOption = None,
) -> None:
    """Find the potency at which virtual trials show what real ones have pooled, those you added included."""
    from noctiflora.actions import calibrate_strain, gather_evidence
    from noctiflora.axis import calibration_dict

    with opened(db) as store:
        known = gather_evidence(store)
    tell_compile()
    show_json(calibration_dict(calibrate_strain(strain, evidence=known, people=people, seed=seed)))


@app.command()
def sensitivity(preset: PresetOption = "insomnia", format: FormatOption = Format.TABLE) -> None:
    """Show which assumptions move the answer, and how few of them data could tell apart.

    A strain and a prebiotic are given for six weeks, and each assumption is moved by a fifth.
    """
    from noctiflora.axis import preset as known
    from noctiflora.axis import sensitivity as run
    from noctiflora.axis import sensitivity_dict, treated_case

    chosen = known(preset)
    tell_compile()
    found = run(treated_case(chosen.person, chosen.schedule))
    rows: list[dict[str, Cell]] = [
        {"parameter": name, **dict(zip(found.outputs, map(float, column), strict=True))}
        for name, column in zip(found.parameters, found.matrix.T, strict=True)
    ]
    if format is Format.TABLE:
        typer.echo(
            f"{HYPOTHESIS}\nRelative change of each output per relative change of the parameter. Of {len(rows)} "
            f"parameters, data could tell {found.directions_5_pct} combinations."
        )
    show(rows, ("parameter", *found.outputs), format=format, document=sensitivity_dict(found))


@app.command()
def sbml(
    preset: PresetOption = "reference",
    out: Annotated[Path | None, typer.Option(metavar="FILE.xml", help="Where to; by default shown.")] = None,
) -> None:
    """Write the model as SBML Level 3."""
    from noctiflora.axis import preset as known
    from noctiflora.axis import to_sbml

    chosen = known(preset)
    text = to_sbml(chosen.person, chosen.schedule)
    if out is None:
        typer.echo(text, nl=False)
    else:
        _write(out, text)
        typer.echo(f"Written: {out}")


@app.command()
def warm() -> None:
    """Compile the model once, so that the first answer comes at once."""
    from noctiflora.axis import warm as compile_

    tell_compile()
    compile_()
    typer.echo("Ready.")


def _example(given: "Sequence[Intervention]", *, own: "Mapping[str, float] | None" = None) -> list[str]:
    """Return the word that a preparation without a name needs, unless its potency was set: its size is nobody's."""
    acts = sorted(
        {i.strain.potency for i in given if i.strain and ("vX" if i.strain.live else "vK") not in (own or {})}
    )
    text = (
        "the preparation acts with the example potency {:g}, which no product was found to have; axis calibrate gives "
        "a product's own, with its range"
    )
    return [text.format(value) for value in acts]


def _read_schedule(path: Path) -> "Schedule":
    from noctiflora.axis import parse_schedule

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise FormatError(f"the schedule cannot be read: {problem.strerror}", where=str(path)) from None
    except UnicodeDecodeError:
        raise FormatError("the schedule is no text", where=str(path), do="save it as JSON in UTF-8") from None
    return parse_schedule(text, where=path.name)


def _check_chart(path: Path | None) -> None:
    if path is not None and path.suffix.lower() not in CHARTS:
        raise RangeError(
            "a chart is a drawing or a page",
            where="--chart",
            found=path.name,
            do=f"end its name in {' or '.join(CHARTS)}",
        )


def _draw(
    path: Path,
    person: "Person",
    schedule: "Schedule",
    interventions: "Sequence[Intervention]",
    *,
    weeks: int,
    seed: int,
) -> None:
    from noctiflora.actions import axis_chart
    from noctiflora.report import axis_chart_html, axis_chart_svg

    drawn = axis_chart(person, schedule, interventions, weeks=weeks, seed=seed)
    _write(path, axis_chart_svg(drawn) if path.suffix.lower() == CHARTS[0] else axis_chart_html(drawn))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise FormatError(f"the file cannot be written: {problem.strerror}", where=str(path)) from None


def _rows(nights: object) -> list[dict[str, Cell]]:
    assert isinstance(nights, list)
    return [{k: v if isinstance(v, str | int | float) else None for k, v in night.items()} for night in nights]


@contextmanager
def _bar(unit: str) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a progress callback where somebody watches, else None."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(unit, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
