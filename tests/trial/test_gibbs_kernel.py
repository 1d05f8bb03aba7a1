"""The inner steps of a sweep against dense formulas."""

import numpy as np
import pytest

from noctiflora.trial._gibbs_kernel import _coefficients, _log_like, _path, _recut
from noctiflora.trial._normal_kernel import log_between
from tests.trial import plain_engine as plain
from tests.trial.test_kernel import some_frame

Z = np.array([0.6, 0.7, -0.4, 1.5, 1.2, 0.8, 2.0])


def world(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Columns, seen nights, doses of two products, weights, priors of the effects."""
    frame = some_frame(seed, n=30, p=2)
    rng = np.random.default_rng(seed)
    doses = np.vstack([frame.dose, rng.choice([0.0, 1.0], 30)])
    return frame.cols, frame.seen, doses, rng.gamma(2.0, 0.5, 30), np.array([[0.4, 1.3], [-0.2, 0.7]])


def dense(z: np.ndarray, seen: np.ndarray, lam: np.ndarray) -> np.ndarray:
    share = 1 / (1 + np.exp(-z[2]))
    cov = plain.noise_covariance(z, seen)
    return cov + np.diag(np.exp(2 * z[1]) * share * (1 / lam[seen] - 1))


def run(seed: int) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    cols, seen, doses, lam, prior = world(seed)
    e, gram, low, rhs = np.empty((2, 30)), np.empty((5, 5)), np.zeros((4, 4)), np.empty(4)
    value = _log_like(Z, cols, seen, doses, lam, prior, e, gram, low, rhs)
    return value, e, low, rhs


@pytest.mark.parametrize("seed", range(5))
def test_likelihood_and_coefficients_are_those_of_the_dense_normal(seed: int) -> None:
    cols, seen, doses, lam, prior = world(seed)
    value, e, low, rhs = run(seed)
    assert e[0] == pytest.approx(plain.exposure(doses[0], Z[3], Z[4]))
    assert e[1] == pytest.approx(plain.exposure(doses[1], Z[5], Z[6]))
    cov = dense(Z, seen, lam)
    x, es = cols[seen, 1:], e[:, seen].T
    marginal = cov + x @ x.T + (es * prior[:, 1] ** 2) @ es.T
    expected = plain.log_normal(cols[seen, 0], es @ prior[:, 0], marginal)
    constant = 0.5 * seen.sum() * np.log(2 * np.pi)
    assert value == pytest.approx(expected + constant, abs=1e-8)
    design = np.column_stack([x, es])
    known = np.diag(np.concatenate([np.ones(2), prior[:, 1] ** -2.0]))
    precision = design.T @ np.linalg.inv(cov) @ design + known
    mean = np.linalg.solve(
        precision, design.T @ np.linalg.inv(cov) @ cols[seen, 0] + known @ np.append([0, 0], prior[:, 0])
    )
    beta = np.empty(4)
    _coefficients(low, rhs, np.zeros(4), beta)
    assert beta == pytest.approx(mean, abs=1e-8)
    assert low @ low.T == pytest.approx(precision, rel=1e-8)


def test_the_path_without_chance_is_the_smoothed_mean() -> None:
    _, seen, _, lam, _ = world(3)
    rest = np.random.default_rng(1).normal(size=30)
    z = Z.copy()
    z[1] = 0.0
    path = np.empty(30)
    _path(z, rest, seen, lam, np.zeros(30), path, np.empty(30))
    share, phi = 1 / (1 + np.exp(-z[2])), np.tanh(z[0])
    lag = np.abs(np.arange(30)[:, None] - np.arange(30))
    slow = (1 - share) * phi**lag
    total = slow[np.ix_(seen, seen)] + np.diag(share / lam[seen])
    assert path == pytest.approx(slow[:, seen] @ np.linalg.solve(total, rest[seen]), abs=1e-9)


def test_drawn_paths_scatter_as_the_dense_normal() -> None:
    _, seen, _, lam, _ = world(4)
    rest, rng = np.random.default_rng(1).normal(size=30), np.random.default_rng(2)
    z = Z.copy()
    z[1] = 0.0
    drawn = np.empty((20_000, 30))
    for row in drawn:
        _path(z, rest, seen, lam, rng.normal(size=30), row, np.empty(30))
    share, phi = 1 / (1 + np.exp(-z[2])), np.tanh(z[0])
    lag = np.abs(np.arange(30)[:, None] - np.arange(30))
    slow = (1 - share) * phi**lag
    total = slow[np.ix_(seen, seen)] + np.diag(share / lam[seen])
    expected = slow - slow[:, seen] @ np.linalg.solve(total, slow[seen])
    assert np.cov(drawn.T) == pytest.approx(expected, abs=0.02)


def test_a_cutpoint_moves_only_where_the_nights_allow_it() -> None:
    """With one inner cutpoint, the share of accepted tries is that of the likelihood ratio."""
    eta, sd = np.array([2.0, 2.4, 3.6, 3.9]), 0.5
    cat, seen = np.array([1, 1, 2, 2]), np.ones(4, dtype=bool)
    start = np.array([-np.inf, 1.5, 3.0, 4.5, np.inf])
    for tried in (0.2, 0.45, 0.9):
        at = 1.5 + 3.0 * tried
        gain = sum(
            log_between((1.5 - x) / sd, (at - x) / sd) - log_between((1.5 - x) / sd, (3.0 - x) / sd) for x in eta[:2]
        ) + sum(
            log_between((at - x) / sd, (4.5 - x) / sd) - log_between((3.0 - x) / sd, (4.5 - x) / sd) for x in eta[2:]
        )
        for uniform, moves in ((np.exp(gain) * 0.999, True), (min(np.exp(gain) * 1.001, 1.0), False)):
            cuts = start.copy()
            _recut(eta, sd, cat, seen, cuts, np.array([tried]), np.array([uniform]))
            assert cuts[2] == pytest.approx(at if moves else 3.0)
