"""Reading files, none of it stored: what is read, refused, or nothing we know."""

import zipfile
from pathlib import Path

import pytest

from noctiflora.actions._read_files import read_files
from noctiflora.core import FormatError
from noctiflora.sample import Person, Vendor, export

TABLES = {
    "steps.csv": "time,steps\n09:00,120\n",
    "moods.csv": "mood,days\nglad,7\nsad,3\n",
    "cycles.csv": "Cycle start time,Cycle end time,Cycle timezone,Recovery\n2025-11-05 04:59:53,,UTC+07:00,40\n",
}


def test_a_table_in_a_folder_is_a_stool_test_only_if_it_names_taxa(tmp_path: Path) -> None:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "stool.csv").write_text("taxon,percent\nBlautia,60\nBacteroides,40\n")
    (tmp_path / "odd.csv").write_text("taxon,percent\nBlautia,39\nBacteroides,20\n")
    found = {read.path.name: read for read in read_files([tmp_path], zone=None)}
    assert {name for name, read in found.items() if read.unknown} == set(TABLES)
    assert found["stool.csv"].stool is not None
    assert found["odd.csv"].refusal


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_named_by_hand_is_never_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(TABLES[name])
    (read,) = read_files([tmp_path / name], zone=None)
    assert not read.unknown
    assert read.refusal or read.stool is not None


def test_archives_tell_what_was_passed_over(tmp_path: Path, sample: Person) -> None:
    path = tmp_path / Vendor.WHOOP.file_name
    path.write_bytes(export(sample, Vendor.WHOOP))
    (read,) = read_files([path], zone=None)
    assert [len(r.exposures) > 0 for r in read.readings] == [False, True]
    assert read.passed == ("my_whoop_data/physiological_cycles.csv",)
    assert len(read.sha256) == 64


def test_what_needs_a_zone_is_told_from_other_refusals(tmp_path: Path, sample: Person) -> None:
    (tmp_path / "fitbit.json").write_bytes(export(sample, Vendor.FITBIT_API))
    (tmp_path / "half.json").write_bytes(export(sample, Vendor.FITBIT_API)[:-50])
    whole, half = read_files([tmp_path], zone=None)
    assert (whole.needs_zone, half.needs_zone) == (True, False)
    assert "--zone NAME" in whole.refusal


def test_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no file"):
        read_files([tmp_path], zone=None)
    (tmp_path / "x.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(FormatError, match="no export we know"):
        read_files([tmp_path], zone=None)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"item,amount\nRent,900\nFood,5000\n", "no stool test"),
    ],
)
def test_what_a_named_file_is_instead_is_said(tmp_path: Path, content: bytes, what: str) -> None:
    (tmp_path / "mine.csv").write_bytes(content)
    (read,) = read_files([tmp_path / "mine.csv"], zone=None)
    assert what in read.refusal
    assert read.stool is None


def test_a_spreadsheet_of_numbers_is_called_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "mine.csv", "w") as archive:
        archive.writestr("Index/Document.iwa", "x")
    (read,) = read_files([tmp_path / "mine.csv"], zone=None)
    assert "this is a Numbers file" in read.refusal
