import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._motus import read, sniff
from tests.gut.read.documents import MOTUS, document


def test_species_clusters_and_the_unassigned() -> None:
    assert sniff(MOTUS.encode())
    draft = read(document(MOTUS))
    assert [(f.name, f.rank) for f in draft.features] == [
        ("Bacteroides vulgatus", Rank.SPECIES),
        ("Clostridiales", Rank.GENUS) if draft.features[1].rank is Rank.GENUS else ("meta_mOTU_v3_12345", Rank.OTHER),
    ]
    assert draft.unassigned is not None
    assert draft.unassigned.tolist() == [60.0]
    assert draft.depths == (None,)


def test_lineages_and_two_name_columns() -> None:
    text = "#mOTU\tconsensus_taxonomy\tA\tB\nref_1\tk__Bacteria|p__Firmicutes\t0.4\t1\nunassigned\tunassigned\t0.6\t0\n"
    draft = read(document(text))
    assert draft.unit is Unit.FRACTION
    assert draft.sample_ids == ["A", "B"]
    assert draft.features[0].name == "Firmicutes"


def test_a_cut_profile_is_refused() -> None:
    with pytest.raises(FormatError):
        read(document(MOTUS + "x [ref_mOTU_v3_1]\t1"))
    with pytest.raises(FormatError, match="empty"):
        read(document("# git tag version 3 motus\n"))
