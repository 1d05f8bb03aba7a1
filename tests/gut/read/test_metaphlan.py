import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._format import finish
from noctiflora.gut.read._metaphlan import METAPHLAN, read, sniff
from tests.gut.read.documents import METAPHLAN as SINGLE
from tests.gut.read.documents import STRIPPED, document


def test_species_may_add_up_to_59_because_the_unknown_is_told() -> None:
    draft = read(document(SINGLE))
    assert draft.unit is Unit.PERCENT
    assert draft.unassigned is not None
    assert draft.unassigned.tolist() == [41.0]
    reading = finish(draft, name="f", label=METAPHLAN.label)
    assert reading.rank is Rank.SPECIES
    assert reading.sample(0).unassigned == pytest.approx(0.41)
    assert reading.sample(0).ncbi_ids == (40520,)
    assert reading.depths == (12345.0,)


def test_a_stripped_table_keeps_its_sgb_numbers() -> None:
    draft = read(document(STRIPPED))
    assert [f.name for f in draft.features] == ["SGB4831", "SGB1836"]
    assert not draft.nested
    assert any("stripped" in n for n in draft.notes)


def test_strain_rows_do_not_count_twice() -> None:
    text = SINGLE + "k__Bacteria|p__Firmicutes|c__C|o__O|f__F|g__Blautia|s__Blautia_obeum|t__SGB4810\t2\t59.0\t\n"
    reading = finish(read(document(text)), name="f", label="x")
    assert reading.rank is Rank.SPECIES
    assert reading.totals.tolist() == [100.0]


def test_what_is_missing_to_100_is_unassigned() -> None:
    text = SINGLE.replace("UNKNOWN\t-1\t41.0\t\n", "")
    draft = read(document(text))
    assert draft.totals is not None
    assert draft.totals.tolist() == [100.0]
    assert any("less than 100" in n for n in draft.notes)


def test_sniffing() -> None:
    assert sniff(SINGLE.encode())
    assert sniff(STRIPPED.encode())
    assert not sniff(b"ID\tname\nfoo\t1\n")
    with pytest.raises(FormatError, match="empty"):
        read(document("#mpa_v30\n#clade_name\tNCBI_tax_id\trelative_abundance\n"))
