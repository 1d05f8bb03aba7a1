"""Signs in nights and entries: own comparisons, symptoms, habits and scores."""

import pytest

from noctiflora.plan._day_signs import day_signs
from noctiflora.plan._pathway import Direction

from ._nights import entry, night, nights, view


def signs(made, *entries, scores=None, today=None):
    return {s.path_id: s for s in day_signs(view(made, *entries, today=today), scores or {})}


@pytest.mark.parametrize(
    ("after_stress", "direction"), [(80.0, Direction.TOWARD), (89.5, Direction.OPEN), (90.0, Direction.AWAY)]
)
def test_nights_after_stress_are_compared_with_the_others(after_stress: float, direction: Direction) -> None:
    made = [night(i, se_pct=after_stress if i % 2 else 90.0) for i in range(28)]
    found = signs(made, *(entry(i, "stress", 8 if i % 2 else 2) for i in range(28)))["CO2"]
    assert found.direction is direction
    assert "14 nights against 14" in found.seen


def test_few_nights_tell_nothing() -> None:
    found = signs(nights(6, se_pct=90.0), *(entry(i, "stress", i) for i in range(6)))["CO2"]
    assert found.direction is Direction.OPEN
    assert "too few" in found.seen
    assert signs(nights(6, se_pct=90.0)) == {}


@pytest.mark.parametrize(
    ("days", "with_it", "direction"),
    [(10, 3, Direction.TOWARD), (10, 2, Direction.OPEN), (13, 0, Direction.OPEN), (14, 0, Direction.AWAY)],
)
def test_symptoms_are_counted(days: int, with_it: int, direction: Direction) -> None:
    found = signs(nights(30), *(entry(i, "flush", float(i < with_it)) for i in range(days)))["HI1"]
    assert (found.direction, f"{with_it} of {days} days" in found.seen) == (direction, True)


@pytest.mark.parametrize(
    ("a_day", "days", "direction"),
    [
        (0, 7, Direction.TOWARD),
        (1, 7, Direction.AWAY),
        (3, 7, Direction.AWAY),
        (4, 7, Direction.TOWARD),
        (0, 6, Direction.OPEN),
    ],
)
def test_stools_lie_between_three_a_week_and_three_a_day(a_day: int, days: int, direction: Direction) -> None:
    found = signs(nights(30), *(entry(i, "stools", a_day) for i in range(days)))["SE3"]
    assert found.direction is direction
    assert found.sources


@pytest.mark.parametrize(("grams", "direction"), [(12, Direction.TOWARD), (25, Direction.AWAY)])
def test_fibre_is_held_against_the_reference(grams: float, direction: Direction) -> None:
    assert signs(nights(9), *(entry(i, "fibre_g", grams) for i in range(7)))["SC4"].direction is direction


@pytest.mark.parametrize(
    ("score", "direction"), [(4, Direction.AWAY), (5, Direction.OPEN), (9, Direction.OPEN), (10, Direction.TOWARD)]
)
def test_anxiety_by_its_bands(score: float, direction: Direction) -> None:
    assert signs([], scores={"gad7": score})["GG4"].direction is direction


def test_a_meal_after_midnight_is_later_than_one_before() -> None:
    made = [night(i, se_pct=80.0 if i % 2 else 90.0) for i in range(20)]
    meals = [entry(i, "last_meal_h", 0.5 if i % 2 else 19.0) for i in range(20)]
    assert signs(made, *meals)["CR1"].direction is Direction.TOWARD


def test_free_days_speak_of_two_pathways() -> None:
    made = [night(i, midsleep_h=6.0 if i % 7 in (5, 6) else 3.0) for i in range(28)]
    found = [s for s in day_signs(view(made), {}) if s.direction is Direction.TOWARD]
    assert {s.path_id for s in found} == {"ME2", "CR2"}
