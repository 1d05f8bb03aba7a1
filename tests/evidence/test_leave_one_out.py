"""Leaving one trial out: no product stands on one trial by more than the documented 0.06 SMD."""

import pytest

from noctiflora.evidence import leave_one_out, load, pool, select


def test_every_term_is_left_out_once() -> None:
    found = leave_one_out(load())
    assert sorted(x.trial_id for x in found) == sorted(t.trial_id for t in select(load()).terms)
    assert all(abs(x.mean_with - x.mean_without) < 0.07 for x in found)


def test_without_its_only_trial_a_product_is_a_new_strain_of_its_species() -> None:
    found = {x.trial_id: x for x in leave_one_out(load())}
    untested = pool(load()).untested.effect.mean
    assert found["LAN2023_CCFM1025"].mean_without == pytest.approx(untested, abs=1e-9)
    # Shirota keeps what PS23, of its species, tells
    assert found["TAKADA2017_LCS"].mean_without < untested - 0.01


def test_the_strongest_abstract_carries_part_of_the_reporting_excess() -> None:
    found = {x.trial_id: x for x in leave_one_out(load())}
    full = pool(load()).b_rep.mean
    assert found["METH_LACIDOPHILUS2024"].b_rep_without > full
    assert found["B1714_LOWMOOD"].b_rep_without < full
