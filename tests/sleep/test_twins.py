import datetime as dt
from dataclasses import replace

import pytest

from noctiflora.sleep import Episode, Stage, resolve
from noctiflora.sleep._twins import reunite
from tests.sleep.exports import episode, utc

START = utc(2024, 1, 15, 22)
NIGHT = [(Stage.LIGHT, 240.0), (Stage.AWAKE, 10.0), (Stage.REM, 200.0)]


def tokyo(**more: object) -> Episode:
    """Return a night from 23:00 to 06:30 in Tokyo, its offset printed."""
    return episode(
        utc(2024, 1, 15, 14), NIGHT, source="ring", start_offset_min=540, end_offset_min=540,
        zone_basis="record offset", **more,
    )  # fmt: skip


def clockless(**more: object) -> Episode:
    """Return a night from 23:00 to 06:30 of no zone, read on the clock of Berlin."""
    return episode(START, NIGHT, source="app", **more)


def test_a_zone_less_copy_is_moved_to_the_record_that_knows_its_offset() -> None:
    moved = next(e for e in reunite([clockless(), tokyo()]).episodes if e.source == "app")
    assert (moved.start, moved.start_offset_min, moved.end_offset_min) == (utc(2024, 1, 15, 14), 540, 540)
    assert moved.segments == tokyo().segments
    assert "ring" in moved.notes[-1]
    found = resolve([clockless(), tokyo()])
    assert ([n.source for n in found.nights], found.naps) == (["ring"], ())


def test_a_fuller_zone_less_record_still_wins_at_the_right_time() -> None:
    bare = tokyo(segments=())
    found = resolve([clockless(), replace(bare, totals=replace(bare.totals, tst_min=400.0))])
    assert [(n.source, n.onset, n.onset_zone_offset_min) for n in found.nights] == [("app", utc(2024, 1, 15, 14), 540)]


@pytest.mark.parametrize(("first", "last"), [(120, 0), (0, 120), (-3600, -3600)])
def test_other_clock_readings_are_another_sleep(first: int, last: int) -> None:
    other = tokyo()
    other = replace(
        other, start=other.start + dt.timedelta(seconds=first), end=other.end + dt.timedelta(seconds=last), segments=()
    )
    assert {e.start for e in reunite([clockless(), other]).episodes} >= {START}


def test_clock_readings_may_be_cut_to_minutes() -> None:
    other = tokyo()
    near = replace(other, start=other.start - dt.timedelta(seconds=50), end=other.end - dt.timedelta(seconds=80))
    moved = next(e for e in reunite([clockless(), near]).episodes if e.source == "app")
    assert moved.start == other.start


def test_two_tables_of_one_export_name_one_sleep() -> None:
    stages = episode(START, NIGHT, source="samsung stages", key="uuid", zone_basis="record offset")
    elsewhere = episode(
        utc(2024, 1, 15, 8),
        [(Stage.IN_BED, 450)],
        source="samsung",
        key="uuid",
        segments=(),
        zone_basis="record offset",
    )
    found = reunite([stages, elsewhere])
    assert [e.source for e in found.episodes] == ["samsung stages"]
    assert [loser.episode for loser in found.losers] == [elsewhere]
    assert len(reunite([stages, replace(elsewhere, key="other")]).episodes) == 2
    assert len(reunite([stages, replace(elsewhere, source="apple: x")]).episodes) == 2


def test_nothing_changes_where_all_agree() -> None:
    same = [clockless(), replace(clockless(), source="b", zone_basis="record offset")]
    assert reunite(same).episodes == tuple(same)
