"""Writer of our own sleep diary table, in the columns which the reader of diaries documents."""

import csv
import datetime as dt
import io

from noctiflora.core import zone
from noctiflora.sample._records import DiaryEntry, Person

COLUMNS = (
    "date",
    "in_bed",
    "lights_out",
    "sol_min",
    "awakenings",
    "waso_min",
    "final_awakening",
    "out_of_bed",
    "quality",
    "zone",
)


def diary_csv(person: Person) -> bytes:
    """Return ``diary.csv``: one row for each morning on which the person wrote an entry."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for night in person.nights:
        if night.diary is not None:
            writer.writerow(_row(night.diary))
    return out.getvalue().encode()


def _row(entry: DiaryEntry) -> list[object]:
    return [
        entry.date,
        _wall(entry, entry.attempt),
        _wall(entry, entry.attempt),
        entry.latency_min,
        entry.awakenings,
        entry.awake_min,
        _wall(entry, entry.final_awakening),
        _wall(entry, entry.out_of_bed),
        entry.quality,
        entry.zone,
    ]


def _wall(entry: DiaryEntry, instant: dt.datetime) -> str:
    return f"{instant.astimezone(zone(entry.zone)):%Y-%m-%dT%H:%M}"
