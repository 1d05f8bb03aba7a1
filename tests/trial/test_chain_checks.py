"""R-hat and effective draws where the answer is known."""

import numpy as np
import pytest

from noctiflora.trial._chain_checks import effective, r_hat


def ar(phi: float, chains: int, n: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    out = np.empty((chains, n))
    out[:, 0] = rng.normal(size=chains)
    for t in range(1, n):
        out[:, t] = phi * out[:, t - 1] + np.sqrt(1 - phi**2) * rng.normal(size=chains)
    return out


@pytest.mark.parametrize("phi", [0.0, 0.5, 0.9, -0.4])
def test_an_autoregression_is_worth_what_theory_says(phi: float) -> None:
    draws = ar(phi, 4, 20_000)
    assert effective(draws) == pytest.approx(draws.size * (1 - phi) / (1 + phi), rel=0.15)
    assert r_hat(draws) < 1.01


def test_chains_apart_are_found_out() -> None:
    draws = ar(0.0, 4, 1000)
    draws[0] += 1.0
    assert r_hat(draws) > 1.05
    assert effective(draws) < 100


def test_a_drift_inside_the_chains_is_found_out() -> None:
    assert r_hat(ar(0.0, 4, 1000) + np.linspace(0, 2, 1000)) > 1.05


def test_ranks_make_heavy_tails_harmless() -> None:
    draws = np.random.default_rng(2).standard_cauchy((4, 5000))
    assert r_hat(draws) == pytest.approx(r_hat(np.arctan(draws)))
    assert effective(draws) == pytest.approx(20_000, rel=0.1)


def test_stuck_chains() -> None:
    assert r_hat(np.ones((4, 100))) == 1.0
    stuck = np.repeat(np.arange(4.0)[:, None], 100, axis=1)
    assert r_hat(stuck) > 1e6
