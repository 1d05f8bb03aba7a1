import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._format import finish
from noctiflora.gut.read._plain import read, sniff
from tests.gut.read.documents import PLAIN, document


def test_taxon_and_percent() -> None:
    assert sniff(PLAIN.encode())
    reading = finish(read(document(PLAIN)), name="f", label="x")
    assert reading.unit is Unit.PERCENT
    assert reading.sample(0).unassigned == pytest.approx(0.1)
    assert reading.rank is Rank.GENUS


@pytest.mark.parametrize(
    "text",
    [
        "Blautia,60\nBacteroides,40\n",
        "genus;percent\nBlautia;59,5\nBacteroides;40,5\n",
        '"name"\t"relative_abundance"\nBlautia\t0.6\nBacteroides\t0.4\n',
        "Sample,p__F;g__Blautia,p__B;g__Bacteroides\nmine,6000,4000\n",
        "\tA\tB\nBlautia\t60\t50\nBacteroides\t40\t50\n",
    ],
)
def test_dialects(text: str) -> None:
    reading = finish(read(document(text)), name="f", label="x")
    assert reading.sample(0, rank=Rank.GENUS).names == ("Blautia", "Bacteroides")


def test_ids_alone_are_kept_as_ids() -> None:
    draft = read(document("taxon_id,percentage\n816,60\n572511,40\n"))
    assert [f.ncbi_id for f in draft.features] == [816, 572511]


def test_ranks_side_by_side_with_a_rank_column_are_nested() -> None:
    text = "name,rank,count\nFirmicutes,phylum,9000\nBlautia,genus,8000\nBacteroidetes,phylum,1000\n"
    reading = finish(read(document(text)), name="f", label="x")
    assert reading.nested
    assert reading.totals.tolist() == [10_000.0]


def test_genus_beside_species_is_noted_and_other_mixtures_refused() -> None:
    draft = read(document("taxon,count\nBlautia,1\nBlautia obeum,2\n"))
    assert any("several ranks" in n for n in draft.notes)
    with pytest.raises(FormatError, match="counted twice"):
        read(document("taxon,count\nBlautia,1\nLachnospiraceae,2\n"))
    with pytest.raises(FormatError, match="no column of amounts"):
        read(document("a,b\nc,d\n"))


def test_tables_that_biom_convert_writes() -> None:
    text = (
        "# Constructed from biom file\n#OTU ID\tA\tB\ttaxonomy\n12\t3000\t10\tk__Bacteria; p__Firmicutes; g__Blautia\n"
        "77\t5\t60\tk__Bacteria; p__Firmicutes; g__Blautia\n78\t5\t60\tk__Bacteria; p__; g__\n"
    )
    assert sniff(text.encode())
    reading = finish(read(document(text)), name="f", label="x")
    assert reading.sample_ids == ("A", "B")
    assert reading.sample(0, rank=Rank.GENUS).values.tolist() == [3005.0]


def test_lineages_whose_parents_have_rows_are_nested() -> None:
    text = "d__Bacteria\t1000\nd__Bacteria|p__Firmicutes\t900\nd__Bacteria|p__Firmicutes|g__Blautia\t800\n"
    reading = finish(read(document(text)), name="f", label="x")
    assert reading.nested
    assert (reading.unit, reading.totals.tolist()) == (Unit.READS, [1000.0])
    assert reading.sample(0, rank=Rank.GENUS).unassigned == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sample;K00001;K00002\nA;3;4\n", "table of genes"),
        ("gene;x\nK00001;3\nK00002;3\n", "table of genes"),
        ("date,hrv\n2024-01-01,33\n2024-01-02,35\n", "names no taxa"),
    ],
)
def test_genes_and_dates_are_not_taxa(text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        read(document(text))


def test_shares_that_lack_a_little_are_filled_with_the_unassigned() -> None:
    draft = read(document("taxon,percent\nBlautia,60\nBacteroides,30\n"))
    assert draft.totals is not None
    assert draft.totals.tolist() == [100.0]
    assert any("add up to 90 of 100" in n for n in draft.notes)
    assert read(document("taxon,percent\nBlautia,39\nBacteroides,20\n")).unit is Unit.UNKNOWN
