"""Model people for one person: nearer to that person's nights than those drawn, and the same each time."""

import pytest

from noctiflora.axis._fit import OwnNights, fit_people
from noctiflora.axis._schedule import Schedule
from noctiflora.core import RangeError


@pytest.mark.parametrize(("tst", "waso"), [(340.0, 110.0), (430.0, 35.0)])
def test_the_chosen_sleep_as_the_person_does(tst: float, waso: float) -> None:
    found = fit_people(Schedule(), OwnNights(tst_min=tst, waso_min=waso), members=8, candidates=96)
    assert found.matched
    assert found.modelled.tst_min == pytest.approx(tst, abs=12)
    assert found.modelled.waso_min == pytest.approx(waso, abs=12)


def test_without_nights_anyone_is_kept_and_it_says_so() -> None:
    found = fit_people(Schedule(), OwnNights(), members=3)
    assert not found.matched
    assert len(found.begun.people) == 3


def test_the_same_person_has_the_same_people_and_a_stress_that_was_told_holds() -> None:
    one, two = (fit_people(Schedule(), OwnNights(tst_min=400), stress=0.4, members=2, candidates=8) for _ in range(2))
    assert one.begun.people == two.begun.people
    assert {p.stress for p in one.begun.people} == {0.4}
    other = fit_people(Schedule(), OwnNights(tst_min=400), members=2, candidates=8, seed=1)
    assert other.begun.people != one.begun.people


@pytest.mark.parametrize("value", [-1.0, 1441.0, float("nan")])
def test_impossible_nights_are_refused(value: float) -> None:
    with pytest.raises(RangeError):
        OwnNights(sol_min=value)


@pytest.mark.parametrize("members", [0, 65, 20])
def test_impossible_numbers_are_refused(members: int) -> None:
    with pytest.raises(RangeError):
        fit_people(Schedule(), OwnNights(), members=members, candidates=16)
