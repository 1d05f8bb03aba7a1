"""Tests of what a correct import must give."""

import datetime as dt

import pytest

from noctiflora.core import resolve_wall, zone
from noctiflora.sample import Person, Vendor, truth
from noctiflora.sample._expected import _DIARIES
from noctiflora.sleep import Stage


@pytest.mark.parametrize("kind", [k for k in Vendor if k not in _DIARIES])
def test_there_is_one_main_sleep_a_date_and_every_nap(someone: Person, kind: Vendor) -> None:
    found = truth(someone, kind)
    mains = [e.date for e in found if not e.nap]
    assert mains == sorted(set(mains))
    phone = kind in (Vendor.APPLE, Vendor.APPLE_XML)
    assert mains == [n.date for n in someone.nights if n.device_worn or (phone and n.in_bed_only)]
    assert sum(e.nap for e in found) == sum(len(n.naps) for n in someone.nights)
    told = sum(e.tst_min for e in found if e.tst_min is not None)
    true = sum(n.slept.tst_min for n in someone.nights if n.device_worn)
    assert told == true + sum(nap.tst_min for n in someone.nights for nap in n.naps)


def test_a_night_seen_by_the_phone_alone_has_time_in_bed_and_no_sleep(someone: Person) -> None:
    lonely = [e for e in truth(someone, "apple") if e.tst_min is None]
    assert [e.date for e in lonely] == [n.date for n in someone.nights if n.in_bed_only]
    assert all(e.onset is None and e.tib_min is not None for e in lonely)
    assert all(e.date not in {x.date for x in lonely} for e in truth(someone, "withings_csv") if not e.nap)


def test_without_the_phone_apple_tells_no_time_in_bed(someone: Person) -> None:
    worn = {n.date for n in someone.nights if n.device_worn}
    assert all(e.tib_min is None for e in truth(someone, "apple", with_phone=False) if e.date in worn)
    assert all(e.tib_min is not None for e in truth(someone, "apple") if not e.nap)


def test_fitbit_abroad_is_read_by_the_clock_at_home(someone: Person) -> None:
    assert someone.trip is not None
    nights = {n.date: n.slept for n in someone.nights}
    for e in truth(someone, "fitbit_takeout"):
        if e.nap:
            continue
        slept = nights[e.date]
        assert e.onset is not None
        off = (slept.onset - e.onset).total_seconds() / 3600
        assert off == (6 if someone.trip.covers(e.date) else 0)
        wall = slept.bed_start.astimezone(zone(slept.zone)).replace(tzinfo=None)
        assert e.onset - resolve_wall(wall, zone(someone.home))[0] == slept.onset - slept.bed_start


def test_classic_logs_tell_no_stages(someone: Person) -> None:
    for kind, classic in (("fitbit_api", True), ("apple", False)):
        mains = [e for e in truth(someone, kind) if not e.nap and e.tst_min is not None]
        assert any(not e.stages_min for e in mains) == classic
        assert all(sum(e.stages_min.values()) == e.tst_min for e in mains if e.stages_min)
        assert all(set(e.stages_min) <= {Stage.LIGHT, Stage.DEEP, Stage.REM} for e in mains)


def test_states_date_a_sleep_abroad_by_the_clock_at_home(someone: Person) -> None:
    by_zone = {e.onset: e.date for e in truth(someone, "withings_summary")}
    by_home = {e.onset: e.date for e in truth(someone, "withings_states")}
    assert by_zone.keys() == by_home.keys()
    assert all(by_home[k] - by_zone[k] in (dt.timedelta(0), dt.timedelta(days=1)) for k in by_home)


def test_the_diary_is_expected_as_it_was_written(someone: Person) -> None:
    found = truth(someone, Vendor.DIARY)
    entries = [n.diary for n in someone.nights if n.diary]
    assert [(e.date, e.tst_min) for e in found] == [(x.date, x.tst_min) for x in entries]
    assert not any(e.nap for e in found)
