"""Outcomes of the same nights share noise; what dose, level and trend explain is not shared noise."""

import numpy as np
import pytest

from noctiflora.trial import Series, shared_noise
from noctiflora.trial._residuals import LARGEST

N = 400
DOSE = np.repeat([0.0, 1.0] * 10, 20)


def series(noise: np.ndarray, theta: float = 0.0, gaps: np.ndarray | None = None) -> Series:
    y = 80.0 + theta * DOSE + noise + 0.01 * np.arange(N)
    if gaps is not None:
        y[gaps] = np.nan
    return Series(nights=np.arange(1, N + 1), y=y, dose=DOSE)


def noises(rho: float) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    one, other = rng.standard_normal((2, N))
    return 4 * one, 30 * (rho * one + np.sqrt(1 - rho * rho) * other)


@pytest.mark.parametrize("rho", [0.0, 0.6, -0.6])
def test_the_correlation_of_the_noise_comes_back(rho: float) -> None:
    one, other = noises(rho)
    gaps = np.random.default_rng(6).random(N) < 0.1
    found = shared_noise([(series(one, gaps=gaps), 1.0), (series(other), 1.0)])
    # three standard errors of a correlation of 360 pairs
    assert found[0, 1] == pytest.approx(rho, abs=3 / np.sqrt(360))


def test_a_common_effect_is_no_shared_noise() -> None:
    one, other = noises(0.0)
    plain = shared_noise([(series(one), 1.0), (series(other), 1.0)])
    moved = shared_noise([(series(one, theta=20.0), 1.0), (series(other, theta=150.0), 1.0)])
    assert plain[0, 1] == pytest.approx(0.0, abs=0.15)
    # exposure is taken at middling kinetics, so a little of a large step is left over in both
    assert abs(moved[0, 1]) < 1.0
    direction = shared_noise([(series(one), 1.0), (series(-one), -1.0)])
    assert direction[0, 1] == pytest.approx(LARGEST)


def test_few_common_nights_share_nothing() -> None:
    one, other = noises(0.9)
    half = np.arange(N) < N // 2
    assert shared_noise([(series(one, gaps=half), 1.0), (series(other, gaps=~half), 1.0)])[0, 1] == 0.0


def test_pairs_that_do_not_fit_together_are_drawn_to_the_identity() -> None:
    one, _ = noises(0.0)
    thirds = [np.arange(N) % 3 == k for k in range(3)]
    # each pair is compared on other nights, where the noise is made to agree as no three can
    a, b, c = one.copy(), one.copy(), one.copy()
    a[thirds[2]], b[thirds[1]], c[thirds[2]] = np.nan, np.nan, np.nan
    c[thirds[0]] = -one[thirds[0]]
    found = shared_noise([(series(x), 1.0) for x in (a, b, c)])
    assert np.linalg.eigvalsh(found)[0] > 0
    assert np.diag(found).tolist() == pytest.approx([1.0] * 3)


def test_no_outcome_is_no_matrix() -> None:
    assert shared_noise([]).shape == (0, 0)
