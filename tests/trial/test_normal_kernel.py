"""The compiled normal distribution against scipy."""

import numpy as np
import pytest
from scipy.special import log_ndtr, ndtr, ndtri

from noctiflora.trial._normal_kernel import TINIEST, between, log_between, quantile


@pytest.mark.parametrize("chance", [*(10.0 ** -np.arange(1, 290, 9.0)), 0.075, 0.0751, 0.3, 0.5])
def test_quantiles_agree_even_far_out(chance: float) -> None:
    assert quantile(chance) == pytest.approx(ndtri(chance), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("uniform", [1e-300, 1e-6, 0.3, 0.5, 0.99])
@pytest.mark.parametrize(("low", "high"), [(-np.inf, -3.0), (-0.5, 0.5), (-1.0, np.inf), (1.0, 1.2), (-9.0, -8.0)])
def test_a_draw_between_two_points_inverts_the_chance(low: float, high: float, uniform: float) -> None:
    x = between(low, high, uniform)
    assert low <= x <= high
    # by symmetry the upper tail is drawn from its own end
    share = (ndtr(x) - ndtr(low)) / (ndtr(high) - ndtr(low))
    assert (share if low <= 0 else 1 - share) == pytest.approx(uniform, abs=1e-9)


def test_far_tails_stay_finite_and_inside() -> None:
    assert between(20.0, 21.0, 0.3) == pytest.approx(20.06, abs=0.01)
    assert between(50.0, 51.0, 0.5) == 50.0
    assert between(-np.inf, -60.0, 0.5) == -60.0
    assert log_between(60.0, 61.0) == pytest.approx(np.log(TINIEST))


def test_the_log_chance_is_exact_in_both_tails() -> None:
    expected = log_ndtr(-10.0) + np.log1p(-np.exp(log_ndtr(-11.0) - log_ndtr(-10.0)))
    assert log_between(10.0, 11.0) == pytest.approx(expected, rel=1e-12)
    assert log_between(-11.0, -10.0) == pytest.approx(expected, rel=1e-12)
    assert log_between(-np.inf, np.inf) == 0.0
