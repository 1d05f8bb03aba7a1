"""The simulation of one person: nights, traces, and what the answer rests on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from noctiflora.axis._cases import BASELINE_NIGHTS, BURN_IN_DAYS, Case, Outcome, burn_in, run_cases
from noctiflora.axis._figures import FIGURES
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._lanes import LANES, Integers, Lanes
from noctiflora.axis._lumped import LUMPED
from noctiflora.axis._model import Status as Basis
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import Person
from noctiflora.axis._run import Group
from noctiflora.axis._schedule import Schedule
from noctiflora.core import RangeError

LONGEST_WEEKS = 52
CLOCK = ("onset_h", "offset_h", "dlmo_h", "melatonin_peak_h", "cortisol_peak_h", "cortisol_nadir_h")
"""Figures that are times; they count on past midnight in records and are clock hours in tables."""


class Status(StrEnum):
    """Whether the solve stayed within what a body can do."""

    DONE = "done"
    LEFT_RANGE = "left the physiological range"


class Mode(StrEnum):
    """Mean nights, or nights drawn one by one."""

    MEAN = "mean"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """States over time.

    Parameters
    ----------
    hour : array (points,)
        Hours from midnight of the first treatment day, each 0.1 h.
    states : mapping of str to array (points,)
        Each state of the model by name.
    inputs : mapping of str to array (points,)
        Each input by name: light (Lenv), in bed (Op), meals, doses.
    """

    hour: Lanes
    states: Mapping[str, Lanes]
    inputs: Mapping[str, Lanes]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulation:
    """What one run says.

    Parameters
    ----------
    person : Person
        Who was simulated.
    weeks : int
        Length after the burn-in.
    status : Status
        LEFT_RANGE means that nights from the failure on are unknown (NaN).
    status_text : str
        What happened and what to try, in one sentence.
    nights : mapping of str to array (7 * weeks,)
        Figures of each night; night d runs from noon of day d to noon of day d + 1. Hours count
        from the midnight that begins day d.
    baseline : mapping of str to array (7,)
        The same for the last seven nights before treatment.
    hypotheses : tuple of str
        Couplings without human dose-response on which the answer rests.
    warnings : tuple of str
        Values outside their plausible range.
    trace : Trace or None
        States, if asked for.
    """

    person: Person
    weeks: int
    status: Status
    status_text: str
    nights: Mapping[str, Lanes]
    baseline: Mapping[str, Lanes]
    hypotheses: tuple[str, ...]
    warnings: tuple[str, ...]
    trace: Trace | None = None


def simulate(
    person: Person | None = None,
    schedule: Schedule | None = None,
    *,
    interventions: Sequence[Intervention] = (),
    weeks: int = 12,
    mode: Mode | str = Mode.MEAN,
    seed: int = 0,
    step_h: float = 0.1,
    trace: bool = False,
    lumped: bool = False,
) -> Simulation:
    """Simulate one person's gut, clock, hormones and sleep.

    Parameters
    ----------
    person : Person, optional
        Default: the reference person.
    schedule : Schedule, optional
        Default: bed 23:00, rise 07:00, meals 8, 13, 19 h.
    interventions : sequence of Intervention
        What changes after the burn-in of 70 days.
    weeks : int
        1 to 52.
    mode : {"mean", "sample"}
        Mean nights, or nights drawn one by one with the same rates.
    seed : int
        For sampled nights; the same seed gives the same nights.
    step_h : float
        0.1 (default), 0.05, 0.02 or 0.01.
    trace : bool
        Also return all states each 0.1 h.
    lumped : bool
        Collapse the couplings between gut and brain into one gain on the vagal signal.

    Returns
    -------
    Simulation

    Raises
    ------
    RangeError
        If weeks, step or seed are out of range, or two preparations are given at once.

    References
    ----------
    Sleep: two-process model, PMC2849788. HPA axis: 10.15252/msb.20209510. The coupling of gut
    and brain is hypothesis throughout; see the parameter table of the manual.

    Examples
    --------
    >>> run = simulate(weeks=1)
    >>> round(float(run.nights["tst_min"].mean()) / 60, 1)
    7.3
    """
    who = person if person is not None else Person()
    case = Case(
        values=dict(who.values) | (dict(LUMPED) if lumped else {}),
        schedule=schedule if schedule is not None else Schedule(),
        interventions=tuple(interventions),
    )
    check_run(case, weeks=weeks, seed=seed)
    keys = None if Mode(mode) is Mode.MEAN else stream_keys(seed, [0])
    start = _begin(tuple(sorted(case.parameters().items())), case.schedule, step_h)
    out = run_cases([case], days=7 * weeks, step_h=step_h, keys=keys, trace=trace, start=start)
    return simulation_of(out, 0, person=who, case=case, weeks=weeks)


def warm() -> None:
    """Compile the engine, or load it from the compiler's cache; the first run after this is immediate.

    Takes 10 to 20 s the first time after an installation, under a second later.
    """
    compare(options={}, weeks=1)


@lru_cache(maxsize=32)
def _begin(values: tuple[tuple[str, float], ...], schedule: Schedule, step_h: float) -> Group:
    """Return a burn-in; kept, because every what-if of a person starts from the same one."""
    return burn_in([Case(values=dict(values), schedule=schedule)], step_h=step_h)


def check_run(case: Case, *, weeks: int, seed: int) -> None:
    """Refuse a run that cannot be carried out.

    Raises
    ------
    RangeError
        If weeks or seed are out of range, or two preparations are given at once.
    """
    if not isinstance(weeks, int) or not 1 <= weeks <= LONGEST_WEEKS:
        raise RangeError("a run lasts 1 to 52 weeks", where="weeks", found=str(weeks), do="choose a number inside")
    if not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise RangeError("a seed is a whole number from 0", where="seed", found=str(seed))
    strains = {i.strain for i in case.interventions if i.strain is not None and i.kind is Kind.LIVE_STRAIN}
    if len(strains) > 1:
        raise RangeError(
            "two live strains cannot be told apart in one run",
            where="interventions",
            found=", ".join(sorted(s.name for s in strains)),
            do="run them one after the other",
        )


def stream_keys(seed: int, people: Sequence[int]) -> Integers:
    """Return one key per person for the engine's random stream.

    Keys are drawn from a counter-based generator keyed by (seed, person), so that they depend
    neither on the order nor on the number of threads.
    """
    keys = np.empty(max(len(people), 1), dtype=np.int64)
    for i, who in enumerate(people):
        keys[i] = np.random.Generator(np.random.Philox(key=[seed, who])).integers(0, 2**62)
    return keys


def simulation_of(out: Outcome, at: int, *, person: Person, case: Case, weeks: int) -> Simulation:
    """Return one person's part of a group's outcome as a record."""
    status, text = _status(out.failed[at])
    figures = {k: np.array(v[at]) for k, v in out.figures.items()}
    if status is Status.LEFT_RANGE:
        lost = max(int(out.failed[at, 0]) // 2 - BURN_IN_DAYS - 1, -BASELINE_NIGHTS) + BASELINE_NIGHTS
        for values in figures.values():
            values[lost:] = np.nan
    for values in figures.values():
        values.setflags(write=False)
    return Simulation(
        person=person,
        weeks=weeks,
        status=status,
        status_text=text,
        nights=MappingProxyType({k: v[BASELINE_NIGHTS : BASELINE_NIGHTS + 7 * weeks] for k, v in figures.items()}),
        baseline=MappingProxyType({k: v[:BASELINE_NIGHTS] for k, v in figures.items()}),
        hypotheses=_rests_on(case),
        warnings=person.warnings(),
        trace=_trace(out, at, case, weeks),
    )


def _status(failed: Integers) -> tuple[Status, str]:
    if failed[0] < 0:
        return Status.DONE, "the solve stayed within its ranges"
    state = load_model().states[int(failed[1])]
    day = int(failed[0]) / 2 - BURN_IN_DAYS
    text = (
        f"{state.meaning} ({state.name}) left {state.low:g} to {state.high:g} {state.unit} about day {day:g} "
        "counted from the end of the burn-in; nights from then on are unknown; use values inside their plausible ranges"
    )
    return Status.LEFT_RANGE, text


def _rests_on(case: Case) -> tuple[str, ...]:
    """Return the hypothesis couplings that are not switched off, with their meaning."""
    model, own = load_model(), case.parameters()
    return tuple(
        f"{p.name}: {p.meaning}"
        for p in model.parameters
        if p.status is Basis.HYPOTHESIS and own.get(p.name, p.value) != 0.0
    )


def _trace(out: Outcome, at: int, case: Case, weeks: int) -> Trace | None:
    if out.trace is None:
        return None
    states = {s.name: out.trace[:, i, at].copy() for i, s in enumerate(load_model().states)}
    course = case.course(7 * weeks)
    laid = np.concatenate([course.tables[b] for b in course.blocks[2 * BURN_IN_DAYS :]], axis=1)[:, : len(out.trace)]
    inputs = {s.name: laid[i] for i, s in enumerate(load_model().inputs)}
    hour = np.arange(len(out.trace)) / 10.0
    return Trace(hour=hour, states=MappingProxyType(states), inputs=MappingProxyType(inputs))


def simulation_dict(run: Simulation, *, first_date: dt.date) -> dict[str, object]:
    """Return a run as plain data for JSON: nights, status, hypotheses.

    Parameters
    ----------
    run : Simulation
        A run.
    first_date : date
        Date on which the first treatment day falls; a night belongs to the date of waking.

    Returns
    -------
    dict
        Unknown values are None; times are clock hours.
    """
    nights = [
        {"date": (first_date + dt.timedelta(days=d + 1)).isoformat(), **_row(run.nights, d)}
        for d in range(7 * run.weeks)
    ]
    baseline = {k: _plain(float(np.mean(v)), k) for k, v in run.baseline.items()}
    return {
        "label": "hypothesis",
        "person": run.person.label,
        "weeks": run.weeks,
        "status": run.status.value,
        "status_text": run.status_text,
        "baseline": baseline,
        "nights": nights,
        "hypotheses": list(run.hypotheses),
        "warnings": list(run.warnings),
    }


def _row(figures: Mapping[str, Lanes], d: int) -> dict[str, float | None]:
    return {name: _plain(float(figures[name][d]), name) for name in FIGURES}


def _plain(value: float, name: str) -> float | None:
    if not np.isfinite(value):
        return None
    return round(value % 24.0 if name in CLOCK else value, 4)


def compare(
    person: Person | None = None,
    schedule: Schedule | None = None,
    *,
    options: Mapping[str, Sequence[Intervention]],
    weeks: int = 8,
) -> Mapping[str, Simulation]:
    """Simulate one person under several options at once, "no change" first.

    Parameters
    ----------
    person, schedule
        As in `simulate`.
    options : mapping of str to sequence of Intervention
        Up to 15 options by name.
    weeks : int
        1 to 52.

    Returns
    -------
    mapping of str to Simulation

    Raises
    ------
    RangeError
        If there are more than 15 options or a run cannot be carried out.
    """
    who, plan = person or Person(), schedule or Schedule()
    if len(options) >= LANES:
        raise RangeError("too many options at once", where="options", found=str(len(options)), do="ask for at most 15")
    every: dict[str, tuple[Intervention, ...]] = {"no change": (), **{k: tuple(v) for k, v in options.items()}}
    cases = [Case(values=who.values, schedule=plan, interventions=i) for i in every.values()]
    for case in cases:
        check_run(case, weeks=weeks, seed=0)
    out = run_cases(cases, days=7 * weeks)
    return {name: simulation_of(out, i, person=who, case=cases[i], weeks=weeks) for i, name in enumerate(every)}
