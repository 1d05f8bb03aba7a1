"""What a page says of one stool sample: nothing where nothing can be said."""

import io

from noctiflora.gut import Standing, read
from noctiflora.web._gut_view import sample_view

GENERA = {
    "Bacteroides": 4000,
    "Faecalibacterium": 2500,
    "Roseburia": 900,
    "Blautia": 800,
    "Alistipes": 700,
    "Parabacteroides": 500,
    "Ruminococcus": 400,
    "Coprococcus": 350,
    "Dorea": 300,
    "Akkermansia": 250,
}


def table(genera: dict[str, int]) -> bytes:
    """Return a plain table of reads."""
    return ("taxon,reads\n" + "".join(f"{name},{reads}\n" for name, reads in genera.items())).encode()


def test_the_most_frequent_come_first_and_shares_are_of_the_whole() -> None:
    view = sample_view(read(io.BytesIO(table(GENERA)), "x.csv"), 0, age_years=None)
    assert view is not None
    assert [name for name, _now, _share in view.taxa][:2] == ["Bacteroides", "Faecalibacterium"]
    assert sum(share for _n, _w, share in view.taxa) < 100.001
    assert view.taxa[0][2] > view.taxa[1][2]


def test_of_too_few_reads_nothing_is_said() -> None:
    few = {name: max(reads // 100, 1) for name, reads in GENERA.items()}
    view = sample_view(read(io.BytesIO(table(few)), "x.csv"), 0, age_years=None)
    assert view is not None
    assert view.verdict.standing is Standing.REFUSED
    assert view.verdict.reasons
    assert view.placed is None
    assert view.taxa == ()


def test_a_sample_that_is_not_there_is_the_first() -> None:
    view = sample_view(read(io.BytesIO(table(GENERA)), "x.csv"), 9, age_years=None)
    assert view is not None
    assert view.taxa[0][0] == "Bacteroides"
