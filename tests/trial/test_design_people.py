"""The simulated people: that they are who the priors say, and the same for every design."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Noise, Prior, Priors
from noctiflora.trial._design_noise import known_noise
from noctiflora.trial._design_people import PER_GROUP, draw_people
from tests.trial.design_cells import NOISE, SLOW


def test_effects_and_kinetics_follow_their_priors() -> None:
    mixed = replace(SLOW, theta=(Normal(weight=0.7, mean=1.0, sd=0.5), Normal(weight=0.3, mean=-2.0, sd=3.0)))
    people = draw_people(1, mixed, known_noise(NOISE), n=4000, n_nights=20)
    for x in (-3.0, 0.0, 1.0, 2.0):
        share = 0.7 * ndtr((x - 1) / 0.5) + 0.3 * ndtr((x + 2) / 3)
        # evenly spread points: far closer than the .008 of plain draws
        assert np.mean(people.theta < x) == pytest.approx(share, abs=0.004)
    assert np.log(people.tau_on).mean() == pytest.approx(SLOW.hyper["log_tau_on"].mean, abs=0.02)
    assert np.log(people.tau_off).std() == pytest.approx(0.6, rel=0.03)
    assert people.trend.std() == pytest.approx(2.0, rel=0.03)
    assert not people.known.any()


def test_noise_is_the_models_own() -> None:
    people = draw_people(2, SLOW, known_noise(Noise(sigma=3.0, phi=0.7, white=0.3)), n=400, n_nights=280)
    y = people.noise
    assert y.std() == pytest.approx(3.0, rel=0.02)
    assert y[:, 0].std() == pytest.approx(3.0, rel=0.12)
    # autocorrelation of slow part plus white noise: (1 - r) phi^k
    for lag in (1, 3):
        assert np.mean(y[:, lag:] * y[:, :-lag]) / 9 == pytest.approx(0.7 * 0.7**lag, abs=0.03)


def test_the_same_seed_gives_the_same_people_whatever_is_expected_of_them() -> None:
    one = draw_people(3, SLOW, known_noise(NOISE), n=100, n_nights=60)
    two = draw_people(3, SLOW, known_noise(NOISE), n=100, n_nights=60, known=Prior(mean=2.0, sd=0.5))
    assert np.array_equal(one.noise, two.noise)
    assert np.array_equal(one.theta, two.theta)
    assert np.array_equal(one.gap, two.gap)
    assert two.known.mean() == pytest.approx(2.0, abs=0.1)
    assert not np.array_equal(one.noise, draw_people(4, SLOW, known_noise(NOISE), n=100, n_nights=60).noise)


def test_groups_balance_their_orders() -> None:
    people = draw_people(5, SLOW, known_noise(NOISE), n=8 * PER_GROUP, n_nights=40)
    assert people.n_groups == 8
    assert np.all(people.coins.sum(axis=0) == 4)
    assert people.gap.mean() == pytest.approx(0.07, abs=0.04)
    assert people.group(1) == slice(PER_GROUP, 2 * PER_GROUP)


def test_half_a_group_is_refused() -> None:
    with pytest.raises(RangeError, match="groups"):
        draw_people(1, SLOW, known_noise(NOISE), n=PER_GROUP + 1, n_nights=40)
    with pytest.raises(RangeError, match="no effect"):
        draw_people(
            1, Priors(coefficients=SLOW.coefficients, hyper=SLOW.hyper), known_noise(NOISE), n=PER_GROUP, n_nights=40
        )
