"""Tests of the Health Connect writer, by an independent reading of what it wrote."""

import sqlite3
from contextlib import closing

from noctiflora.core import offset_min, zone
from noctiflora.sample import Person, export
from noctiflora.sample._google import numbered
from noctiflora.sample._health_connect import CODES, MIRRORED_EVERY
from noctiflora.sleep import Stage


def rows(someone: Person, query: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(export(someone, "health_connect"))
        return database.execute(query).fetchall()


def test_sessions_carry_the_offset_of_the_zone_in_seconds(shortly: Person) -> None:
    found = rows(shortly, "SELECT start_time, start_zone_offset FROM sleep_session_record_table WHERE app_info_id = 1")
    truth = [s for _, s in numbered(shortly)]
    assert [r[0] for r in found] == [round(s.bed_start.timestamp() * 1000) for s in truth]
    assert [r[1] for r in found] == [60 * offset_min(s.bed_start, zone(s.zone)) for s in truth]


def test_a_second_app_mirrors_sessions_without_stages(shortly: Person) -> None:
    n = len(list(numbered(shortly)))
    (mirrored,) = rows(shortly, "SELECT count(*) FROM sleep_session_record_table WHERE app_info_id = 2")[0]
    assert n // MIRRORED_EVERY <= mirrored <= n // MIRRORED_EVERY + 1
    (staged,) = rows(
        shortly,
        "SELECT count(*) FROM sleep_stages_table JOIN sleep_session_record_table s ON parent_key = s.row_id"
        " WHERE app_info_id = 2",
    )[0]
    assert staged == 0


def test_deep_sleep_has_the_code_of_android(shortly: Person) -> None:
    deep = rows(shortly, "SELECT sum(stage_end_time - stage_start_time) FROM sleep_stages_table WHERE stage_type = 5")
    truth = sum(s.stage_min(Stage.DEEP) for _, s in numbered(shortly))
    assert CODES[Stage.DEEP] == 5
    assert deep[0][0] / 60_000 == truth
