import pytest

from noctiflora.core import FormatError
from noctiflora.gut import Rank, Unit
from noctiflora.gut.read._emu import read, sniff
from noctiflora.gut.read._format import finish
from tests.gut.read.documents import EMU, document


def test_ranks_stand_in_columns() -> None:
    assert sniff(EMU.encode())
    reading = finish(read(document(EMU)), name="f", label="x")
    assert reading.unit is Unit.FRACTION
    assert reading.sample(0, rank=Rank.GENUS).names == ("Bacteroides", "Blautia")
    assert reading.sample(0).unassigned == pytest.approx(0.1)
    assert reading.features[0].lineage[0] == (Rank.DOMAIN, "Bacteria")


def test_estimated_counts_go_before_shares() -> None:
    lines = EMU.splitlines()
    text = "\n".join(
        [lines[0] + "\testimated counts", *(f"{x}\t{n}" for x, n in zip(lines[1:], (7.5, 2, 1), strict=True))]
    )
    draft = read(document(text))
    assert draft.unit is Unit.READS
    assert draft.values[:, 0].tolist() == [7.5, 2.0]


def test_combined_tables() -> None:
    text = "genus\tfamily\tphylum\tA\tB\nBlautia\tLachnospiraceae\tFirmicutes\t1\t0.5\n\t\t\t0\t0.5\n"
    draft = read(document(text))
    assert draft.sample_ids == ["A", "B"]
    assert draft.unassigned is not None
    assert draft.unassigned.tolist() == [0.0, 0.5]


def test_no_amounts_are_refused() -> None:
    with pytest.raises(FormatError, match="no column of amounts"):
        read(document("genus\tfamily\tphylum\nBlautia\tL\tF\n"))
