"""Importing: good files go in, bad ones get their sentence, and the database stays as it was."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from noctiflora.sample import Vendor, export, person
from tests.cli.conftest import START, Run


def test_a_folder_goes_in_and_a_repeat_changes_nothing(run: Run, exports: Path) -> None:
    first = run("import", str(exports), "--zone", "Europe/Berlin")
    assert first.code == 0
    assert "export.zip" in first.out
    before = run("nights", "--format", "json").out
    again = run("import", str(exports), "--zone", "Europe/Berlin")
    assert again.out.count("nothing changed") == 2
    assert run("nights", "--format", "json").out == before


def bad_files(folder: Path) -> dict[str, Path]:
    """Write one file of each kind of trouble."""
    good = export(person(3, start=START, n_nights=10), Vendor.APPLE)
    apple = b'<?xml version="1.0"?>\n<HealthData>\n'
    bomb = apple.replace(
        b"<HealthData>",
        b'<!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>\n<HealthData>',
    )
    contents = {
        "notes.txt": b"dear diary",
        "half.zip": good[: len(good) // 2],
        "empty.csv": b"",
        "nan.csv": b"date,lights_out,final_awakening,sol_min\n2024-01-02,2024-01-01T23:00,2024-01-02T07:00,NaN\n",
        "text.csv": b"date,lights_out,final_awakening,sol_min\n2024-01-02,2024-01-01T23:00,2024-01-02T07:00,long\n",
        "thirty.csv": b"date,lights_out,final_awakening\n2024-01-02,2024-01-01T01:00,2024-01-02T07:00\n",
        "entities.xml": bomb + b'<Record type="HKCategoryTypeIdentifierSleepAnalysis" value="&b;"/></HealthData>',
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "escape.zip", "w") as archive:
        archive.writestr("../../outside.xml", apple + b"</HealthData>")
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export.xml", apple + b" " * 200_000_000 + b"</HealthData>")
    return {path.name: path for path in folder.iterdir()}


def test_each_bad_file_has_its_sentence_and_the_database_is_unchanged(run: Run, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    before = run("nights", "--format", "json", "--db", str(filled)).out
    digest = hashlib.sha256(filled.read_bytes()).hexdigest()
    for name, path in bad_files(folder).items():
        ended = run("import", str(path), "--zone", "Europe/Berlin", "--db", str(filled))
        assert ended.code == 3, name
        assert name in ended.err, name
        assert len(ended.err) < 600, ended.err
        assert hashlib.sha256(filled.read_bytes()).hexdigest() == digest, name
    assert run("nights", "--format", "json", "--db", str(filled)).out == before


def test_what_is_good_in_a_mixed_folder_goes_in(run: Run, exports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    bad_files(folder)
    (folder / "good.zip").write_bytes((exports / "export.zip").read_bytes())
    ended = run("import", str(folder), "--zone", "Europe/Berlin", "--format", "json")
    assert ended.code == 3
    files = {Path(row["file"]).name: row for row in json.loads(ended.out)}
    assert files["good.zip"]["n_new"] > 0
    assert all(row["refusal"] for name, row in files.items() if name != "good.zip")


def person_export(folder: Path, seed: int, born: str) -> Path:
    """Write an Apple export of somebody born on a day."""
    sample = person(seed, start=START, n_nights=5, trip=False)
    raw = export(sample, Vendor.APPLE_XML)
    marker = b'HKCharacteristicTypeIdentifierDateOfBirth="'
    start = raw.index(marker) + len(marker)
    path = folder / f"{born}.xml"
    path.write_bytes(raw[:start] + born.encode() + raw[raw.index(b'"', start) :])
    return path


def test_two_people_are_kept_apart(run: Run, tmp_path: Path) -> None:
    first = person_export(tmp_path, 1, "1980-01-01")
    second = person_export(tmp_path, 2, "1990-01-01")
    both = run("import", str(first), str(second), "--zone", "Europe/Berlin")
    assert both.code == 3
    assert both.err.count("more than one person") == 2
    assert json.loads(run("nights", "--format", "json").out) == []
    assert run("import", str(first), "--zone", "Europe/Berlin").code == 0
    later = run("import", str(second), "--zone", "Europe/Berlin")
    assert later.code == 3
    assert "another person" in later.err


def test_records_without_a_zone_ask_for_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_text("date,lights_out,final_awakening\n2024-01-02,2024-01-01T23:00,2024-01-02T07:00\n")
    ended = run("import", str(path))
    assert ended.code == 3
    assert "--zone" in ended.err


def test_a_missing_file_is_named(run: Run, tmp_path: Path) -> None:
    ended = run("import", str(tmp_path / "nowhere.zip"))
    assert ended.code == 3
    assert "nowhere.zip" in ended.err


def test_the_real_summary_gives_its_sum(run: Run, shared: Path) -> None:
    path = shared / "samples/sleep/withings/sleep_summary.json"
    assert run("import", str(path)).code == 0
    nights = json.loads(run("nights", "--format", "json").out)
    assert len(nights) == 300
    assert sum(night["tst_min"] for night in nights) == pytest.approx(115_380)
