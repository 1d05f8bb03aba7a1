"""The what-if protocol: one set of runs that the behaviour tests read."""

from dataclasses import replace
from functools import cache

import numpy as np

from noctiflora.axis._cases import Case, Outcome, run_cases
from noctiflora.axis._course import Phase
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._light import Light
from noctiflora.axis._schedule import Day, Schedule, Span
from noctiflora.axis._strain import Strain

REFERENCE = Schedule()
DAY = REFERENCE.days[0]
AFTER = (7, 14, 28, 42, 84, 98, 126)
"""Days at which a course is read; treatment ends at day 84."""


def from_noon(**change: object) -> tuple[Phase, ...]:
    """Return a change of the reference day from noon of the first treatment day."""
    return (Phase(start_day=0.5, schedule=Schedule(days=(replace(DAY, **change),))),)  # type: ignore[arg-type]


@cache
def reference() -> Outcome:
    return run_cases([Case()], days=8, trace=True)


@cache
def evening_light(lux: tuple[float, ...]) -> Outcome:
    return run_cases([Case(phases=from_noon(light=Light(evening_lux=x))) for x in lux], days=14)


@cache
def night_work() -> Outcome:
    work = Day(sleeps=(Span(start_h=8.5, end_h=16.0),), meals_h=(17.0, 23.0, 27.0), light=Light(evening_lux=150.0))
    first = Schedule(days=(replace(work, sleeps=()),))
    phases = (Phase(start_day=0.5, schedule=first), Phase(start_day=1.0, schedule=Schedule(days=(work,))))
    return run_cases([Case(phases=phases)], days=7)


@cache
def short_nights() -> Outcome:
    short = from_noon(sleeps=(Span(start_h=1.0, end_h=6.0),))
    return run_cases([Case(), Case(phases=short)], days=9)


@cache
def twelve_weeks() -> Outcome:
    """Return starch for three weeks, then stress, late meals and low DAO for twelve weeks."""
    cases = [
        Case(phases=from_noon(fibre_g_d=42.0)),
        Case(phases=from_noon(stress=0.6)),
        Case(phases=from_noon(meals_h=(12.0, 17.0, 22.0))),
        Case(later={"DAO": 0.4}),
    ]
    return run_cases(cases, days=84, trace=True)


COURSES = ("live strain", "heat-killed", "PHGG", "resistant starch", "histamine strain", "none")


@cache
def trials() -> Outcome:
    """Return the trait person under each of `COURSES`, 84 days on and 42 off."""
    poor = Schedule(days=(replace(DAY, stress=0.3),))
    trait = {"A0": 0.45}

    def case(kind: Kind, dose: float, own: dict[str, float], strain: Strain | None = None) -> Case:
        change = Intervention(kind=kind, dose=dose, start_day=0, end_day=84, strain=strain)
        return Case(values=trait | own, schedule=poor, interventions=(change,))

    return run_cases(
        [
            case(Kind.LIVE_STRAIN, 1, {}, Strain(potency=0.3)),
            case(Kind.HEAT_KILLED, 1, {}, Strain(potency=0.3, live=False)),
            case(Kind.PHGG, 5, {}),
            case(Kind.RESISTANT_STARCH, 20, {"gas": 2.0}),
            case(Kind.LIVE_STRAIN, 1, {"DAO": 0.5}, Strain(potency=0.2, histamine_per_h=0.25)),
            Case(values=trait, schedule=poor),
        ],
        days=126,
    )


def baseline(outcome: Outcome, name: str, person: int = 0) -> float:
    return float(outcome.figures[name][person, :7].mean())


def last_week(outcome: Outcome, name: str, person: int = 0, days: int = 84) -> float:
    return float(outcome.figures[name][person, days : days + 7].mean())


def psqi_change(person: int) -> np.ndarray:
    score = trials().figures["psqi"][person]
    return np.array([score[d : d + 7].mean() for d in AFTER]) - score[:7].mean()
