"""The nodes of the pooling model integrate what they stand for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.evidence.model import flat_grid, half_normal, make_grid, make_scales


@given(st.floats(0.01, 2.0))
@settings(max_examples=20)
def test_half_normal_has_its_moments(scale: float) -> None:
    x, w = half_normal(scale, 16)
    assert w.sum() == pytest.approx(1)
    assert w @ x == pytest.approx(scale * math.sqrt(2 / math.pi), rel=2e-3)
    assert w @ x**2 == pytest.approx(scale**2, rel=2e-3)


def test_six_nodes_are_close_and_a_scale_of_zero_is_one_node() -> None:
    x, w = half_normal(0.09, 6)
    assert math.sqrt(w @ x**2) == pytest.approx(0.09, rel=0.02)
    x, w = half_normal(0.0, 6)
    assert x.tolist() == [0.0]
    assert w.tolist() == [1.0]


def test_scales_are_the_product_of_their_parts() -> None:
    scales = make_scales(0.1, 0.0, 0.2, nodes=5)
    assert scales.strain.shape == (25,)
    assert np.exp(scales.log_prior).sum() == pytest.approx(1)
    assert set(scales.species) == {0.0}


@given(st.floats(-1, 1), st.floats(0.01, 0.3), st.floats(0, 0.6))
@settings(max_examples=30)
def test_the_lattice_holds_every_sum(mean: float, se: float, b_sd: float) -> None:
    grid = make_grid(mean, se, b_sd=b_sd, scales=make_scales(0, 0, 0, nodes=1))
    np.testing.assert_allclose(grid.lattice[grid.at], grid.mu[:, None] + grid.b[None, :], atol=1e-12)
    w = np.exp(grid.log_mu)
    assert w @ grid.mu == pytest.approx(mean, abs=1e-9)
    assert math.sqrt(w @ (grid.mu - mean) ** 2) == pytest.approx(se, rel=2e-3)
    assert np.exp(grid.log_b).sum() == pytest.approx(1)


def test_b_rep_keeps_its_spread_on_the_grid() -> None:
    grid = make_grid(-0.2, 0.04, b_sd=0.3, scales=make_scales(0, 0, 0, nodes=1))
    assert math.sqrt(np.exp(grid.log_b) @ grid.b**2) == pytest.approx(0.3, rel=0.01)


def test_a_flat_grid_weighs_all_alike() -> None:
    grid = flat_grid(-1, 1, nodes=5, scales=make_scales(0, 0, 0, nodes=1))
    assert grid.lattice[grid.at[:, 0]].tolist() == grid.mu.tolist()
    assert len(set(grid.log_mu)) == 1


@pytest.mark.parametrize(("se", "b_sd"), [(0.0, 0.3), (-1.0, 0.3), (float("nan"), 0.3), (0.1, -0.1)])
def test_an_impossible_spread_is_refused(se: float, b_sd: float) -> None:
    with pytest.raises(RangeError):
        make_grid(0.0, se, b_sd=b_sd, scales=make_scales(0, 0, 0, nodes=1))
