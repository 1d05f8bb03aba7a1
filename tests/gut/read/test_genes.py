import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Content, Unit
from noctiflora.gut.read._genes import gene_id, read, read_genes, sniff
from tests.gut.read.documents import HUMANN, PLAIN, document


def test_species_rows_and_the_unmapped_stand_apart() -> None:
    assert sniff(HUMANN.encode())
    draft = read(document(HUMANN))
    assert draft.content is Content.GENES
    assert [f.name for f in draft.features] == ["K01580", "K00812"]
    assert draft.unit is Unit.PER_MILLION
    assert draft.sample_ids == ["mine"]
    assert draft.totals is not None
    assert draft.unassigned is not None
    assert draft.totals.tolist() == [1e6]
    assert draft.unassigned.tolist() == [500_000.0]


def test_only_wanted_rows_are_kept_but_all_are_counted() -> None:
    draft = read_genes(document(HUMANN), wanted=lambda n: n == "K01580")
    assert [f.name for f in draft.features] == ["K01580"]
    assert draft.totals is not None
    assert draft.totals.tolist() == [1e6]


def test_a_column_of_descriptions_is_left_out_and_repeats_are_added() -> None:
    text = "function\tdescription\tA\nK00001\tan alcohol\t1\nK00001\tagain\t2\n"
    assert sniff(text.encode())
    draft = read(document(text))
    assert draft.values.tolist() == [[3.0]]
    assert "a column of descriptions was left out" in draft.notes


def test_headers_without_a_cell_for_the_names() -> None:
    draft = read(document("A\tB\nK00001\t1\t2\n"))
    assert draft.sample_ids == ["A", "B"]


def test_taxa_are_no_genes_and_negatives_are_refused() -> None:
    assert not sniff(PLAIN.encode())
    assert not sniff(b"taxon\tA\nBlautia\t3\n")
    assert gene_id("EC:1.1.1.1") == "EC:1.1.1.1"
    with pytest.raises(FormatError, match="negative"):
        read(document("id\tA\nK00001\t-1\n"))


def test_commas_part_cells_too() -> None:
    text = 'ko,description,"A",B\nK00001,x,1,2\n"K00002",y,3,4.5\n'
    assert sniff(text.encode())
    draft = read(document(text))
    assert [f.name for f in draft.features] == ["K00001", "K00002"]
    assert draft.values.tolist() == [[1.0, 2.0], [3.0, 4.5]]
