"""Tests of the table of traits."""

import re

import pytest

from noctiflora.sample._traits import ASSUMED, TRAITS, value


@pytest.mark.parametrize("name", sorted(TRAITS))
def test_every_number_lies_in_its_range_and_names_a_source(name: str) -> None:
    trait = TRAITS[name]
    assert trait.low <= trait.value <= trait.high
    assert trait.unit
    assert ASSUMED in trait.source or re.search(r"https://|PMID|pool of the published trials|same pool", trait.source)
    assert value(name) == trait.value
