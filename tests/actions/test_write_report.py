"""Writing a report: both files, whole, or a sentence."""

from pathlib import Path

import pytest

from noctiflora.actions import assess, write_report
from noctiflora.core import FormatError
from noctiflora.store import Store
from tests.actions.test_assess import TODAY


def test_no_part_is_left_behind(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    write_report(assess(store, today=TODAY), folder)
    assert sorted(p.name for p in folder.iterdir()) == ["report.html", "report.json"]


def test_a_file_in_the_way_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(FormatError, match="--out"):
        write_report(assess(store, today=TODAY), tmp_path / "x")
