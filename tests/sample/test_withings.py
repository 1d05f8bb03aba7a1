"""Tests of the Withings writers, by an independent reading of what they wrote."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

from noctiflora.sample import Person, export


def _true(someone: Person) -> list[tuple[dt.datetime, float, float]]:
    sleeps = [n.slept for n in someone.nights if n.device_worn] + [nap for n in someone.nights for nap in n.naps]
    return sorted((s.bed_start, s.tst_min, s.tib_min) for s in sleeps)


def test_each_row_of_the_table_adds_up(someone: Person) -> None:
    found = []
    for row in csv.DictReader(io.StringIO(export(someone, "withings_csv").decode())):
        start, end = dt.datetime.fromisoformat(row["from"]), dt.datetime.fromisoformat(row["to"])
        asleep = sum(int(row[k]) for k in ("light (s)", "deep (s)", "rem (s)"))
        assert asleep + int(row["awake (s)"]) == (end - start).total_seconds()
        assert int(row["Duration to sleep (s)"]) + int(row["Duration to wake up (s)"]) <= int(row["awake (s)"])
        found.append((start.astimezone(dt.UTC), asleep / 60, (end - start).total_seconds() / 60))
    assert found[::-1] == _true(someone)


def test_offsets_in_the_table_are_those_of_the_instant(someone: Person) -> None:
    rows = list(csv.DictReader(io.StringIO(export(someone, "withings_csv").decode())))
    assert {row["to"][-6:] for row in rows} == {"+01:00", "+02:00", "-05:00"}


def test_the_summary_adds_up_and_names_the_zone(someone: Person) -> None:
    series = json.loads(export(someone, "withings_summary"))["body"]["series"]
    found = []
    for record in series:
        data = record["data"]
        stages = sum(data[k] for k in ("lightsleepduration", "deepsleepduration", "remsleepduration"))
        assert data["total_sleep_time"] == stages
        assert data["waso"] + data["sleep_latency"] + data["wakeup_latency"] == data["wakeupduration"]
        assert stages + data["wakeupduration"] == record["enddate"] - record["startdate"]
        start = dt.datetime.fromtimestamp(record["startdate"], tz=dt.UTC)
        found.append((start, stages / 60, (record["enddate"] - record["startdate"]) / 60))
    assert found[::-1] == _true(someone)
    assert {r["timezone"] for r in series} == {"Europe/Berlin", "America/New_York"}


def test_the_states_tell_every_segment_and_no_zone(someone: Person) -> None:
    series = json.loads(export(someone, "withings_states"))["body"]["series"]
    asleep = sum(r["enddate"] - r["startdate"] for r in series if r["state"] in {1, 2, 3})
    assert asleep / 60 == sum(tst for _, tst, _ in _true(someone))
    assert not any("timezone" in r for r in series)


def test_keys_are_those_of_a_true_answer(shared: Path, shortly: Person) -> None:
    folder = shared / "samples" / "sleep" / "withings"
    for kind, name in (("withings_summary", "sleep_summary.json"), ("withings_states", "sleep.json")):
        true = json.loads((folder / name).read_text())["body"]["series"][0]
        ours = json.loads(export(shortly, kind))["body"]["series"][0]
        assert set(ours) <= set(true)
        assert set(ours.get("data", {})) <= set(true.get("data", {}))
