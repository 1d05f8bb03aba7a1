"""Worlds without an effect: variance, autocorrelation, and the flaw each is named for."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Noise
from noctiflora.trial._null import SECOND_ORDER, UNEQUAL, WORLDS, ar1, ar2, step, unequal

LONG = np.zeros(60_000)


def correlation(y: np.ndarray, lag: int) -> float:
    return float(np.corrcoef(y[:-lag], y[lag:])[0, 1])


@pytest.mark.parametrize("noise", [Noise(sigma=3.0, phi=0.6, white=0.3), Noise(sigma=2.0, phi=-0.4, white=0.0)])
def test_the_models_noise_has_its_spread_and_autocorrelation(noise: Noise) -> None:
    y = ar1(np.random.default_rng(1), LONG, noise)
    assert y.std() == pytest.approx(noise.sigma, rel=0.03)
    for lag in (1, 2, 3):
        assert correlation(y, lag) == pytest.approx((1 - noise.white) * noise.phi**lag, abs=0.02)


def test_second_order_noise_has_the_correlations_of_its_equations() -> None:
    y = ar2(np.random.default_rng(2), LONG, Noise(sigma=3.0, phi=0.3, white=0.0))
    first = 0.3 / (1 - SECOND_ORDER)
    assert y.std() == pytest.approx(3.0, rel=0.03)
    assert correlation(y, 1) == pytest.approx(first, abs=0.02)
    assert correlation(y, 2) == pytest.approx(0.3 * first + SECOND_ORDER, abs=0.02)


def test_second_order_noise_stays_stationary_at_the_largest_phi() -> None:
    y = ar2(np.random.default_rng(3), LONG, Noise(sigma=1.0, phi=0.99, white=0.0))
    assert np.abs(y).max() < 20


def test_a_step_moves_the_level_once_in_the_middle_half() -> None:
    y = step(np.random.default_rng(4), np.zeros(4000), Noise(sigma=1.0, phi=0.0, white=1.0))
    assert abs(y[3000:].mean() - y[:1000].mean()) == pytest.approx(1.0, abs=0.15)


def test_unequal_noise_is_wider_with_product() -> None:
    dose = np.arange(20_000) % 2.0
    y = unequal(np.random.default_rng(5), dose, Noise(sigma=1.0, phi=0.0))
    assert y[dose > 0].std() / y[dose == 0].std() == pytest.approx(UNEQUAL, rel=0.03)


@pytest.mark.parametrize("name", WORLDS)
def test_no_world_has_an_effect(name: str) -> None:
    rng, dose = np.random.default_rng(6), np.arange(60) // 10 % 2.0
    contrast = [np.diff([y[dose == d].mean() for d in (0, 1)])[0] for y in _many(name, rng, dose)]
    assert abs(np.mean(contrast)) < 4 * np.std(contrast) / np.sqrt(len(contrast))


def _many(name: str, rng: np.random.Generator, dose: np.ndarray) -> list[np.ndarray]:
    return [WORLDS[name](rng, dose, Noise(sigma=2.0, phi=0.3)) for _ in range(400)]


@pytest.mark.parametrize("bad", [{"sigma": 0.0}, {"phi": 1.0}, {"white": 1.1}, {"missing": 1.0}, {"sigma": np.nan}])
def test_impossible_noise_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(RangeError, match="no possible noise"):
        Noise(**{"sigma": 1.0, **bad})
