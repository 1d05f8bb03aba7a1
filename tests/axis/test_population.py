"""Population draws: reproducible, within range, of the stated shape."""

import numpy as np
import pytest

from noctiflora.axis._person import Person, parameter
from noctiflora.axis._population import (
    COMPLAINT,
    GENERAL,
    POPULATIONS,
    TIMING,
    Draw,
    Shape,
    draw_around,
    draw_person,
    with_timing,
)
from noctiflora.axis._schedule import Schedule
from noctiflora.core import RangeError


def test_a_person_does_not_depend_on_the_others() -> None:
    assert draw_person(GENERAL, seed=3, index=500) == draw_person(GENERAL, seed=3, index=500)
    assert draw_person(GENERAL, seed=3, index=500) != draw_person(GENERAL, seed=4, index=500)
    assert draw_person(GENERAL, seed=3, index=500) != draw_person(GENERAL, seed=3, index=501)


@pytest.mark.parametrize("population", POPULATIONS.values(), ids=lambda p: p.name)
def test_draws_stay_plausible_and_have_their_middle(population: object) -> None:
    people = [draw_person(population, seed=1, index=i) for i in range(400)]  # type: ignore[arg-type]
    for name, draw in population.draws.items():  # type: ignore[attr-defined]
        values = np.array([p.values[name] for p in people])
        known = parameter(name)
        assert values.min() >= known.low
        assert values.max() <= known.high
        assert np.median(values) == pytest.approx(
            draw.middle, abs=4 * max(draw.spread * max(abs(draw.middle), 1), 0.01) / 20
        )
    assert all(0 <= p.stress <= 1 for p in people)


def test_stress_and_bedtime_of_the_complaint_cohort() -> None:
    people = [draw_person(COMPLAINT, seed=1, index=i) for i in range(400)]
    beds = np.array([p.schedule.days[0].sleeps[0].start_h for p in people])
    assert beds.mean() == pytest.approx(23.2, abs=0.1)
    assert np.allclose(beds * 10, np.round(beds * 10))
    assert np.mean([p.stress for p in people]) == pytest.approx(0.25, abs=0.03)


def test_log_normal_has_the_stated_variation() -> None:
    draw = Draw(shape=Shape.LOG_NORMAL, middle=2.0, spread=0.3, low=0.0, high=99.0)
    z = np.random.default_rng(0).standard_normal(20000)
    values = np.array([draw.value(float(x)) for x in z])
    assert values.std() / values.mean() == pytest.approx(0.3, abs=0.02)


def test_negative_keys_are_refused() -> None:
    with pytest.raises(RangeError):
        draw_person(GENERAL, seed=-1, index=0)


def test_timing_is_drawn_beside_what_was_drawn_before() -> None:
    plain, wide = (draw_person(p, seed=2, index=9) for p in (COMPLAINT, with_timing(COMPLAINT)))
    assert {k: wide.values[k] for k in plain.values} == dict(plain.values)
    assert (plain.stress, plain.schedule) == (wide.stress, wide.schedule)
    assert set(TIMING) <= set(wide.values)


def test_people_around_one_stand_about_that_one() -> None:
    one = Person(values={"A0": 0.6, "DAO": 0.5, "kup": 8.5})
    people = [draw_around(one, Schedule(), seed=1, index=i) for i in range(300)]
    assert np.median([p.values["A0"] for p in people]) == pytest.approx(0.6, abs=0.05)
    assert np.median([p.values["DAO"] for p in people]) == pytest.approx(0.5, abs=0.03)
    assert {p.values["kup"] for p in people} == {8.5}
    assert {p.stress for p in people} == {None}
    for name in ("A0", "DAO", "tA", "GL"):
        known = parameter(name)
        assert all(known.low <= p.values[name] <= known.high for p in people)
