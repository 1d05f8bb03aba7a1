"""What a run-in tells of the noise: the truth where it is long, the priors where it is short."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Noise, Priors, Series
from noctiflora.trial._design_noise import ENOUGH, MISSING, known_noise, learn_noise
from noctiflora.trial._null import ar1
from tests.trial.design_cells import SLOW

TRUE = Noise(sigma=7.0, phi=0.6, white=0.2)


def run_in(n: int, missing: float = 0.0, seed: int = 1) -> Series:
    rng = np.random.default_rng(seed)
    y = 85 + ar1(rng, np.zeros(n), TRUE)
    y[rng.random(n) < missing] = np.nan
    return Series(nights=np.arange(1, n + 1), y=y, dose=np.zeros(n))


def test_a_long_run_in_tells_the_truth() -> None:
    found = learn_noise(run_in(700, missing=0.1), SLOW)
    middle = found.middle
    assert middle.sigma == pytest.approx(TRUE.sigma, rel=0.15)
    assert middle.phi == pytest.approx(TRUE.phi, abs=0.2)
    assert middle.missing == pytest.approx(0.1, abs=0.03)
    assert found.weight.sum() == pytest.approx(1.0)


def test_a_short_run_in_is_drawn_to_the_priors() -> None:
    """Two weeks move sigma towards what they say, and leave the rest wider than two years do."""
    short, long = learn_noise(run_in(14), SLOW), learn_noise(run_in(700), SLOW)
    assert SLOW.hyper["log_sigma"].mean < np.log(short.middle.sigma) < np.log(10)

    def spread(found) -> np.ndarray:
        mean = found.weight @ found.z
        return np.sqrt(found.weight @ (found.z - mean) ** 2)

    assert np.all(spread(short) > spread(long))
    assert np.all(spread(short) < 1.05 * np.array([0.45, 0.5, 1.5]))


def test_without_enough_nights_the_priors_speak() -> None:
    for nights in (None, run_in(ENOUGH - 1)):
        found = learn_noise(nights, SLOW)
        assert found.n_known == 0
        assert found.missing == MISSING
        assert found.middle.sigma == pytest.approx(4.3, rel=0.01)
        assert found.z.std(axis=0) == pytest.approx([0.45, 0.5, 1.5], rel=0.02)


def test_missing_nights_are_drawn_to_what_is_assumed() -> None:
    y = np.full(14, np.nan)
    y[:7] = run_in(7).y
    found = learn_noise(Series(nights=np.arange(1, 15), y=y, dose=np.zeros(14)), SLOW)
    assert found.missing == pytest.approx((7 + 0.07 * 14) / 28)


def test_draws_follow_the_weights_and_one_point_is_one_point() -> None:
    exact = known_noise(TRUE)
    assert exact.middle.sigma == pytest.approx(TRUE.sigma)
    assert exact.middle.phi == pytest.approx(TRUE.phi)
    assert exact.middle.white == pytest.approx(TRUE.white)
    assert np.ptp(exact.draw(np.array([0.0, 0.4, 1.0])), axis=0).tolist() == [0, 0, 0]
    learnt = learn_noise(run_in(40), SLOW)
    drawn = learnt.draw((np.arange(5000) + 0.5) / 5000)
    assert drawn.mean(axis=0) == pytest.approx(learnt.weight @ learnt.z, abs=0.02)
    assert learnt.steadier(0.5).middle.sigma == pytest.approx(0.5 * learnt.middle.sigma)


def test_a_run_in_with_product_is_refused() -> None:
    with pytest.raises(RangeError, match="run-in has no product"):
        learn_noise(Series(nights=[1, 2], y=[1.0, 2.0], dose=[0, 1]), SLOW)
    with pytest.raises(RangeError, match="7 nights"):
        learn_noise(None, Priors())
