"""Quantiles of mixtures against known ones and against a root finder."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from noctiflora.trial._mixture_kernel import MANY, fewer_parts, given_theta, quantiles

LEVELS = np.array([0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975])


def run(weight: np.ndarray, mean: np.ndarray, sd: np.ndarray, *, exact: bool = True) -> np.ndarray:
    out = np.empty((mean.shape[0], 2 + LEVELS.size))
    quantiles(weight, mean, sd, LEVELS, out, exact)
    return out


def test_one_normal_has_its_own_quantiles() -> None:
    out = run(np.ones(1), np.array([[3.0], [-1e6]]), np.array([[2.0], [1e-3]]))
    assert out[0] == pytest.approx([3.0, 2.0, *(3 + 2 * norm.ppf(LEVELS))], rel=1e-6)
    assert out[1, 2:] == pytest.approx(-1e6 + 1e-3 * norm.ppf(LEVELS), abs=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(0.01, 30), st.floats(1e-3, 1e3))
def test_quantiles_invert_the_chance_below(seed: int, parts: int, apart: float, scale: float) -> None:
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.full(parts, 0.5) + 1e-3)
    mean = scale * apart * rng.normal(size=(1, parts))
    sd = scale * rng.uniform(0.3, 3, (1, parts))
    out = run(weight, mean, sd)[0]

    def chance(x: float) -> float:
        return float(np.sum(weight * norm.cdf((x - mean[0]) / sd[0])))

    assert out[0] == pytest.approx(weight @ mean[0], rel=1e-9, abs=1e-9 * scale)
    assert [chance(x) for x in out[2:]] == pytest.approx(LEVELS, abs=1e-5)
    assert np.all(np.diff(out[2:]) > 0)


def test_two_far_peaks_with_a_gap_between() -> None:
    weight, mean, sd = np.array([0.3, 0.7]), np.array([[-100.0, 100.0]]), np.ones((1, 2))
    out = run(weight, mean, sd)[0]
    for level, found in zip(LEVELS, out[2:], strict=True):
        inside = level / 0.3 if level < 0.3 else (level - 0.3) / 0.7
        side = -100.0 if level < 0.3 else 100.0
        assert found == pytest.approx(side + norm.ppf(inside), abs=1e-4)


def many_parts(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    weight = rng.dirichlet(np.full(2 * MANY, 0.3))
    mean = rng.standard_t(4, size=(2, 2 * MANY)) * np.array([[0.4], [3.0]])
    return weight, mean, np.exp(rng.normal(scale=0.4, size=(2, 2 * MANY)))


@pytest.mark.parametrize("seed", range(4))
def test_merging_near_parts_moves_quantiles_by_next_to_nothing(seed: int) -> None:
    weight, mean, sd = many_parts(seed)
    exact, merged = (run(weight, mean, sd, exact=flag) for flag in (True, False))
    assert merged[:, :2] == pytest.approx(exact[:, :2], rel=1e-12, abs=1e-12)
    assert np.abs(merged - exact).max() < 0.01 * exact[:, 1].min()
    assert not np.array_equal(merged, exact)


def test_fewer_parts_keep_the_moments() -> None:
    weight, mean, sd = (np.atleast_2d(a)[0] for a in many_parts(1))
    w, m, s = fewer_parts(weight, mean, sd)
    assert w.size < 3072
    assert w.sum() == pytest.approx(1.0)
    assert w @ m == pytest.approx(weight @ mean)
    assert w @ (s * s + m * m) == pytest.approx(weight @ (sd * sd + mean * mean))
    assert fewer_parts(weight[:9], mean[:9], sd[:9])[0].size == 9


def test_coefficients_given_theta_are_the_normals_of_the_text() -> None:
    rng = np.random.default_rng(5)
    at_zero, per_theta, var = rng.normal(size=(7, 3)), rng.normal(size=(7, 3)), rng.uniform(0.1, 2, (7, 3))
    theta, theta_sd = rng.normal(size=(7, 2)), rng.uniform(0.1, 2, (7, 2))
    mean, sd = np.empty((2, 3, 14))
    given_theta(at_zero, per_theta, var, theta, theta_sd, mean, sd)
    for i in range(7):
        for k in range(2):
            assert mean[:, 2 * i + k] == pytest.approx(at_zero[i] - theta[i, k] * per_theta[i])
            assert sd[:, 2 * i + k] ** 2 == pytest.approx(var[i] + (theta_sd[i, k] * per_theta[i]) ** 2)
