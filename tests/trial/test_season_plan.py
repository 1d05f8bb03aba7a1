"""The plan counts nights and dates right, and any change shows in its fingerprint."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import DesignError, RangeError
from noctiflora.trial import Arm, plan_document, schedule_of
from tests.trial.seasons import FIRST, PLAN, plan


@given(night=st.integers(1, 42))
@settings(deadline=None, max_examples=42)
def test_nights_and_dates_go_both_ways(night: int) -> None:
    assert PLAN.night_of(PLAN.date_of(night)) == night
    assert 0 <= PLAN.bottle_of(night) < 6


def test_bottles_have_one_length_though_periods_differ() -> None:
    assert PLAN.bottle_nights == 7
    assert PLAN.ends == (7, 14, 21, 28, 35, 42)
    assert [PLAN.bottle_of(n) for n in (1, 7, 8, 14, 15, 42)] == [0, 0, 1, 1, 2, 5]
    assert PLAN.last_night == FIRST + dt.timedelta(days=41)


@pytest.mark.parametrize("days", [-1, 42])
def test_a_date_outside_is_refused(days: int) -> None:
    with pytest.raises(RangeError, match="not in the trial"):
        PLAN.night_of(FIRST + dt.timedelta(days=days))


@pytest.mark.parametrize("change", [{"pairs": 0}, {"on_nights": 0}, {"off_nights": -7}, {"pairs": 400}])
def test_impossible_periods_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(DesignError):
        plan(**change, looks=())


@pytest.mark.parametrize("looks", [(7,), (42,), (21, 21), (20,)])
def test_a_look_stands_at_the_end_of_a_pair_before_the_last(looks: tuple[int, ...]) -> None:
    with pytest.raises(DesignError, match="look"):
        plan(looks=looks)


def test_two_bottles_with_one_code_are_refused() -> None:
    with pytest.raises(DesignError):
        plan(codes=("AAAA", *PLAN.codes[:4], "AAAA"))


@pytest.mark.parametrize(
    "change",
    [
        {"on_nights": 14, "off_nights": 7},
        {"first_night": FIRST + dt.timedelta(days=1)},
        {"threshold": 0.9},
        {"useful": 1.0},
    ],
)
def test_any_change_changes_the_fingerprint(change: dict[str, object]) -> None:
    assert plan(**change).fingerprint() != PLAN.fingerprint()
    assert plan().fingerprint() == PLAN.fingerprint()


def test_every_field_is_in_the_document() -> None:
    assert set(plan_document(PLAN)) == set(PLAN.__slots__)


def test_schedule_has_the_run_in_first() -> None:
    arms = (Arm.PRODUCT, Arm.COMPARATOR, Arm.COMPARATOR, Arm.COMPARATOR, Arm.COMPARATOR, Arm.PRODUCT)
    schedule = PLAN.schedule(arms)
    assert schedule.n_nights == 56
    assert schedule.dose[14:21].tolist() == [1.0] * 7
    assert schedule.dose.sum() == 14
    assert schedule_of((Arm.COMPARATOR, Arm.PRODUCT), 1).dose.tolist() == [0.0, 1.0]
