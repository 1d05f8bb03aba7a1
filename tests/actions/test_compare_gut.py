from pathlib import Path

import pytest

from noctiflora.actions import compare_gut
from noctiflora.core import FormatError


def test_two_columns_of_one_table_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("genus\tA\tB\nBlautia\t9000\t1000\nBacteroides\t9000\t29999\nDorea\t900\t900\n")
    found = compare_gut(path, path, same_lab=True, samples=["A", "B"])
    assert not found.reason
    assert found == compare_gut(path, path, same_lab=True, samples=["A", "B"])
    assert {c.taxon: c.clr > 0 for c in found.changes}["Bacteroides"]
    with pytest.raises(FormatError, match="one sample twice"):
        compare_gut(path, path, same_lab=True)
    with pytest.raises(FormatError, match="two samples"):
        compare_gut(path, path, same_lab=True, samples=["A"])
