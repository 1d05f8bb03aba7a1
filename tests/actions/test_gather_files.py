"""Files that paths name: folders opened, each file once, within bounds."""

from pathlib import Path

import pytest

from noctiflora.actions import _gather_files
from noctiflora.actions._gather_files import gather_files
from noctiflora.core import FormatError


def test_folders_are_opened_however_deep_and_files_told_once(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    for name in ("a/b/x.csv", "a/y.csv", "a/.hidden", "z.csv"):
        (tmp_path / name).write_text("x")
    found = list(gather_files([tmp_path / "z.csv", tmp_path, deep, tmp_path / "z.csv"]))
    assert [(f.name, f.within) for f in found] == [("z.csv", False), ("a/b/x.csv", True), ("a/y.csv", True)]


def test_a_path_of_nothing_is_kept_for_its_refusal(tmp_path: Path) -> None:
    assert [f.path.name for f in gather_files([tmp_path / "nowhere"])] == ["nowhere"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.csv").write_text("x")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "away").symlink_to(tmp_path / "out", target_is_directory=True)
    assert list(gather_files([folder])) == []


def test_a_folder_beyond_any_export_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        (tmp_path / f"{n}").write_text("x")
    monkeypatch.setattr(_gather_files, "MOST_FILES", 3)
    with pytest.raises(FormatError, match="more files"):
        list(gather_files([tmp_path]))
