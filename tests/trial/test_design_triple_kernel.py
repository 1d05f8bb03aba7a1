"""The compiled analysis of two products: one of them without a dose leaves the analysis of the other alone."""

import numpy as np
import pytest

from noctiflora.trial._design_kernel import FOUND, RAW, conclude, weigh
from noctiflora.trial._design_triple_kernel import weigh_two

N, LANES, K = 40, 3, 64
RNG = np.random.default_rng(1)
DOSE = np.repeat([0.0, 1.0, 0.0, 1.0], 10)
Y = 2 * DOSE[:, None] + RNG.standard_normal((N, LANES))
COLS = np.column_stack([np.full(N, 5.0), np.linspace(-1, 1, N)])
SEEN = np.ones(N, dtype=bool)
Z = np.column_stack([RNG.normal(0.3, 0.3, K), RNG.normal(0, 1, K), RNG.normal(1, 0.5, K), RNG.normal(1, 0.5, K)])
PARTS = np.array([[1.0, 1.0, 2.0]])
SCEPTIC = np.array([[1.0, 0.0, 2.0]])
SIGMA = np.array([0.0, 0.5, 1.15])
ENDS, SHIFTS = np.array([20, N]), np.array([0.1, 0.0])


def one_product() -> np.ndarray:
    points = np.column_stack([Z, np.zeros(K), np.zeros(K)])
    raw = np.empty((2, K, LANES, RAW))
    weigh(points, COLS, SEEN, DOSE, Y, ENDS, SHIFTS, SIGMA, PARTS, SCEPTIC, np.array([1.0, 1.0]), raw)
    return raw


def two_products(doses: np.ndarray, plain: np.ndarray) -> np.ndarray:
    points = np.column_stack([Z, Z[:, 2:], np.zeros(K), np.zeros(K)])
    raw = np.empty((2, K, 2, LANES, RAW))
    aim = np.array([[1.0, 1.0], [1.0, 1.0]])
    weigh_two(
        points, COLS, SEEN, doses, Y, ENDS, SHIFTS, SIGMA, (PARTS, PARTS), (SCEPTIC, SCEPTIC), plain, aim, raw
    )  # fmt: skip
    return raw


@pytest.mark.parametrize("role", [0, 1])
def test_a_product_that_is_never_taken_changes_nothing(role: int) -> None:
    doses = np.zeros((2, N))
    doses[role] = DOSE
    raw = two_products(doses, np.array([[1.0, 2.0], [1.0, 2.0]]))[:, :, role]
    assert np.allclose(raw[..., [1, 2, 4]], one_product()[..., [1, 2, 4]], atol=1e-10)
    # the prior of an effect that nothing is learnt of adds nothing to the weights
    assert np.allclose(raw[..., 0], one_product()[..., 0], atol=1e-8)


def test_the_product_never_taken_keeps_its_prior() -> None:
    raw = two_products(np.array([DOSE, np.zeros(N)]), np.array([[1.0, 2.0], [1.0, 2.0]]))
    found = np.empty((2, LANES, FOUND))
    conclude(np.ascontiguousarray(raw[:, :, 1]), found)
    assert found[..., 0] == pytest.approx(0.6914625, abs=1e-6)


def test_a_nuisance_with_a_prior_mean_is_the_outcome_less_that_mean() -> None:
    """With an effect that is certain to be 2, the other product explains its nights away."""
    doses = np.array([DOSE[::-1], DOSE])
    sure = two_products(doses, np.array([[0.0, 1.0], [2.0, 1e-4]]))[:, :, 0]
    # taken off by hand, at the same onset and wash-out
    from noctiflora.trial import exposure

    k = 5
    e = exposure(DOSE, float(np.exp(Z[k, 2])), float(np.exp(Z[k, 3])))
    points = np.column_stack([Z, np.zeros(K), np.zeros(K)])
    raw = np.empty((2, K, LANES, RAW))
    weigh(
        points, COLS, SEEN, doses[0], Y - 2 * e[:, None], ENDS, SHIFTS, np.array([0.0, 0.0, 1.15]), PARTS, SCEPTIC,
        np.array([1.0, 1.0]), raw,
    )  # fmt: skip
    fixed = np.empty((2, K, 2, LANES, RAW))
    weigh_two(
        np.column_stack([Z, Z[:, 2:], np.zeros(K), np.zeros(K)]), COLS, SEEN, doses, Y, ENDS, SHIFTS,
        np.array([0.0, 0.0, 1.15]), (PARTS, PARTS), (SCEPTIC, SCEPTIC), np.array([[0.0, 1.0], [2.0, 1e-4]]),
        np.array([[1.0, 1.0], [1.0, 1.0]]), fixed,
    )  # fmt: skip
    assert fixed[:, k, 0, :, 1] == pytest.approx(raw[:, k, :, 1], abs=1e-4)
    # the log weights are the same but for one number, which is one for all lanes
    assert np.ptp(fixed[1, k, 0, :, 0] - raw[1, k, :, 0]) < 1e-3
    assert np.all(np.isfinite(sure))
