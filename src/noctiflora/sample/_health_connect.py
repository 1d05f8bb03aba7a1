"""Writer of a Health Connect database, two apps writing the same nights."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from noctiflora.core import offset_min, zone
from noctiflora.sample._google import numbered
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

TABLES = """
CREATE TABLE application_info_table(row_id INTEGER PRIMARY KEY AUTOINCREMENT, package_name TEXT, app_name TEXT);
CREATE TABLE sleep_session_record_table(row_id INTEGER PRIMARY KEY AUTOINCREMENT, start_time INTEGER,
    end_time INTEGER, start_zone_offset INTEGER, end_zone_offset INTEGER, app_info_id INTEGER, local_date INTEGER,
    title TEXT, notes TEXT, uuid BLOB NOT NULL UNIQUE);
CREATE TABLE sleep_stages_table(parent_key INTEGER, stage_type INTEGER, stage_start_time INTEGER,
    stage_end_time INTEGER);
INSERT INTO application_info_table VALUES (1, 'com.example.watch', 'A watch'), (2, 'com.example.mirror', 'A mirror');
"""
"""Tables and columns as public readers of the database name them."""

CODES = {Stage.AWAKE: 7, Stage.LIGHT: 4, Stage.DEEP: 5, Stage.REM: 6}
MIRRORED_EVERY = 3
"""Each so many nights a second app writes the session too, without stages (assumed)."""


def health_connect(person: Person) -> bytes:
    """Return ``health_connect_export.db``: sessions in milliseconds UTC with the offset of the zone in seconds."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(TABLES)
        for row, stages in _sessions(person):
            marks = ", ".join("?" * len(row))
            done = database.execute(f"INSERT INTO sleep_session_record_table VALUES ({marks})", row)
            key = done.lastrowid
            database.executemany("INSERT INTO sleep_stages_table VALUES (?, ?, ?, ?)", [(key, *s) for s in stages])
        database.commit()
        return database.serialize()


def _sessions(person: Person) -> Iterator[tuple[tuple[object, ...], list[tuple[int, int, int]]]]:
    for number, slept in numbered(person):
        stages = [(CODES[s.stage], _ms(s.start), _ms(s.end)) for s in slept.segments]
        yield _row(slept, 1, number), stages
        if number % MIRRORED_EVERY == 0:
            yield _row(slept, 2, number), []


def _row(slept: Slept, app: int, number: int) -> tuple[object, ...]:
    tz = zone(slept.zone)
    shifts = [60 * offset_min(t, tz) for t in (slept.bed_start, slept.bed_end)]
    day = (slept.bed_start + dt.timedelta(seconds=shifts[0])).date().toordinal() - dt.date(1970, 1, 1).toordinal()
    name = number.to_bytes(8, "big") + app.to_bytes(8, "big")
    return None, _ms(slept.bed_start), _ms(slept.bed_end), *shifts, app, day, None, None, name


def _ms(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)
