import pytest

from noctiflora.gut import Rank
from noctiflora.gut.read._lineage import clean, feature, ranked, split


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("[Eubacterium]", "Eubacterium"),
        ('"Bacteroides"', "Bacteroides"),
        ("Bacteroides_fragilis", "Bacteroides fragilis"),
        ("Bacillota_A", "Bacillota_A"),
        ("uncultured", ""),
        ("unidentified_bacterium", ""),
        ("Lachnospiraceae_unclassified", ""),
        ("", ""),
    ],
)
def test_names_are_cleaned(raw: str, name: str) -> None:
    assert clean(raw) == name


def test_silva_numbers_and_prefixes_give_ranks() -> None:
    assert ranked(["D_0__Bacteria", "D_5__Blautia"]) == ((Rank.DOMAIN, "Bacteria"), (Rank.GENUS, "Blautia"))
    assert ranked([" k__Bacteria", " g__Blautia", " s__obeum"])[-1] == (Rank.SPECIES, "Blautia obeum")
    assert ranked(["d__Bacteria", "f__", "g__[Ruminococcus]"])[-1] == (Rank.GENUS, "Ruminococcus")


def test_bare_lists_take_the_rank_of_their_place() -> None:
    assert ranked(["Bacteria", "Firmicutes", "", "", "Lachnospiraceae"])[-1] == (Rank.FAMILY, "Lachnospiraceae")
    assert ranked([""] * 9 + ["x"]) == ()


def test_a_lineage_without_names_keeps_its_key() -> None:
    assert feature(["Unassigned"], key="otu9").name == "otu9"
    assert split("a") == ["a"]
