"""Tests of the Google Health writer, by an independent reading of what it wrote."""

import csv
import datetime as dt
import io
import zipfile

from noctiflora.sample import Person, export
from noctiflora.sample._google import SLEEPS, STAGES, numbered

Row = dict[str, str]


def tables(someone: Person) -> dict[str, list[Row]]:
    with zipfile.ZipFile(io.BytesIO(export(someone, "google_health"))) as archive:
        names = {n.rpartition("/")[2].partition("_")[0]: n for n in archive.namelist() if n.endswith(".csv")}
        return {k: list(csv.DictReader(io.StringIO(archive.read(n).decode()))) for k, n in names.items()}


def test_columns_are_those_of_the_takeout(shortly: Person) -> None:
    found = tables(shortly)
    assert tuple(found["UserSleeps"][0]) == SLEEPS
    assert tuple(found["UserSleepStages"][0]) == STAGES


def test_stages_fill_each_sleep_without_gap(shortly: Person) -> None:
    found = tables(shortly)
    for sleep in found["UserSleeps"]:
        at = sleep["sleep_start"]
        for row in (r for r in found["UserSleepStages"] if r["sleep_id"] == sleep["sleep_id"]):
            assert row["sleep_stage_start"] == at
            at = row["sleep_stage_end"]
        assert at == sleep["sleep_end"]


def test_offsets_are_those_of_the_place(shortly: Person) -> None:
    rows = {row["sleep_start"]: row["start_utc_offset"] for row in tables(shortly)["UserSleeps"]}
    for _, slept in numbered(shortly):
        minutes = {"Europe/Berlin": ("+01:00", "+02:00"), "America/New_York": ("-04:00", "-05:00")}[slept.zone]
        assert rows[slept.bed_start.strftime("%Y-%m-%dT%H:%M:%SZ")] in minutes


def test_numbers_are_unique_and_older_logs_lie_beside(shortly: Person) -> None:
    rows = tables(shortly)["UserSleeps"]
    assert len({row["sleep_id"] for row in rows}) == len(rows) == len(list(numbered(shortly)))
    with zipfile.ZipFile(io.BytesIO(export(shortly, "google_health"))) as archive:
        assert any("Global Export Data/sleep-" in name for name in archive.namelist())
    assert all(dt.datetime.fromisoformat(row["sleep_end"]) for row in rows)
