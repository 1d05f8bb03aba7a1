import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._ranked_rows import RankedRow, draft_of


def row(name: str, rank: Rank, parent: str, amount: float, *, root: bool = False) -> RankedRow:
    return RankedRow(name=name, rank=rank, key=name, parent=parent, amount=amount, ncbi_id=None, is_root=root)


def test_lineages_follow_parents_and_loops_end() -> None:
    rows = [row("A", Rank.PHYLUM, "B", 5), row("B", Rank.GENUS, "A", 5)]
    draft = draft_of(rows, name="f", unit=Unit.READS)
    assert draft.rank is Rank.GENUS
    assert draft.features[1].lineage[-1] == (Rank.GENUS, "B")


def test_without_a_root_the_largest_rank_is_the_total() -> None:
    rows = [row("A", Rank.PHYLUM, "", 9), row("B", Rank.GENUS, "A", 5), row("C", Rank.GENUS, "A", 3)]
    draft = draft_of(rows, name="f", unit=Unit.READS)
    assert draft.totals is not None
    assert draft.totals.tolist() == [9.0]


def test_a_root_alone_is_no_export() -> None:
    with pytest.raises(FormatError, match="names no taxa"):
        draft_of([row("root", Rank.OTHER, "", 9, root=True)], name="f", unit=Unit.READS)
