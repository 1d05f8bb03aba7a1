"""Summaries of a mixture agree with a slow sum."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from noctiflora.evidence._estimate import expect, summarise
from noctiflora.evidence.model import Mixture


def mixture(weight: list[float], mean: list[float], sd: list[float], tau: list[float]) -> Mixture:
    w = np.array(weight)
    return Mixture(weight=w / w.sum(), mean=np.array(mean), var=np.array(sd) ** 2, tau=np.array(tau))


THREE = mixture([1, 2, 1], [-0.3, -0.2, 0.1], [0.1, 0.05, 0.2], [0.0, 0.05, 0.1])


def test_moments_and_interval() -> None:
    result = summarise(THREE, omega_person_scale=0.2)
    x = np.linspace(-2, 2, 40001)
    density = sum(w * norm.pdf(x, m, math.sqrt(v)) for w, m, v in zip(THREE.weight, THREE.mean, THREE.var, strict=True))
    density = density / density.sum()
    mean = float(density @ x)
    assert result.mean == pytest.approx(mean, abs=1e-6)
    assert result.sd == pytest.approx(math.sqrt(float(density @ (x - mean) ** 2)), abs=1e-5)
    cdf = np.cumsum(density)
    assert result.ci95[0] == pytest.approx(float(np.interp(0.025, cdf, x)), abs=1e-3)
    assert result.ci95[1] == pytest.approx(float(np.interp(0.975, cdf, x)), abs=1e-3)


def test_predictive_variance_adds_trials_and_people() -> None:
    result = summarise(THREE, omega_person_scale=0.2)
    e = expect("x", result)
    tau2 = float(THREE.weight @ THREE.tau**2)
    assert e.mean == pytest.approx(result.mean)
    assert e.sd**2 == pytest.approx(result.sd**2 + tau2 + 0.2**2, rel=0.01)


@pytest.mark.parametrize(("scale", "sd"), [(0.0, 0.14), (0.1, 0.17), (0.2, 0.24), (0.4, 0.42)])
def test_spread_between_people_dominates(scale: float, sd: float) -> None:
    from noctiflora.evidence import PoolSettings, load, pool

    result = pool(load(), PoolSettings(omega_person_scale=scale)).untested
    assert result.predictive_sd == pytest.approx(sd, abs=0.01)


@given(st.floats(-1, 1), st.floats(0.01, 0.5))
@settings(max_examples=20)
def test_one_normal_is_itself(mean: float, sd: float) -> None:
    result = summarise(mixture([1], [mean], [sd], [0.0]), omega_person_scale=0.0)
    assert result.mean == pytest.approx(mean)
    assert result.ci95[0] == pytest.approx(mean - 1.959964 * sd, abs=1e-6)
    assert expect("x", result).p_better_than(0) == pytest.approx(float(norm.cdf(-mean / sd)), abs=1e-9)


def test_weights_sum_to_one() -> None:
    assert sum(p.weight for p in summarise(THREE, omega_person_scale=0.2).parts) == pytest.approx(1)
