import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank
from noctiflora.gut.read._format import finish
from noctiflora.gut.read._kraken import read, sniff
from tests.gut.read.documents import KRAKEN, document


def test_counts_are_nested_and_the_unclassified_are_in_the_total() -> None:
    reading = finish(read(document(KRAKEN)), name="f", label="x")
    assert reading.nested
    assert reading.totals.tolist() == [10_000.0]
    genus = reading.sample(0, rank=Rank.GENUS)
    assert genus.values.tolist() == [5000.0]
    assert genus.unassigned == 0.5
    assert reading.features[-1].lineage[-2:] == ((Rank.GENUS, "Bacteroides"), (Rank.SPECIES, "Bacteroides fragilis"))


def test_eight_columns_are_read_too() -> None:
    text = "\n".join("\t".join([*x.split("\t")[:3], "7", "7", *x.split("\t")[3:]]) for x in KRAKEN.splitlines())
    assert sniff(text.encode())
    assert len(read(document(text)).features) == 4


def test_a_cut_row_names_its_line() -> None:
    with pytest.raises(FormatError, match="6 or 8 columns") as caught:
        read(document(KRAKEN + " 1.0\t3"))
    assert caught.value.where == "file, line 6"
    assert not sniff(b"a\tb\n")
