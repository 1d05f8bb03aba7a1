import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Content
from noctiflora.gut.read import _qiime
from noctiflora.gut.read._qiime import read, sniff
from tests.gut.read.documents import NAMES_QZA, TABLE_QZA, document, qza


def test_table_and_taxonomy() -> None:
    assert sniff(TABLE_QZA)
    assert read(document(TABLE_QZA)).values.shape == (3, 2)
    names = read(document(NAMES_QZA))
    assert names.content is Content.NAMES
    assert names.features[0].name == "Blautia obeum"


def test_other_artefacts_and_damage_are_refused() -> None:
    with pytest.raises(FormatError, match="neither a feature table") as caught:
        read(document(qza("data/tree.nwk", b"();", "Phylogeny[Rooted]")))
    assert caught.value.found == "Phylogeny[Rooted]"
    with pytest.raises(FormatError, match="damaged"):
        read(document(TABLE_QZA[:-40]))
    assert not sniff(b"PK\x03\x04")


def test_a_swelling_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_qiime, "RATIO_FREE_BYTES", 1000)
    with pytest.raises(FormatError, match="swells"):
        read(document(qza("data/taxonomy.tsv", b"x" * 1_000_000, "FeatureData[Taxonomy]")))
