"""Keys: one product, one name."""

import pytest

from noctiflora.evidence import load
from noctiflora.evidence._strain_key import Kind, key_of_strain, key_of_trial, single


@pytest.mark.parametrize(
    ("name", "species", "key"),
    [
        ("Bifidobacterium longum 1714", "Bifidobacterium longum", "Bifidobacterium longum 1714"),
        (
            "Bifidobacterium animalis subsp. lactis BLa80",
            "Bifidobacterium animalis subsp. lactis",
            "Bifidobacterium animalis subsp. lactis BLa80",
        ),
        ("Heyndrickxia coagulans MTCC 5856", "Heyndrickxia coagulans", "Heyndrickxia coagulans MTCC 5856"),
        ("Lactobacillus acidophilus (id unknown)", "Lactobacillus acidophilus", "Lactobacillus acidophilus id unknown"),
    ],
)
def test_one_strain(name: str, species: str, key: str) -> None:
    found = single(name)
    assert found is not None
    assert (found.species, found.name, found.kind) == (species, key, Kind.STRAIN)


@pytest.mark.parametrize("name", ["", "1714", "longum 1714", "Bifidobacterium longum", "Bifidobacterium"])
def test_what_is_no_strain(name: str) -> None:
    assert single(name) is None


def test_trials_have_the_key_their_product_asks_for() -> None:
    keys = {row.trial_id: key_of_trial(row) for row in load().trials}
    assert keys["NCT05917379_FMT"] is None
    assert keys["OMNIBIOTIC_STRESS_SLEEP"].kind is Kind.UNDISCLOSED
    assert keys["OMNIBIOTIC_STRESS_SLEEP"].species is None
    assert keys["ABE2024_PHGG"].label == "PHGG"
    assert keys["LEE2021_NVP1704"].name == "Bifidobacterium adolescentis NK98;Limosilactobacillus reuteri NK33"
    assert keys["LEE2021_NVP1704"].species is None
    assert keys["NCT06361368_PS150"] == keys["NCT06486064_HTPS150"]
    assert keys["MAROTTA2019"] == keys["KERKSICK_BIFIZEN"]
    assert not keys["METH_LACIDOPHILUS2024"].has_known_id
    assert not keys["OMNIBIOTIC_STRESS_SLEEP"].has_known_id


def test_a_row_of_the_strains_table_has_the_key_of_its_trials() -> None:
    table = {k.name for k in map(key_of_strain, load().strains) if k is not None}
    for key in map(key_of_trial, load().trials):
        if key is not None and key.kind in (Kind.STRAIN, Kind.PREBIOTIC) and "CBP-001010" not in key.name:
            assert key.name in table, key.name
