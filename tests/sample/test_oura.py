"""Tests of the Oura writers, by an independent reading of what they wrote."""

import csv
import io
import json

from noctiflora.sample import Person, export
from noctiflora.sample._google import numbered


def test_rows_of_stages_sum_to_the_printed_durations(shortly: Person) -> None:
    for row in json.loads(export(shortly, "oura"))["data"]:
        fine = row["sleep_phase_30_sec"]
        assert len(fine) * 30 == row["time_in_bed"]
        assert 30 * fine.count("1") == row["deep_sleep_duration"]
        assert 30 * fine.count("4") == row["awake_time"]
        assert row["sleep_phase_5_min"] == fine[::10]


def test_deleted_and_rejected_periods_are_among_them(shortly: Person) -> None:
    kinds = [row["type"] for row in json.loads(export(shortly, "oura"))["data"]]
    assert kinds.count("deleted") == kinds.count("rest") > 0
    assert len(kinds) - 2 * kinds.count("rest") == len(list(numbered(shortly)))


def test_the_table_tells_the_same(shortly: Person) -> None:
    rows = list(csv.DictReader(io.StringIO(export(shortly, "oura_csv").decode()), delimiter=";"))
    told = json.loads(export(shortly, "oura"))["data"]
    assert [r["id"] for r in rows] == [r["id"] for r in told]
    assert [r["bedtime_end"] for r in rows] == [r["bedtime_end"] for r in told]
    assert any(r["total_sleep_duration"] == "null" for r in rows)
