import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Unit
from noctiflora.gut.read._ubiome_csv import read, sniff
from tests.gut.read.documents import UBIOME_CSV, document


def test_with_and_without_header() -> None:
    bare = UBIOME_CSV.partition("\n")[2]
    assert sniff(UBIOME_CSV.encode())
    assert sniff(bare.encode())
    one, other = read(document(UBIOME_CSV)), read(document(bare))
    assert [f.name for f in one.features] == [f.name for f in other.features] == ["Bacteria", "Firmicutes", "Blautia"]
    assert one.features[-1].ncbi_id == 572511


def test_norms_stand_in_for_counts() -> None:
    text = "tax_name,tax_rank,count_norm,taxon\nBlautia,genus,700000,572511\n"
    draft = read(document(text))
    assert draft.unit is Unit.PER_MILLION
    assert draft.totals is not None
    assert draft.totals.tolist() == [1e6]


def test_cut_rows_and_missing_counts_are_refused() -> None:
    with pytest.raises(FormatError, match="cut short"):
        read(document(UBIOME_CSV + "x,genus"))
    with pytest.raises(FormatError, match="no column count"):
        read(document("tax_name,tax_rank,taxon\nBlautia,genus,1\n"))
