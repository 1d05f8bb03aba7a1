"""Leaving one trial out: no product stands on one trial by more than the documented 0.06 SMD."""

from functools import cache

import pytest

from noctiflora.evidence import LeftOut, leave_one_out, load, pool, select


@cache
def table() -> tuple[LeftOut, ...]:
    """Return the whole table, made once: one fit for each trial."""
    return leave_one_out(load())


def test_every_term_is_left_out_once() -> None:
    found = table()
    assert sorted(x.trial_id for x in found) == sorted(t.trial_id for t in select(load()).terms)
    assert all(abs(x.mean_with - x.mean_without) < 0.07 for x in found)


def test_without_its_only_trial_a_product_is_a_new_strain_of_its_species() -> None:
    found = {x.trial_id: x for x in table()}
    untested = pool(load()).untested.effect.mean
    assert found["LAN2023_CCFM1025"].mean_without == pytest.approx(untested, abs=1e-9)
    # Shirota keeps what PS23, of its species, tells
    assert found["TAKADA2017_LCS"].mean_without < untested - 0.01


def test_the_strongest_abstract_carries_part_of_the_reporting_excess() -> None:
    found = {x.trial_id: x for x in table()}
    full = pool(load()).b_rep.mean
    assert found["METH_LACIDOPHILUS2024"].b_rep_without > full
    assert found["B1714_LOWMOOD"].b_rep_without < full


def test_one_product_alone() -> None:
    found = leave_one_out(load(), strain="Bifidobacterium longum 1714")
    assert found == tuple(x for x in table() if x.strain == "Bifidobacterium longum 1714")
    assert len(found) == 2
