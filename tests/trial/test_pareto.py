"""The shape of the weights' tail: known shapes are found, flat weights are harmless."""

import numpy as np
import pytest

from noctiflora.trial._pareto import pareto_k


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.7, 0.9])
def test_a_known_shape_is_found_on_average(shape: float) -> None:
    # exponential log-weights make Pareto weights; mean of 40 estimates has an error of about 0.02
    found = [pareto_k(shape * np.random.default_rng(seed).standard_exponential(4096)) for seed in range(40)]
    assert np.mean(found) == pytest.approx(shape, abs=0.06)


def test_bounded_weights_have_a_low_shape() -> None:
    rng = np.random.default_rng(1)
    assert pareto_k(np.log(rng.uniform(0.5, 1.5, 4096))) < 0


@pytest.mark.parametrize("weights", [np.zeros(512), np.zeros(3), np.append(np.zeros(511), -np.inf)])
def test_weights_that_are_all_alike_are_harmless(weights: np.ndarray) -> None:
    assert pareto_k(weights) == 0.0


def test_a_constant_added_changes_nothing() -> None:
    log_weight = np.random.default_rng(2).normal(size=600)
    assert pareto_k(log_weight + 700) == pytest.approx(pareto_k(log_weight), rel=1e-9)


def test_weights_that_a_few_points_carry_do_not_pass() -> None:
    assert pareto_k(np.linspace(-1000, 0, 512)) > 0.7
    assert pareto_k(np.append(np.full(511, -800.0), 0.0)) > 0.7
    assert np.isfinite(pareto_k(np.append(np.full(511, -np.inf), 0.0)))


def test_one_weight_that_carries_all_does_not_pass() -> None:
    log_weight = np.random.default_rng(3).normal(size=512)
    log_weight[7] = 60.0
    assert pareto_k(log_weight) > 0.7
