"""Tests of the Garmin writers, by an independent reading of what they wrote."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

from noctiflora.sample import Person, export

Row = dict[str, Any]


def exported(someone: Person) -> list[Row]:
    with zipfile.ZipFile(io.BytesIO(export(someone, "garmin"))) as archive:
        return [row for name in archive.namelist() for row in json.loads(archive.read(name))]


def test_every_day_has_a_row_and_each_file_ends_with_nothing(someone: Person) -> None:
    rows = exported(someone)
    assert sum("calendarDate" in row for row in rows) == len(someone.nights)
    assert [row for row in rows if "calendarDate" not in row] == [{"retro": False}] * 2


def test_days_without_the_watch_hold_nulls_or_a_window(someone: Person) -> None:
    unworn = {str(n.date) for n in someone.nights if not n.device_worn}
    empty = [row for row in exported(someone) if row.get("calendarDate") in unworn]
    assert {row["deepSleepSeconds"] for row in empty} == {None}
    assert {row["sleepStartTimestampGMT"] is None for row in empty} == {True, False}


def test_local_time_is_wall_time_written_as_if_utc(shortly: Person) -> None:
    for row in json.loads(export(shortly, "garmin_connect")):
        sleep = row["dailySleepDTO"]
        if sleep["sleepStartTimestampGMT"] is None:
            continue
        hours = (sleep["sleepStartTimestampLocal"] - sleep["sleepStartTimestampGMT"]) / 3_600_000
        assert hours in (1, 2, -4, -5)


def test_levels_fill_the_night_and_sum_to_the_printed_seconds(shortly: Person) -> None:
    for row in json.loads(export(shortly, "garmin_connect")):
        seconds = dict.fromkeys((0.0, 1.0, 2.0, 3.0), 0.0)
        for x in row["sleepLevels"]:
            length = dt.datetime.fromisoformat(x["endGMT"]) - dt.datetime.fromisoformat(x["startGMT"])
            seconds[x["activityLevel"]] += length.total_seconds()
        sums = row["dailySleepDTO"]
        assert seconds[0.0] == (sums["deepSleepSeconds"] or 0)
        assert seconds[3.0] == (sums["awakeSleepSeconds"] or 0)
