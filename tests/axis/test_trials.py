"""Virtual trials: estimates scatter about the truth as their standard errors say."""

import numpy as np
import pytest

from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._placebo import Placebo
from noctiflora.axis._strain import Strain
from noctiflora.axis._trials import crossover_trial, parallel_trial
from noctiflora.core import RangeError, Source

STRAIN = (Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=Strain(potency=0.3)),)


def test_parallel() -> None:
    trial = parallel_trial(STRAIN, people=48, weeks=6, seed=1)
    assert trial.score.shape == trial.active.shape == (48, 7)
    assert not trial.active[:, 0].any()
    assert trial.active[:, -1].sum() == 24
    assert trial.truth < -1
    assert abs(trial.difference - trial.truth) < 3 * trial.se
    assert 0.3 < trial.se < 0.9


def test_crossover_is_sharper_than_parallel() -> None:
    trial = crossover_trial(STRAIN, people=48, period_weeks=4, washout_weeks=4, seed=1)
    assert trial.truth < -0.8
    assert abs(trial.difference - trial.truth) < 3.5 * trial.se + 0.3, "carry-over is left in"
    assert trial.se < parallel_trial(STRAIN, people=48, weeks=4, seed=1).se


def test_nothing_given_nothing_found() -> None:
    trial = parallel_trial((), people=24, weeks=2, seed=3)
    assert trial.truth == 0
    assert abs(trial.difference) < 3 * trial.se


def test_placebo_moves_everyone_alike() -> None:
    placebo = Placebo(change=-2.0, time_days=7.0, source=Source(ref="assumed", note="test"))
    plain, shifted = (parallel_trial(STRAIN, people=8, weeks=2, seed=2, placebo=p) for p in (None, placebo))
    assert shifted.difference == pytest.approx(plain.difference)
    assert np.allclose((shifted.score - plain.score)[:, 1], placebo.at(np.array([7.0])))


def test_noise_can_be_left_out() -> None:
    trial = crossover_trial((), people=4, period_weeks=1, washout_weeks=0, noise_sd=0.0)
    assert abs(trial.difference) < 0.05


@pytest.mark.parametrize("people", [2, 7])
def test_odd_or_tiny_trials_are_refused(people: int) -> None:
    with pytest.raises(RangeError):
        parallel_trial(STRAIN, people=people)
    with pytest.raises(RangeError):
        crossover_trial(STRAIN, people=people)
