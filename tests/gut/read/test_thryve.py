import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._format import finish
from noctiflora.gut.read._thryve import read, sniff
from tests.gut.read.documents import THRYVE, document


def test_one_name_at_two_ranks_is_two_rows() -> None:
    assert sniff(THRYVE.encode())
    reading = finish(read(document(THRYVE)), name="f", label="x")
    assert reading.sample(0).names == ("Blautia",)
    assert reading.sample(0).unassigned == 0.25
    assert reading.sample(0, rank=Rank.PHYLUM).names == ("Actinobacteria",)


def test_perc_is_a_fraction() -> None:
    draft = read(document("taxon_id,rank,name,parent,perc,tags\n572511,genus,Blautia,x,0.7,\n"))
    assert draft.unit is Unit.FRACTION


def test_cut_rows_are_refused() -> None:
    with pytest.raises(FormatError, match="cut short"):
        read(document(THRYVE + "1,genus"))
