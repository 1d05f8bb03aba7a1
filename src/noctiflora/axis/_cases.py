"""Runs of several people at once: burn-in, treatment and nightly figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from noctiflora.axis._course import Course, Phase, compile_course
from noctiflora.axis._figures import nightly_figures
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._lanes import LANES, Integers, Lanes
from noctiflora.axis._model_file import load_model
from noctiflora.axis._person import parameter_matrix
from noctiflora.axis._run import Group, advance_group, new_group, substeps
from noctiflora.axis._schedule import Schedule

BURN_IN_DAYS = 70
"""Days before any baseline is read: the glands need longer than the gut."""
BASELINE_NIGHTS = 7
FIRST_NIGHT = BURN_IN_DAYS - BASELINE_NIGHTS
RESUME_HALF = 2 * BURN_IN_DAYS - 1
"""Noon of the day before the first treatment day; a burn-in that ends here serves every treatment."""
CHANGE_HALF = 2 * BURN_IN_DAYS + 1
"""Noon of the first treatment day, where parameters may change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's run.

    Parameters
    ----------
    values : mapping of str to float
        Parameters that differ from the reference, from t = 0.
    schedule : Schedule
        Holds from the start.
    interventions : tuple of Intervention
        Days count from the end of the burn-in.
    phases : tuple of Phase
        Further schedules; their days count from the end of the burn-in.
    later : mapping of str to float
        Parameters that change at noon of the first treatment day.
    stress : float or None
        The person's own stress throughout, in place of the schedule's; for cohorts, where it
        differs from person to person and the days do not.
    """

    values: Mapping[str, float] = field(default_factory=dict)
    schedule: Schedule = field(default_factory=Schedule)
    interventions: tuple[Intervention, ...] = ()
    phases: tuple[Phase, ...] = ()
    later: Mapping[str, float] = field(default_factory=dict)
    stress: float | None = None

    def course(self, days: int) -> Course:
        """Return the inputs over `days` treatment days and the burn-in before them."""
        moved = tuple(Phase(start_day=p.start_day + BURN_IN_DAYS, schedule=p.schedule) for p in self.phases)
        first = Phase(start_day=0.0, schedule=self.schedule)
        course = compile_course(
            (first, *moved), self.interventions, first_day=float(BURN_IN_DAYS), days=BURN_IN_DAYS + days + 2
        )
        return course if self.stress is None else course.with_stress(self.stress)

    def parameters(self) -> dict[str, float]:
        """Return the person's values with those of the preparation."""
        own = {k: v for i in self.interventions if i.strain for k, v in i.strain.parameters().items()}
        return own | dict(self.values)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """Nightly figures of a group: the 7 baseline nights, then the treatment nights.

    Parameters
    ----------
    figures : mapping of str to array (people, 7 + nights)
        See `FIGURES`; NaN where unknown.
    failed : array (people, 2)
        Half day and state at which a run left its range, or -1.
    trace : array (points, states, people) or None
        States each 0.1 h from midnight of the day asked for, by default the first of treatment.
    states : array (states, people)
        States at the end.
    """

    figures: Mapping[str, Lanes]
    failed: Integers
    trace: Lanes | None
    states: Lanes


def run_cases(
    cases: Sequence[Case],
    *,
    days: int,
    step_h: float = 0.1,
    keys: Integers | None = None,
    trace: bool = False,
    trace_from_day: int = 0,
    start: Group | None = None,
) -> Outcome:
    """Run up to 16 people side by side.

    Parameters
    ----------
    cases : sequence of Case
        1 to 16.
    days : int
        Treatment days.
    step_h : float
        Step of the solver.
    keys : array (people,), optional
        Keys of random streams; given, nights are sampled after the burn-in.
    trace : bool
        Keep all states of the treatment.
    trace_from_day : int
        Treatment day at whose midnight the trace begins; a late one saves memory.
    start : Group, optional
        A burn-in made by `burn_in`; left unchanged.

    Returns
    -------
    Outcome
    """
    sub, n = substeps(step_h), len(cases)
    courses = [c.course(days) for c in cases]
    before = parameter_matrix([c.parameters() for c in cases])
    begun = start if start is not None else burn_in(cases, step_h=step_h)
    group = _continue(begun, nights=BASELINE_NIGHTS + days, days=BURN_IN_DAYS + days, sub=sub)
    if keys is not None:
        _decide(group)
    after = parameter_matrix([c.parameters() | dict(c.later) for c in cases])
    end = 2 * (BURN_IN_DAYS + days) + 2
    traces = []
    shown = 2 * (BURN_IN_DAYS + trace_from_day)
    edges = sorted({RESUME_HALF, RESUME_HALF + 1, CHANGE_HALF, shown, end})
    for first, last in pairwise(edges):
        wanted, values = trace and first >= shown, before if first < CHANGE_HALF else after
        advance_group(
            group, values, courses, halves=(first, last), sub=sub, first_night=FIRST_NIGHT, keys=keys, trace=wanted
        )
        if group.trace is not None:
            traces.append(group.trace[:, :-1, :, :n].reshape(-1, group.trace.shape[2], n))
    scale = after[load_model().parameter_index["Fmean"]]
    windows = np.array([c.windows() for c in courses])
    figures = nightly_figures(
        group.nights[:n], group.marker[:n], windows, cortisol_nmol_l=scale, first_night=FIRST_NIGHT
    )
    return Outcome(
        figures=figures,
        failed=group.failed[:n],
        trace=np.concatenate(traces) if traces else None,
        states=group.states[:, :n],
    )


def burn_in(cases: Sequence[Case], *, step_h: float = 0.1) -> Group:
    """Run people to noon of the day before treatment.

    Returns
    -------
    Group
        To be passed to `run_cases` as `start`; it may be used many times.
    """
    sub = substeps(step_h)
    group = new_group(nights=BASELINE_NIGHTS, days=BURN_IN_DAYS, sub=sub)
    courses = [c.course(0) for c in cases]
    values = parameter_matrix([c.parameters() for c in cases])
    advance_group(group, values, courses, halves=(0, RESUME_HALF), sub=sub, first_night=FIRST_NIGHT)
    return group


def _continue(begun: Group, *, nights: int, days: int, sub: int) -> Group:
    """Return a copy of a burn-in with room for the treatment."""
    group = new_group(nights=nights, days=days, sub=sub)
    group.states = begun.states.copy()
    group.kept[:], group.op[:], group.failed[:] = begun.kept, begun.op, begun.failed
    group.nights[:, : begun.nights.shape[1]] = begun.nights
    group.marker[:, : begun.marker.shape[1]] = begun.marker[:, : group.marker.shape[1]]
    return group


def _decide(group: Group) -> None:
    """Put everyone plainly asleep or awake, before nights are sampled."""
    index = load_model().state_index
    for name in ("pS", "U"):
        group.states[index[name]] = np.round(group.states[index[name]])


def chunks(count: int) -> list[range]:
    """Return ranges of up to 16 that cover `count` people.

    Examples
    --------
    >>> chunks(20)
    [range(0, 16), range(16, 20)]
    """
    return [range(i, min(i + LANES, count)) for i in range(0, count, LANES)]
