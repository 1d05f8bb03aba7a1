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
    assert {name for name, row in files.items() if row["unknown"]} == {"notes.txt", "empty.csv"}
    assert all(row["refusal"] or row["unknown"] for name, row in files.items() if name != "good.zip")


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


def test_the_zone_is_asked_once_and_remembered(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_text("date,lights_out,final_awakening\n2024-01-02,2024-01-01T23:00,2024-01-02T07:00\n")
    assert run("import", str(path), "--zone", "Asia/Tokyo").code == 0
    other = tmp_path / "later.csv"
    other.write_text("date,lights_out,final_awakening\n2024-01-03,2024-01-02T23:00,2024-01-03T07:00\n")
    assert run("import", str(other)).code == 0
    nights = json.loads(run("nights", "--format", "json").out)
    assert [night["offset_zone_offset_min"] for night in nights] == [540, 540]
    moved = run("import", str(other), "--zone", "Europe/Berlin")
    assert (moved.code, "before it was Asia/Tokyo" in moved.err) == (0, True)
    assert run("import", str(other), "--zone", "Mars/Olympus").code in (2, 3)
    assert json.loads(run("nights", "--format", "json").out)[1]["offset_zone_offset_min"] == 60


def test_many_files_without_a_zone_get_one_sentence(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "diaries"
    folder.mkdir()
    for n in range(3):
        rows = f"date,lights_out,final_awakening\n2024-01-0{n + 2},2024-01-0{n + 1}T23:00,2024-01-0{n + 2}T07:00\n"
        (folder / f"diary{n}.csv").write_text(rows)
    ended = run("import", str(folder))
    assert (ended.code, ended.err.count("--zone NAME"), len(ended.err.splitlines())) == (3, 1, 1)
    assert "diary0.csv, diary1.csv, diary2.csv" in ended.err


def whole_folder(folder: Path) -> int:
    """Write what a person who tried everything has: exports of many makers, in folders, with much else beside."""
    someone = person(5, start=START, n_nights=40, period_nights=4, run_in_nights=8)
    kinds = (Vendor.APPLE, Vendor.GOOGLE_HEALTH, Vendor.OURA, Vendor.WHOOP, Vendor.SAMSUNG, Vendor.GARMIN)
    for kind in kinds:
        (folder / kind.value / "deep").mkdir(parents=True)
        (folder / kind.value / "deep" / kind.file_name).write_bytes(export(someone, kind))
    for name, content in {
        "photo.jpg": b"\xff\xd8\xff",
        "a/heart.json": b'{"bpm": 60}',
        "steps.csv": b"time,steps\n9,1\n",
        "moods.csv": b"mood,days\nglad,7\nsad,3\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return sum(night.device_worn or night.in_bed_only for night in someone.nights)


def test_a_whole_folder_dropped_in(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "everything"
    folder.mkdir()
    n_nights = whole_folder(folder)
    ended = run("import", str(folder), "--zone", "Europe/Berlin")
    assert ended.code == 0
    assert "4 files passed over, nothing we know: heart.json, moods.csv, photo.jpg, steps.csv" in ended.err
    assert "my_whoop_data/sleeps.csv: WHOOP sleeps" in ended.out
    assert "my_whoop_data/journal_entries.csv: WHOOP journal" in ended.out
    assert "passed over, not sleep: my_whoop_data/physiological_cycles.csv" in ended.err
    nights = [n for n in json.loads(run("nights", "--format", "json").out) if not n["nap"]]
    assert len(nights) == n_nights
    why = json.loads(run("nights", "--why", "--format", "json").out)
    assert sum(row["chosen"] for row in why) >= n_nights
    assert all(row["reason"] for row in why)
    again = run("import", str(folder))
    assert (again.code, again.out.count("nothing changed")) == (0, 6)


def test_a_folder_of_nothing_we_know_is_refused(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    ended = run("import", str(folder))
    assert (ended.code, "no export we know" in ended.err) == (3, True)


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
