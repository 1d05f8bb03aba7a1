"""Potency: an unlisted strain carries the population's effect, a listed one its own."""

import pytest

from noctiflora.actions import calibrate_strain
from noctiflora.axis import Kind
from noctiflora.evidence import load, pool


def test_the_target_is_the_pooled_mean() -> None:
    found = calibrate_strain(None, people=24)
    assert found.target < 0
    low, high = found.target_interval
    assert low < found.target < high
    ratio = found.target / (high - low)
    effect = pool(load()).untested.effect
    assert ratio == pytest.approx(effect.mean / (2 * 1.959964 * effect.sd), rel=0.01)


def test_a_killed_strain_has_the_lever_of_killed_ones() -> None:
    assert calibrate_strain("CP2305", people=24).lever == {Kind.HEAT_KILLED: "vK"}[Kind.HEAT_KILLED]


def test_the_placebo_of_the_virtual_trial_is_a_real_one() -> None:
    found = calibrate_strain(None, people=24)
    assert found.placebo_change[-1] < -1.0
    assert any(source.ref == "10.3390/nu15214700" for source in found.sources)
