import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank
from noctiflora.gut.read._bracken import read, sniff
from tests.gut.read.documents import BRACKEN, document


def test_the_new_estimate_is_taken() -> None:
    draft = read(document(BRACKEN))
    assert draft.values[:, 0].tolist() == [4900.0, 100.0]
    assert draft.features[0].rank is Rank.SPECIES
    assert draft.features[0].ncbi_id == 817


def test_combined_tables_hold_several_samples() -> None:
    text = "name\ttaxonomy_id\ttaxonomy_lvl\tA_num\tA_frac\tB_num\tB_frac\nBlautia\t572511\tG\t5\t0.5\t6\t0.6\n"
    assert sniff(text.encode())
    draft = read(document(text))
    assert draft.sample_ids == ["A", "B"]
    assert draft.values.tolist() == [[5.0, 6.0]]


def test_cut_rows_and_missing_columns_are_refused() -> None:
    with pytest.raises(FormatError, match="cut short"):
        read(document(BRACKEN + "x\t1"))
    with pytest.raises(FormatError, match="new_est_reads"):
        read(document("name\ttaxonomy_id\ttaxonomy_lvl\tother\nx\t1\tS\t4\n"))
