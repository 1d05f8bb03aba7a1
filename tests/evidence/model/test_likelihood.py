"""Taking in a term agrees with a slow sum over u, and stays finite in the tails."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from noctiflora.evidence.model._likelihood import Belief, log_between, log_exact, take_between, take_exact

SPREADS = st.floats(0.02, 0.5)
EFFECTS = st.floats(-1.0, 1.0)


def belief(mean: float, sd: float) -> Belief:
    return Belief(log_z=np.zeros(1), mean=np.array([mean]), var=np.array([sd**2]))


def slow(mean: float, sd: float, weight: np.ndarray, u: np.ndarray) -> tuple[float, float, float]:
    """Return probability, mean and SD of u by a plain sum."""
    density = norm.pdf(u, mean, sd) * weight
    step = u[1] - u[0]
    z = density.sum() * step
    if z < 1e-8:
        return z, math.nan, math.nan
    m = (density * u).sum() * step / z
    return z, m, math.sqrt((density * (u - m) ** 2).sum() * step / z)


@given(EFFECTS, SPREADS, EFFECTS, EFFECTS, SPREADS)
@settings(max_examples=40)
def test_exact_term_against_a_sum(mean: float, sd: float, y: float, centre: float, noise: float) -> None:
    u = np.linspace(mean - 12 * sd, mean + 12 * sd, 20001)
    at = np.array([centre])
    after = take_exact(belief(mean, sd), y, centre=at, noise=np.array([noise**2]))
    z, m, s = slow(mean, sd, norm.pdf(y, centre + u, noise), u)
    if math.isnan(m):
        return
    assert math.exp(after.log_z[0]) == pytest.approx(z, rel=1e-6)
    assert after.mean[0] == pytest.approx(m, abs=1e-6)
    assert math.sqrt(after.var[0]) == pytest.approx(s, rel=1e-4)


@given(EFFECTS, SPREADS, st.sampled_from(["low", "middle", "high"]), st.floats(0.1, 1.0), EFFECTS, SPREADS)
@settings(max_examples=60)
def test_censored_term_against_a_sum(
    mean: float, sd: float, which: str, cut: float, centre: float, noise: float
) -> None:
    low, high = {"low": (-math.inf, -cut), "middle": (-cut, cut), "high": (cut, math.inf)}[which]
    u = np.linspace(mean - 12 * sd, mean + 12 * sd, 20001)
    weight = norm.cdf((high - centre - u) / noise) - norm.cdf((low - centre - u) / noise)
    z, m, s = slow(mean, sd, weight, u)
    if math.isnan(m):
        return
    after = take_between(belief(mean, sd), low, high, centre=np.array([centre]), noise=np.array([noise**2]))
    assert math.exp(after.log_z[0]) == pytest.approx(z, rel=1e-5)
    assert after.mean[0] == pytest.approx(m, abs=1e-5)
    assert math.sqrt(after.var[0]) == pytest.approx(s, rel=1e-3)


@pytest.mark.parametrize("centre", [-30.0, -3.0, 0.0, 3.0, 30.0])
@pytest.mark.parametrize("edges", [(-math.inf, -0.4), (-0.4, 0.4), (0.4, math.inf)])
def test_tails_stay_finite(centre: float, edges: tuple[float, float]) -> None:
    after = take_between(belief(0.0, 0.1), *edges, centre=np.array([centre]), noise=np.array([0.01]))
    assert np.isfinite([after.log_z[0], after.mean[0], after.var[0]]).all()
    assert 0 <= after.var[0] <= 0.1**2 + 1e-12


def test_a_belief_without_spread_is_not_moved() -> None:
    after = take_exact(belief(0.2, 0.0), -1.0, centre=np.zeros(1), noise=np.array([0.04]))
    assert after.mean[0] == 0.2
    assert after.var[0] == 0.0
    after = take_between(belief(0.2, 0.0), -0.1, 0.1, centre=np.zeros(1), noise=np.array([0.04]))
    assert after.mean[0] == pytest.approx(0.2)
    assert after.var[0] == pytest.approx(0.0)


def test_log_probabilities_are_those_of_a_normal() -> None:
    at, noise = np.array([-0.1, 0.3]), np.array([0.04, 0.09])
    expected = norm.cdf(0.4, at, np.sqrt(noise)) - norm.cdf(-0.4, at, np.sqrt(noise))
    np.testing.assert_allclose(np.exp(log_between(-0.4, 0.4, centre=at, noise=noise)), expected)
    np.testing.assert_allclose(log_exact(0.2, centre=at, noise=noise), norm.logpdf(0.2, at, np.sqrt(noise)))


def test_the_three_words_share_the_whole_probability() -> None:
    at, noise = np.array([-0.7, 0.0, 0.2]), np.array([0.05])
    edges = [(-math.inf, -0.4), (-0.4, 0.4), (0.4, math.inf)]
    total = sum(np.exp(log_between(*e, centre=at, noise=noise)) for e in edges)
    np.testing.assert_allclose(total, 1.0)
