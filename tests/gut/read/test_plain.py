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


def test_mixed_ranks_are_noted_and_no_amounts_refused() -> None:
    draft = read(document("taxon,count\nBlautia,1\nLachnospiraceae,2\n"))
    assert any("several ranks" in n for n in draft.notes)
    with pytest.raises(FormatError, match="no column of amounts"):
        read(document("a,b\nc,d\n"))
