"""What holds of the trials of a product."""

import pytest

from noctiflora.evidence import PooledStrain, find_product, load, pool
from noctiflora.evidence._conditions import conditions
from noctiflora.evidence._vocabulary import Condition


def strain(name: str) -> PooledStrain:
    return pool(load()).of(find_product(load(), name))


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("JB-1", {Condition.NO_TERM}, {Condition.ABSTRACTS_ONLY}),
        (
            "PS128",
            {Condition.ABSTRACTS_ONLY, Condition.CROSSES_ZERO, Condition.SINGLE_TRIAL},
            {Condition.INDUSTRY_OR_UNKNOWN, Condition.BLINDING_NOT_STATED, Condition.NOT_POOR_SLEEPERS},
        ),
        (
            "CP2305",
            {Condition.FEW_PEOPLE, Condition.INDUSTRY_OR_UNKNOWN, Condition.NOT_POOR_SLEEPERS},
            {Condition.ABSTRACTS_ONLY, Condition.SINGLE_TRIAL, Condition.CROSSES_ZERO},
        ),
        ("LcS", {Condition.OTHER_SCALE_ONLY, Condition.NOT_POOR_SLEEPERS}, {Condition.CROSSES_ZERO}),
        ("Lp815", {Condition.MOSTLY_UNUSABLE}, {Condition.OTHER_SCALE_ONLY}),
        ("OMNIBIOTIC_STRESS_SLEEP", {Condition.ID_UNKNOWN}, {Condition.NO_TERM}),
        ("CCFM1025", {Condition.BLINDING_NOT_STATED}, {Condition.NOT_POOR_SLEEPERS}),
    ],
)
def test_known_products(name: str, held: set[Condition], not_held: set[Condition]) -> None:
    found = conditions(load(), strain(name))
    assert held <= found
    assert not (not_held & found)


def test_the_effect_lies_below_the_important_difference_everywhere() -> None:
    for s in pool(load()).strains:
        if s.terms:
            assert Condition.BELOW_IMPORTANT in conditions(load(), s)


def test_disagreement_is_seen() -> None:
    from dataclasses import replace

    s = strain("1714")
    assert Condition.DIRECTIONS_DIFFER not in conditions(load(), s)
    other = replace(strain("LcS").terms[0], key=s.key)
    assert Condition.DIRECTIONS_DIFFER in conditions(load(), replace(s, terms=(*s.terms, other)))
