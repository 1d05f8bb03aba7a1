"""Elementary functions in plain arithmetic, against the library's."""

import math

import numpy as np
import pytest
from numba import njit

from noctiflora.axis import _elementary as e


@njit
def _each(x: np.ndarray, out: np.ndarray) -> None:
    for i in range(x.size):
        out[0, i] = e.exp(x[i])
        out[1, i] = e.sin(x[i])
        out[2, i] = e.cos(x[i])
        out[3, i] = e.sig(x[i])
        out[4, i] = e.pos(x[i])
        out[5, i] = e.sqrt(x[i] * x[i])


@pytest.fixture(scope="module")
def pairs() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(2)
    x = np.concatenate([rng.uniform(-690, 690, 4000), rng.uniform(-2, 2, 4000), [0.0, -0.0, 1e-300, math.pi]])
    out = np.empty((6, x.size))
    _each(x, out)
    return x, out


def test_exp_is_exact_to_the_last_digits(pairs: tuple[np.ndarray, np.ndarray]) -> None:
    x, out = pairs
    assert np.max(np.abs(out[0] / np.exp(x) - 1)) < 4e-15


def test_sine_and_cosine_over_years_of_phase(pairs: tuple[np.ndarray, np.ndarray]) -> None:
    x, out = pairs
    assert np.max(np.abs(out[1] - np.sin(x))) < 1e-13
    assert np.max(np.abs(out[2] - np.cos(x))) < 1e-13


def test_the_rest(pairs: tuple[np.ndarray, np.ndarray]) -> None:
    x, out = pairs
    assert np.allclose(out[3], 1 / (1 + np.exp(-np.clip(x, -700, 700))), rtol=1e-13, atol=1e-300)
    assert np.array_equal(out[4], np.maximum(x, 0))
    assert np.allclose(out[5], np.abs(x), rtol=1e-15)


def test_beyond_the_range_exp_is_held() -> None:
    out = np.empty((6, 2))
    _each(np.array([-5000.0, 5000.0]), out)
    assert np.all(np.isfinite(out[0]))
    assert out[3, 0] < 1e-300
    assert out[3, 1] == 1.0
