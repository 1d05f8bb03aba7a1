"""Inputs over time: integrals, edges, and which night is read when."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.axis._course import DOSEK, DOSEX, FIB, HISD, LENV, MEAL, OP, STRESS, Course, Phase, compile_course
from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._schedule import Day, Schedule, Span, regular
from noctiflora.axis._strain import Strain


def course(schedule: Schedule, *interventions: Intervention, days: int = 6) -> Course:
    return compile_course((Phase(start_day=0.0, schedule=schedule),), interventions, first_day=2.0, days=days)


def whole(made: Course, what: int) -> np.ndarray:
    return np.concatenate([made.tables[b, what] for b in made.blocks])


def test_a_reference_day_holds_one_day_of_food() -> None:
    made = course(Schedule())
    day = slice(240, 480)
    assert whole(made, MEAL)[day].sum() / 10 == pytest.approx(1)
    assert whole(made, FIB)[day].sum() / 10 == pytest.approx(20)
    assert whole(made, HISD)[day].mean() == pytest.approx(1)
    assert whole(made, OP)[day].sum() / 10 == pytest.approx(8)
    assert np.all(whole(made, LENV)[whole(made, OP) > 0] == 0)
    assert len(made.tables) == 2, "a day that repeats is laid out once"


def test_edges_are_closed_on_the_left() -> None:
    op, meal = whole(course(Schedule()), OP), whole(course(Schedule()), MEAL)
    assert (op[229], op[230], op[309], op[310]) == (0, 1, 1, 0)
    assert (meal[79], meal[80], meal[84], meal[85]) == (0, 0.5, 0.5, 0)


@given(st.integers(200, 255), st.integers(60, 95))
@settings(max_examples=20, deadline=None)
def test_time_in_bed_is_what_was_planned(bed: int, length: int) -> None:
    schedule = Schedule(days=(Day(sleeps=(Span(start_h=bed / 10, end_h=(bed + length) / 10),)),))
    assert whole(course(schedule), OP)[480:720].sum() == pytest.approx(length)


def test_doses_begin_and_end_at_midnight() -> None:
    strain = Strain(loss_per_h=0.1)
    made = course(
        Schedule(),
        Intervention(kind=Kind.LIVE_STRAIN, dose=1, start_day=1, end_day=3, strain=strain),
        Intervention(kind=Kind.HEAT_KILLED, dose=1, start_day=0.5, end_day=1),
    )
    dose = whole(made, DOSEX).reshape(-1, 240).sum(axis=1) / 10
    assert np.allclose(dose, [0, 0, 0, 2.4, 2.4, 0]), "a unit dose is 24 kX of the preparation"
    assert np.flatnonzero(whole(made, DOSEK))[[0, -1]].tolist() == [600, 719]


def test_a_meal_after_midnight_falls_on_the_next_day() -> None:
    made = course(Schedule(days=(Day(meals_h=(17.0, 23.0, 27.0)),)))
    assert whole(made, MEAL)[480 + 30] == pytest.approx(0.8)


def test_a_new_schedule_takes_over_at_its_half_day() -> None:
    phases = (Phase(start_day=0.0, schedule=Schedule()), Phase(start_day=2.5, schedule=regular(stress=0.7)))
    stress = whole(compile_course(phases, (), first_day=0.0, days=4), STRESS)
    assert np.flatnonzero(stress)[0] == 600


def test_nights_with_a_noon_in_bed_are_read_from_midnight() -> None:
    day_sleeper = Schedule(days=(Day(sleeps=(Span(start_h=8.5, end_h=16.0),), meals_h=(17.0, 23.0, 27.0)),))
    assert course(day_sleeper).windows().tolist() == [1] * 5
    assert course(Schedule()).windows().tolist() == [0] * 5
