"""Nights after something are set against the others, as association only."""

import pytest

from noctiflora.plan._find_days import HABITS, habits, rating
from noctiflora.plan._finding import Group

from ._nights import entry, night, nights, view


def compared(item: str, after: float, without: float, yes: int = 8) -> list:
    made = [night(i, se_pct=after if i < yes else without) for i in range(30)]
    return habits(view(made, *[entry(i, item, float(i < yes)) for i in range(30)]))


@pytest.mark.parametrize("habit", HABITS, ids=lambda h: h.item)
def test_a_lower_efficiency_may_bear_and_is_no_cause(habit) -> None:
    (finding,) = compared(habit.item, 82.0, 87.0)
    assert finding.group is Group.MAY_BEAR
    assert "8 of 30 mornings" in finding.number
    assert "5.0 points lower after it (8 nights against 22)" in finding.number
    assert "no proof of a cause" in finding.text


def test_higher_or_hardly_lower_stays_open() -> None:
    assert compared("alcohol", 88.0, 87.0)[0].group is Group.OPEN
    assert compared("alcohol", 85.5, 87.0)[0].group is Group.OPEN
    assert "1.0 points higher" in compared("alcohol", 88.0, 87.0)[0].number


def test_too_few_of_one_kind_are_not_compared() -> None:
    (finding,) = compared("late_meal", 60.0, 90.0, yes=4)
    assert finding.group is Group.OPEN
    assert "points" not in finding.number


def test_mornings_without_an_answer_are_not_counted_as_no() -> None:
    made = nights(30, se_pct=85.0)
    (finding,) = habits(view(made, *[entry(i, "alcohol", 1.0) for i in range(6)]))
    assert "6 of 6 mornings" in finding.number
    assert habits(view(made)) == ()


def test_ratings() -> None:
    (finding,) = rating(view(nights(20), *[entry(i, "quality", 6.0) for i in range(20)]))
    assert finding.number == "6 of 10 on a middling morning (half: 6 to 6), 20 mornings"
    assert rating(view(nights(20))) == ()
