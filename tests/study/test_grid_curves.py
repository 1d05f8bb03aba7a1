"""Grids told again as curves: exact for normals, close for others, refused where too coarse."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import logsumexp

from noctiflora.core import RangeError
from noctiflora.study._grid_curves import grid_curves, grid_moments
from noctiflora.trial import Contribution, log_area

GRID = np.linspace(-34.0, 34.0, 161)


def told(said: Contribution, mean: float, sd: float) -> float:
    """Return the log of what the curves give under N(mean, sd^2)."""
    return float(logsumexp(said.log_weight + log_area(said.slope, said.precision, mean, sd)))


@given(st.floats(-8, 8), st.floats(1.2, 6), st.floats(-6, 6), st.floats(0, 6))
def test_a_normal_likelihood_is_told_exactly(mean: float, sd: float, centre: float, omega: float) -> None:
    assume(max(abs(mean), abs(mean - centre)) < 5.5 * sd)  # where the likelihood is told at all
    said = grid_curves(GRID, -0.5 * ((GRID - mean) / sd) ** 2, unit=4.0, where="x")

    def exact(m: float) -> float:
        var = sd**2 + omega**2
        return -0.5 * (m - mean) ** 2 / var

    got = told(said, centre, omega) - told(said, 0.0, omega)
    assert got == pytest.approx(exact(centre) - exact(0.0), abs=5e-3)


def test_a_likelihood_of_two_peaks_is_told_closely() -> None:
    log = np.logaddexp(-0.5 * ((GRID + 4.0) / 2.0) ** 2, -1.0 - 0.5 * ((GRID - 5.0) / 2.5) ** 2)
    said = grid_curves(GRID, log, unit=4.0, where="x")
    at = np.array([told(said, x, 0.0) for x in GRID])
    near = log > log.max() - 6.0
    assert np.ptp((at - log)[near]) < 0.05


def test_a_wide_prior_gives_the_area() -> None:
    log = -0.5 * ((GRID - 3.0) / 2.0) ** 2
    said = grid_curves(GRID, log - 77.0, unit=4.0, where="x")
    assert said.log_weight.max() == 0.0
    assert said.kinetics == ((0.0, 0.0), (0.0, 0.0))
    assert told(said, 3.0, 10.0) - told(said, -7.0, 10.0) == pytest.approx(0.5 * 100 / 104, abs=1e-3)


def test_moments() -> None:
    mean, sd = grid_moments(GRID, -0.5 * ((GRID - 3.0) / 2.0) ** 2)
    assert (mean, sd) == pytest.approx((3.0, 2.0), abs=1e-6)


@pytest.mark.parametrize("log", [-0.5 * (GRID / 0.3) ** 2, -100.0 * np.abs(np.sin(50.0 * GRID))])
def test_what_the_grid_cannot_hold_is_refused(log: np.ndarray) -> None:
    with pytest.raises(RangeError, match=r"too coarse|too rough"):
        grid_curves(GRID, log, unit=4.0, where="x")
