"""The safety rule fires for a bad week, and in at most 5 of 100 trials in which nothing changes."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import safety_alarm, safety_limit
from noctiflora.trial._defaults import HYPER_PRIORS


def night_series(rng: np.random.Generator, phi: float, white: float, n: int) -> np.ndarray:
    """Return nights of SD 8 around 80, written as a plain loop."""
    out, state = [], rng.standard_normal()
    for _ in range(n):
        state = phi * state + np.sqrt(1 - phi**2) * rng.standard_normal()
        out.append(80 + 8 * (np.sqrt(1 - white) * state + np.sqrt(white) * rng.standard_normal()))
    return np.array(out)


@pytest.mark.parametrize("trials", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_false_alarms_are_rare_over_the_noises_that_the_model_believes_in(trials: int) -> None:
    rng = np.random.default_rng(11)
    fired = 0
    for _ in range(trials):
        phi = np.tanh(rng.normal(HYPER_PRIORS["atanh_phi"].mean, HYPER_PRIORS["atanh_phi"].sd))
        white = 1 / (1 + np.exp(-rng.normal(0, HYPER_PRIORS["logit_r"].sd)))
        nights = night_series(rng, phi, white, 21 + 84)
        nights[21:][rng.random(84) < 0.07] = np.nan
        limit = safety_limit(np.random.default_rng(1), nights[:21], n_nights=84, missing=0.07)
        fired += safety_alarm(nights[:21], nights[21:], limit=limit, higher_is_better=True) is not None
    # two Monte-Carlo standard errors on top
    assert fired / trials <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / trials)


@pytest.mark.parametrize("better", [True, False])
def test_a_week_far_below_fires_in_the_worse_direction_only(better: bool) -> None:
    before = np.array([80.0, 84, 76, 82, 78, 81, 79, 83])
    sign = 1 if better else -1
    bad = np.full(9, 80.0 - 20 * sign)
    found = safety_alarm(before, bad, limit=2.0, higher_is_better=better)
    assert found is not None
    assert found.night == 4
    assert safety_alarm(before, np.full(9, 80.0 + 20 * sign), limit=2.0, higher_is_better=better) is None


def test_one_bad_night_or_a_week_hardly_recorded_does_not_fire() -> None:
    before = np.array([80.0, 84, 76, 82, 78, 81, 79, 83])
    nights = np.full(30, 80.0)
    nights[10] = 70
    assert safety_alarm(before, nights, limit=2.0, higher_is_better=True) is None
    assert safety_alarm(before, np.array([40.0, 40, 40, np.nan, np.nan]), limit=2.0, higher_is_better=True) is None


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
