"""Importing files: folders, hidden files, progress, and people kept apart."""

import itertools
import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from noctiflora.actions import import_files
from noctiflora.core import FormatError
from noctiflora.sample import Person, Vendor, export
from noctiflora.sleep import resolve
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


def test_what_is_no_file_is_refused_unopened(store: Store, sample: Person, tmp_path: Path) -> None:
    """Opening the pipe would wait for a writer forever; the file beside it is taken."""
    pipe, door, diary = tmp_path / "pipe.xml", tmp_path / "door", tmp_path / "diary.csv"
    os.mkfifo(pipe)
    diary.write_bytes(export(sample, Vendor.DIARY))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(door))  # a socket's path may not be long
        report = import_files(store, [pipe, door, Path(os.devnull), diary], zone=sample.home)
    refusals = [file.refusal for file in report.files]
    assert all("is a pipe, device or socket" in text for text in refusals[:3])
    assert refusals[3] == ""
    assert report.partly
    assert len(store.imports.list()) == 1


def test_half_a_download_is_kept_as_far_as_it_goes_and_said(store: Store, sample: Person, tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    whole = export(sample, Vendor.APPLE_XML)
    path.write_bytes(whole[: whole.rindex(b"SleepAnalysis") + 9])
    report = import_files(store, [path], zone=sample.home)
    assert report.partly
    assert "the file ends early: it may be half a download" in [s.reason for s in store.imports.list()[0].skipped]
    assert store.imports.episodes()


@pytest.mark.parametrize("names", list(itertools.permutations(["sleep_summary.json", "sleep.json"])))
def test_a_fragment_does_not_take_the_place_of_a_whole_night(store: Store, shared: Path, names: Sequence[str]) -> None:
    folder = shared / "samples" / "sleep" / "withings"
    for name in names:
        report = import_files(store, [folder / name], zone="Europe/Paris")
        assert report.files[0].outcome is not None
        assert report.files[0].outcome.row.n_replaced == 0
    nights = resolve(store.imports.episodes()).nights
    assert len(nights) == 300
    assert sum(night.tst_min or 0 for night in nights) == pytest.approx(115_380)


WITHINGS = (Vendor.WITHINGS_SUMMARY, Vendor.WITHINGS_STATES, Vendor.WITHINGS_CSV)


@pytest.mark.parametrize("order", list(itertools.permutations(WITHINGS)))
def test_the_documents_of_one_device_stand_beside_each_other(
    store: Store, sample: Person, tmp_path: Path, order: Sequence[Vendor]
) -> None:
    """The stages are cut down to the first two minutes of each sleep: no night may shrink to that."""
    alone: dict[Vendor, dict[str, float | None]] = {}
    for vendor in order:
        content = export(sample, vendor)
        if vendor is Vendor.WITHINGS_STATES:
            content = _first_minutes(content)
        path = tmp_path / f"{vendor}.txt"
        path.write_bytes(content)
        before = {(e.source, e.key) for e in store.imports.episodes()}
        outcome = import_files(store, [path], zone=sample.home).files[0].outcome
        assert outcome is not None
        assert outcome.row.n_new == outcome.row.n_read > 0
        fresh = [e for e in store.imports.episodes() if (e.source, e.key) not in before]
        alone[vendor] = {str(n.date): n.tst_min for n in resolve(fresh).nights}
    both = {str(n.date): n.tst_min for n in resolve(store.imports.episodes()).nights}
    whole = alone[Vendor.WITHINGS_SUMMARY]
    assert both.keys() >= whole.keys()
    assert {date: both[date] for date in whole} == whole


def _first_minutes(content: bytes) -> bytes:
    """Return an answer of stages with the first stretch of every sleep, cut to two minutes."""
    data = json.loads(content)
    rows = sorted(data["body"]["series"], key=lambda row: row["startdate"])
    kept = [
        row | {"enddate": row["startdate"] + 120}
        for last, row in zip([None, *rows], rows, strict=False)
        if last is None or row["startdate"] - last["enddate"] > 3600
    ]
    data["body"]["series"] = [row | {"state": 1} for row in kept]
    return json.dumps(data).encode()
