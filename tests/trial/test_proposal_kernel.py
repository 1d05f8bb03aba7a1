"""The compiled mixture density against scipy, in odd and even dimensions, near and far."""

import numpy as np
import pytest
from scipy.stats import multivariate_t

from noctiflora.trial._proposal_kernel import FREEDOM, log_mixture


def by_scipy(u: np.ndarray, centre: np.ndarray, root: np.ndarray, share: np.ndarray) -> np.ndarray:
    parts = [multivariate_t(c, r @ r.T, df=FREEDOM).logpdf(u) for c, r in zip(centre, root, strict=True)]
    return np.asarray(np.logaddexp.reduce(np.array(parts) + np.log(share)[:, None], axis=0))


@pytest.mark.parametrize("d", [1, 2, 4, 5])
def test_the_density_is_that_of_scipy_up_to_a_constant(d: int) -> None:
    rng = np.random.default_rng(d)
    centre = rng.normal(size=(3, d))
    root = np.array([np.tril(rng.normal(size=(d, d))) + 3 * np.eye(d) for _ in range(3)])
    share = np.array([0.2, 0.5, 0.3])
    u = np.concatenate([rng.normal(size=(40, d)), 50 * rng.normal(size=(10, d))])
    out = np.empty(50)
    log_mixture(u, centre, root, np.log(share), out)
    apart = out - by_scipy(u, centre, root, share).reshape(50)
    assert apart == pytest.approx(np.full(50, apart[0]), abs=1e-9)


def test_far_from_all_parts_the_density_is_small_and_finite() -> None:
    out = np.empty(2)
    u = np.array([[1e30] * 5, [1e40] * 5])
    log_mixture(u, np.zeros((1, 5)), np.eye(5)[None], np.zeros(1), out)
    # 12 halves of a power: the square of ten times the distance costs 12 logarithms of ten
    assert np.all(np.isfinite(out))
    assert out[0] - out[1] == pytest.approx(120 * np.log(10))
