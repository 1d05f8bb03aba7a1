import pytest

from noctiflora.core import FormatError, SourceMissing
from noctiflora.gut import Rank, resolve, traits
from noctiflora.gut._traits import COLUMNS, parse_traits

HEAD = ",".join(COLUMNS) + "\n"


def test_every_row_has_a_source_and_a_main_rank() -> None:
    rows = traits()
    assert len(rows) == 90
    assert all(r.sources for r in rows)
    assert len({r.id for r in rows}) == len(rows)
    assert not any("insomnia" in r.trait for r in rows)


def test_taxa_stand_under_a_name_that_the_lookup_gives() -> None:
    for row in traits():
        if row.rank is Rank.GENUS and row.taxon not in ("Lactobacillus", "Lactobacillus sensu lato"):
            assert resolve(row.taxon, Rank.GENUS).name == row.taxon


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n", FormatError),
        (HEAD + "T1,Blautia,genus,makes x,maybe,,,10.1000/x\n", FormatError),
        (HEAD + "T1,Blautia,strange,makes x,for,,,10.1000/x\n", FormatError),
        (HEAD + "T1,Blautia,genus,makes x,for,,,\n", SourceMissing),
    ],
)
def test_rows_that_do_not_fit_are_refused(text: str, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        parse_traits(text, where="f")
