"""The safety rule fires for a bad week, and in at most 5 of 100 trials in which nothing changes."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import safety_alarm, safety_limit
from noctiflora.trial._safety_rule import FALSE_ALARMS
from tests.trial.safety_seasons import Cell, fired, limits, night_series

BEFORE = np.array([80.0, 84, 76, 82, 78, 81, 79, 83])


@pytest.mark.parametrize("trials", [100, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("run_in", [14, 56])
def test_false_alarms_are_rare_whatever_the_autocorrelation(run_in: int, trials: int) -> None:
    told = limits(run_in, 84)
    # two Monte-Carlo standard errors on top
    most = FALSE_ALARMS + 2 * np.sqrt(FALSE_ALARMS * (1 - FALSE_ALARMS) / trials)
    for phi in (0.0, 0.5, 0.7, 0.9):
        for white in (0.0, 0.3):
            share = fired(Cell(phi=phi, white=white, run_in=run_in), told, trials)
            assert share <= most, (phi, white)


def test_a_limit_that_is_too_low_is_found_out() -> None:
    told = [(gaps, 0.5 * limit) for gaps, limit in limits(28, 84)]
    assert fired(Cell(phi=0.9, white=0.0, run_in=28), told, 100) > 0.15


@pytest.mark.parametrize("trials", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_fortnight_that_is_clearly_worse_is_noticed(trials: int) -> None:
    told = limits(56, 84)
    assert fired(Cell(phi=0.0, white=0.0, run_in=56), told, trials, fall=2.0) > 0.75
    told = limits(28, 84)
    assert fired(Cell(phi=0.3, white=0.0, run_in=28), told, trials, fall=3.0) > 0.6


@pytest.mark.parametrize("better", [True, False])
def test_a_week_far_below_fires_in_the_worse_direction_only(better: bool) -> None:
    sign = 1 if better else -1
    bad = np.full(9, 80.0 - 20 * sign)
    found = safety_alarm(BEFORE, bad, limit=4.0, higher_is_better=better)
    assert found is not None
    assert found.night == 4
    assert found.score >= 4.0
    assert found.fall == pytest.approx((20 + sign * (BEFORE.mean() - 80)) / np.std(BEFORE, ddof=1))
    assert safety_alarm(BEFORE, np.full(9, 80.0 + 20 * sign), limit=4.0, higher_is_better=better) is None


def test_one_bad_night_or_a_week_hardly_recorded_does_not_fire() -> None:
    nights = np.full(30, 80.0)
    nights[10] = 70
    assert safety_alarm(BEFORE, nights, limit=4.0, higher_is_better=True) is None
    assert safety_alarm(BEFORE, np.array([40.0, 40, 40, np.nan, np.nan]), limit=4.0, higher_is_better=True) is None


def test_later_nights_do_not_take_an_alarm_back() -> None:
    rng = np.random.default_rng(3)
    nights = night_series(rng, 0.3, 0.3, 28 + 84)
    nights[70:84] -= 30
    before, y = nights[:28], nights[28:]
    first = safety_alarm(before, y, limit=4.0, higher_is_better=True)
    assert first is not None
    assert safety_alarm(before, y[: first.night], limit=4.0, higher_is_better=True) == first
    assert safety_alarm(before, y[: first.night - 1], limit=4.0, higher_is_better=True) is None


def test_without_a_run_in_there_is_no_rule() -> None:
    assert safety_alarm(np.array([80.0] * 3), np.full(9, 0.0), limit=2.0, higher_is_better=True) is None
    assert safety_alarm(np.array([80.0] * 9), np.full(9, 0.0), limit=2.0, higher_is_better=True) is None
    with pytest.raises(RangeError, match="before the start"):
        safety_limit(np.random.default_rng(1), np.array([80.0, np.nan] * 6), n_nights=84)


def test_the_limit_falls_with_the_run_in_and_rises_with_the_trial() -> None:
    rng = np.random.default_rng(2)
    nights = night_series(rng, 0.3, 0.5, 42)
    short = safety_limit(np.random.default_rng(1), nights[:7], n_nights=84)
    long = safety_limit(np.random.default_rng(1), nights, n_nights=84)
    longer_trial = safety_limit(np.random.default_rng(1), nights, n_nights=280)
    assert long < short
    assert long < longer_trial
    assert safety_limit(np.random.default_rng(1), nights, n_nights=84) == long
