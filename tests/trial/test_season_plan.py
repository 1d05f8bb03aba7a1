"""The plan counts nights and dates right, and any change shows in its fingerprint."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import DesignError, Instrument, Outcome, RangeError
from noctiflora.trial import Arm, Measured, plan_document, schedule_of
from tests.trial.seasons import FIRST, PLAN, plan

WASO = Measured(outcome=Outcome.WASO, instrument=Instrument.DIARY, run_in_mean=40.0, run_in_sd=20.0)


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
    assert set(plan_document(plan(secondaries=(WASO,), run_in_left_out=5))) == set(PLAN.__slots__)


def test_a_plan_of_old_keeps_its_fingerprint() -> None:
    assert not {"secondaries", "run_in_left_out"} & set(plan_document(PLAN))
    assert plan(secondaries=(WASO,)).fingerprint() != PLAN.fingerprint() != plan(run_in_left_out=1).fingerprint()


@pytest.mark.parametrize("outcomes", [(Outcome.EFFICIENCY,), (Outcome.WASO, Outcome.WASO)])
def test_each_outcome_is_measured_once(outcomes: tuple[Outcome, ...]) -> None:
    with pytest.raises(DesignError, match="no secondary"):
        plan(secondaries=tuple(replace(WASO, outcome=one) for one in outcomes))


def test_schedule_has_the_run_in_first() -> None:
    arms = (Arm.PRODUCT, Arm.COMPARATOR, Arm.COMPARATOR, Arm.COMPARATOR, Arm.COMPARATOR, Arm.PRODUCT)
    schedule = PLAN.schedule(arms)
    assert schedule.n_nights == 56
    assert schedule.dose[14:21].tolist() == [1.0] * 7
    assert schedule.dose.sum() == 14
    assert schedule_of((Arm.COMPARATOR, Arm.PRODUCT), 1).dose.tolist() == [0.0, 1.0]
