"""Importing files: folders, hidden files, progress, and people kept apart."""

from pathlib import Path

import pytest

from noctiflora.actions import import_files
from noctiflora.core import FormatError
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store


def test_a_folder_is_opened_and_hidden_files_are_left(store: Store, sample: Person, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "diary.csv").write_bytes(export(sample, Vendor.DIARY))
    (folder / ".hidden.csv").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._diary.csv").write_text("x")
    report = import_files(store, [folder], zone=sample.home)
    assert [Path(file.name).name for file in report.files] == ["diary.csv"]
    assert report.n_refused == 0
    assert not report.partly


def test_an_empty_folder_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FormatError, match="no file"):
        import_files(store, [tmp_path / "empty"], zone=None)


def test_progress_reaches_the_size_of_the_file(store: Store, sample: Person, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(export(sample, Vendor.APPLE_XML))
    seen: list[tuple[str, int, int]] = []
    import_files(store, [path], zone=sample.home, progress=lambda *told: seen.append(told))
    assert seen[-1] == ("export.xml", path.stat().st_size, path.stat().st_size)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_a_later_export_adds_without_doubling(store: Store, sample: Person, tmp_path: Path) -> None:
    path = tmp_path / "sleep.csv"
    path.write_bytes(export(sample, Vendor.DIARY))
    lines = path.read_text().splitlines()
    early = tmp_path / "early.csv"
    early.write_text("\n".join(lines[:30]) + "\n")
    first = import_files(store, [early], zone=sample.home).files[0].outcome
    both = import_files(store, [path], zone=sample.home).files[0].outcome
    assert first is not None
    assert both is not None
    assert first.row.n_new == 29
    assert both.row.n_known == 29
    assert len(store.imports.episodes()) == len(lines) - 1


def test_a_refused_file_leaves_no_row(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    report = import_files(store, [path], zone=None)
    assert report.n_refused == 1
    assert store.imports.list() == ()
