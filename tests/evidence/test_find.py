"""A product is found by any of its names, and never by a name of two."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.evidence import find_product, load, load_options, pool


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("1714", "Bifidobacterium longum 1714"),
        ("  ps128 ", "Lactiplantibacillus plantarum PS128"),
        ("Lactobacillus plantarum PS128", "Lactiplantibacillus plantarum PS128"),
        ("LcS", "Lacticaseibacillus paracasei Shirota"),
        ("Yakult fermented milk", "Lacticaseibacillus paracasei Shirota"),
        ("HT-PS150", "Limosilactobacillus fermentum PS150"),
        ("SBL88", "Levilactobacillus brevis SBC8803"),
        ("NVP-1704", "Bifidobacterium adolescentis NK98;Limosilactobacillus reuteri NK33"),
        ("OMNi-BiOTiC Stress Repair", "OMNIBIOTIC_STRESS_SLEEP"),
        ("Bimuno", "none (galacto-oligosaccharides)"),
        ("PHGG", "none (PHGG)"),
        ("Bifidobacterium longum NEW1", "Bifidobacterium longum NEW1"),
    ],
)
def test_names(name: str, key: str) -> None:
    assert find_product(load(), name).name == key


def test_every_key_and_label_means_itself() -> None:
    for strain in pool(load()).strains:
        assert find_product(load(), strain.key.name) == strain.key
        assert find_product(load(), strain.label) == strain.key


def test_every_option_with_a_pooled_effect_is_found() -> None:
    for option in load_options():
        if option.evidence_key:
            assert find_product(load(), option.evidence_key).name == option.evidence_key


def test_a_name_of_two_is_refused_with_both() -> None:
    with pytest.raises(RangeError, match=r"more than one product.*R0175.*R0052"):
        find_product(load(), "Cerebiome")


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(RangeError, match=r"did you mean .*ps128"):
        find_product(load(), "lactobacillus plantarum ps129")


@given(st.text(max_size=40))
def test_any_text_is_found_or_refused(text: str) -> None:
    with contextlib.suppress(RangeError):
        assert find_product(load(), text).name
