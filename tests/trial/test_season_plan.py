"""The plan counts nights and dates right, and any change shows in its fingerprint."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import DesignError, RangeError
from noctiflora.trial import Arm, plan_document, schedule_of
from tests.trial.seasons import FIRST, PLAN, plan


@given(night=st.integers(1, 34))
@settings(deadline=None, max_examples=34)
def test_nights_and_dates_go_both_ways(night: int) -> None:
    assert PLAN.night_of(PLAN.date_of(night)) == night
    assert 0 <= PLAN.period_of(night) < 4


def test_ends_and_periods() -> None:
    assert PLAN.ends == (7, 14, 24, 34)
    assert [PLAN.period_of(n) for n in (1, 7, 8, 14, 15, 34)] == [0, 0, 1, 1, 2, 3]
    assert PLAN.last_night == FIRST + dt.timedelta(days=33)


@pytest.mark.parametrize("days", [-1, 34])
def test_a_date_outside_is_refused(days: int) -> None:
    with pytest.raises(RangeError, match="not in the trial"):
        PLAN.night_of(FIRST + dt.timedelta(days=days))


@pytest.mark.parametrize("periods", [(7,), (7, 7, 7), (7, 0), (4000, 4000)])
def test_impossible_periods_are_refused(periods: tuple[int, ...]) -> None:
    with pytest.raises(DesignError):
        plan(period_nights=periods, codes=tuple("ABCD"[: len(periods)]), looks=())


@pytest.mark.parametrize("looks", [(7,), (34,), (14, 14), (15,)])
def test_a_look_stands_at_the_end_of_a_pair_before_the_last(looks: tuple[int, ...]) -> None:
    with pytest.raises(DesignError, match="look"):
        plan(looks=looks)


def test_two_bottles_with_one_code_are_refused() -> None:
    with pytest.raises(DesignError):
        plan(codes=("AAAA", "AAAA", "BBBB", "CCCC"))


@pytest.mark.parametrize(
    "change",
    [
        {"period_nights": (7, 7, 11, 9)},
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
    schedule = PLAN.schedule((Arm.PRODUCT, Arm.COMPARATOR, Arm.COMPARATOR, Arm.PRODUCT))
    assert schedule.n_nights == 48
    assert schedule.dose[14:21].tolist() == [1.0] * 7
    assert schedule_of((1, 1), (Arm.COMPARATOR, Arm.PRODUCT)).dose.tolist() == [0.0, 1.0]
