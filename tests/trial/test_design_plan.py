"""Possible designs: their lengths, looks and bottles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import DesignError
from noctiflora.trial import check_periods
from noctiflora.trial._design_plan import LARGEST_RATIO, LEAST_PAIRS, Plan, candidates

periods = st.integers(1, 42)


@given(on=periods, off=periods, pairs=st.integers(1, 12), data=st.data())
def test_a_plan_adds_up(on: int, off: int, pairs: int, data: st.DataObject) -> None:
    plan = Plan(on=on, off=off, pairs=pairs, n_looks=data.draw(st.integers(0, pairs - 1)))
    first = np.array(data.draw(st.lists(st.booleans(), min_size=pairs, max_size=pairs)))
    dose = plan.dose(first)
    assert dose.size == plan.n_nights
    assert dose.sum() == plan.capsules
    starts = dose.reshape(pairs, on + off)[:, 0]
    assert starts.tolist() == first.astype(float).tolist()
    # within a pair there is one change, so each arm is one stretch
    assert np.all(np.abs(np.diff(dose.reshape(pairs, -1), axis=1)).sum(axis=1) == 1)
    assert on % plan.bottle == 0
    assert off % plan.bottle == 0
    assert len(plan.looks) == plan.n_looks
    assert plan.ends[-1] == plan.n_nights
    assert len(set(plan.ends)) == len(plan.ends)
    # a season takes the same looks
    check_periods(pairs, on, off, plan.looks)


@given(
    max_weeks=st.integers(6, 60),
    max_capsules=st.none() | st.integers(21, 200),
    looks=st.sets(st.integers(0, 3), min_size=1),
)
def test_candidates_keep_to_what_is_accepted(max_weeks: int, max_capsules: int | None, looks: set[int]) -> None:
    found = candidates(max_weeks=max_weeks, max_capsules=max_capsules, n_looks=looks)
    assert len(set(found)) == len(found)
    for plan in found:
        assert 6 * 7 <= plan.n_nights <= 7 * min(max_weeks, 40)
        assert max_capsules is None or plan.capsules <= max_capsules
        assert plan.pairs >= LEAST_PAIRS
        assert max(plan.on, plan.off) <= LARGEST_RATIO * min(plan.on, plan.off)


def test_unequal_periods_and_all_lengths_are_searched() -> None:
    found = candidates()
    assert {7, 14, 21, 28, 42} == {p.on for p in found if p.on == p.off}
    assert {(28, 42), (14, 28), (42, 28)} <= {(p.on, p.off) for p in found}
    assert {6.0, 40.0} <= {p.n_nights / 7 for p in found}


def test_what_cannot_be_is_refused_with_what_to_do() -> None:
    for wrong in ({"on": 0}, {"pairs": 0}, {"n_looks": 3}, {"n_looks": -1}):
        with pytest.raises(DesignError):
            Plan(**{"on": 7, "off": 7, "pairs": 3, **wrong})
    with pytest.raises(DesignError, match="allow at least 6 weeks"):
        candidates(max_weeks=4)
    with pytest.raises(DesignError, match="10 capsules"):
        candidates(max_capsules=10)


def test_the_label_reads_as_words() -> None:
    assert Plan(on=28, off=28, pairs=3).label == "24 weeks, 3 pairs of periods of 28 nights, no look"
    assert Plan(on=14, off=28, pairs=2, n_looks=1).label == (
        "12 weeks, 2 pairs of periods of 14 nights with, 28 without, 1 look"
    )


def test_triples_hold_every_arm_once_and_share_the_comparator() -> None:
    plan = Plan(on=14, off=28, pairs=3, n_looks=1, products=2)
    assert (plan.n_nights, plan.capsules, plan.block, plan.ends) == (168, 84, 56, (112, 168))
    assert "3 triples" in plan.label
    doses = plan.doses(np.array([0, 3, 5]))
    assert doses.shape == (2, 168)
    for start in (0, 56, 112):
        assert doses[:, start : start + 56].sum(axis=1).tolist() == [14.0, 14.0]
    assert doses.sum(axis=0).max() == 1.0


def test_candidates_of_triples_fit_and_three_products_are_refused() -> None:
    found = candidates(max_weeks=24, products=2)
    assert found
    assert all(p.products == 2 and p.pairs >= 2 and 42 <= p.n_nights <= 168 for p in found)
    with pytest.raises(DesignError, match="one product or two"):
        Plan(on=7, off=7, pairs=2, products=3)
