"""Tests of the diary writer, by an independent reading of what it wrote."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

from noctiflora.sample import Person, export


def test_each_row_tells_one_morning(someone: Person) -> None:
    rows = list(csv.DictReader(io.StringIO(export(someone, "diary").decode())))
    entries = [n.diary for n in someone.nights if n.diary]
    assert [row["date"] for row in rows] == [str(e.date) for e in entries]
    for row, entry in zip(rows, entries, strict=True):
        tz = ZoneInfo(row["zone"])
        columns = ("in_bed", "lights_out", "final_awakening", "out_of_bed")
        told = [dt.datetime.fromisoformat(row[k]).replace(tzinfo=tz).astimezone(dt.UTC) for k in columns]
        assert told == [entry.attempt, entry.attempt, entry.final_awakening, entry.out_of_bed]
        assert [int(row[k]) for k in ("sol_min", "waso_min", "awakenings", "quality")] == [
            entry.latency_min,
            entry.awake_min,
            entry.awakenings,
            entry.quality,
        ]
