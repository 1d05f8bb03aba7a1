"""The whole chain: a made-up person, a randomised personal trial, and whether the analysis finds the truth.

The analysis knows nothing of the model that made the nights; its own curve of onset and
wash-out and its vague prior stand against the model's slow glands and arousal.
"""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.axis import COMPLAINT, Intervention, Kind, Person, Strain, draw_person, virtual_n_of_1
from noctiflora.axis._schedule import Schedule
from noctiflora.trial import Priors, Status, parse_series, posterior

PERIOD, PAIRS = 21, 4


def one_trial(index: int) -> tuple[float, tuple[float, float], float]:
    """Return truth, 90 % interval and estimate of a person's trial of 24 weeks."""
    rng = np.random.Generator(np.random.Philox(key=[11, index]))
    drawn = draw_person(COMPLAINT, seed=11, index=index)
    day = replace(drawn.schedule.days[0], stress=round(drawn.stress, 2))
    pairs = [[0, 1] if rng.random() < 0.5 else [1, 0] for _ in range(PAIRS)]
    doses = np.repeat(np.array(pairs).reshape(-1), PERIOD).tolist()
    strain = Strain(potency=float(np.clip(rng.normal(0.15, 0.15), -0.2, 0.6)))
    series = virtual_n_of_1(
        [Intervention(kind=Kind.LIVE_STRAIN, dose=1, strain=strain)],
        doses=doses,
        person=Person(values=drawn.values),
        schedule=Schedule(days=(day,)),
        seed=index,
    )
    found = posterior(parse_series(series.csv(), where="virtual"), Priors())
    assert found.status is Status.CONVERGED
    return series.truth, (found.theta.q[0.05], found.theta.q[0.95]), found.theta.mean


@pytest.mark.parametrize(("trials", "least"), [(10, 6), pytest.param(150, 123, marks=pytest.mark.slow)])
def test_intervals_hold_the_truth_about_as_often_as_they_say(trials: int, least: int) -> None:
    """Of 90 % intervals at least 82 % must hold the truth over 150 trials."""
    results = [one_trial(i) for i in range(trials)]
    held = sum(low <= truth <= high for truth, (low, high), _ in results)
    assert held >= least, f"{held} of {trials}"
    truths, means = np.array([r[0] for r in results]), np.array([r[2] for r in results])
    assert np.corrcoef(truths, means)[0, 1] > 0.2
