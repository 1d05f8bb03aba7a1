"""Tests of the records of truth."""

import datetime as dt

from noctiflora.sample._records import DiaryEntry, Slept, Trip, minutes
from noctiflora.sleep import Segment, Stage

T0 = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)


def _at(minute: float) -> dt.datetime:
    return T0 + dt.timedelta(minutes=minute)


def test_a_night_reckons_its_own_minutes() -> None:
    marks = [
        (0, 20, Stage.AWAKE),
        (20, 80, Stage.LIGHT),
        (80, 90, Stage.AWAKE),
        (90, 300, Stage.DEEP),
        (300, 307, Stage.AWAKE),
    ]
    segments = tuple(Segment(start=_at(a), end=_at(b), stage=s) for a, b, s in marks)
    slept = Slept(zone="Europe/Berlin", bed_start=_at(0), bed_end=_at(307), segments=segments)
    assert (slept.onset, slept.offset) == (_at(20), _at(300))
    assert (slept.tib_min, slept.sol_min, slept.tst_min, slept.waso_min) == (307, 20, 270, 10)
    assert slept.stage_min(Stage.AWAKE) == 37


def test_the_diary_gives_efficiency_from_attempt_to_rising() -> None:
    entry = DiaryEntry(
        date=dt.date(2024, 1, 2),
        zone="Europe/Berlin",
        attempt=_at(0),
        latency_min=30,
        awakenings=2,
        awake_min=20,
        final_awakening=_at(450),
        out_of_bed=_at(500),
        quality=6,
    )
    assert entry.tst_min == 400
    assert entry.efficiency == 80


def test_a_trip_covers_its_nights_and_no_other() -> None:
    trip = Trip(first=dt.date(2024, 5, 1), n_nights=2, zone="America/New_York")
    days = [dt.date(2024, 4, 30), dt.date(2024, 5, 1), dt.date(2024, 5, 2), dt.date(2024, 5, 3)]
    assert [trip.covers(d) for d in days] == [False, True, True, False]


def test_minutes_are_elapsed_ones() -> None:
    assert minutes(_at(0), _at(1.5)) == 1.5
