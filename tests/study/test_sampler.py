"""Weighted points of densities whose answers are known."""

import numpy as np
import pytest
from scipy.stats import gamma, multivariate_normal, truncnorm

from noctiflora.study._sampler import sample
from noctiflora.trial import pareto_k


def test_a_normal_is_found_far_from_where_one_begins() -> None:
    centre, cov = np.array([3.0, -2.0, 0.5]), np.array([[0.01, 0.006, 0], [0.006, 0.02, 0], [0, 0, 2.0]])
    found = sample(lambda x: multivariate_normal(centre, cov).logpdf(x), np.zeros(3), np.ones(3))
    mean = found.weight @ found.rows
    away = found.rows - mean
    assert mean == pytest.approx(centre, abs=0.03)
    assert (away * found.weight[:, None]).T @ away == pytest.approx(cov, rel=0.1, abs=0.02)
    assert found.ess > 0.6
    assert pareto_k(found.log_weight) < 0.5


def test_a_skew_density_keeps_its_tail() -> None:
    """The logarithm of a gamma variable falls off slowly to the left."""
    shape = 1.2

    def log_density(x: np.ndarray) -> np.ndarray:
        return np.asarray(shape * x[:, 0] - np.exp(x[:, 0]))

    found = sample(log_density, np.array([-1.0]), np.ones(1), points=4096)
    values = np.exp(found.rows[:, 0])
    for p in (0.01, 0.1, 0.5, 0.9, 0.99):
        below = found.weight[values <= gamma(shape).ppf(p)].sum()
        assert below == pytest.approx(p, abs=0.01)


def test_the_same_density_gives_the_same_points() -> None:
    one, two = (sample(lambda x: -0.5 * np.sum(x * x, axis=1), np.zeros(2), np.ones(2)) for _ in range(2))
    assert one.rows.tobytes() == two.rows.tobytes()


def test_a_density_that_is_nothing_in_places_is_borne() -> None:
    def cut(x: np.ndarray) -> np.ndarray:
        return np.where(x[:, 0] > -1.0, -0.5 * x[:, 0] ** 2, -np.inf)

    found = sample(cut, np.array([-0.95]), np.ones(1), points=4096)
    assert found.weight @ found.rows[:, 0] == pytest.approx(truncnorm(-1.0, np.inf).mean(), abs=0.03)
