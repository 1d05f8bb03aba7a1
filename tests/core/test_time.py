"""The night-date and zone rule, on both clock changes and all over the world."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError, local, night_date, offset_min, resolve_wall, zone


def test_a_night_belongs_to_the_date_of_waking() -> None:
    end = dt.datetime(2024, 3, 10, 5, 30, tzinfo=dt.UTC)
    assert night_date(end, 60) == dt.date(2024, 3, 10)
    assert night_date(end, -600) == dt.date(2024, 3, 9)


@pytest.mark.parametrize(("hour", "nap", "day"), [(17, True, 1), (18, True, 2), (18, False, 1), (23, True, 2)])
def test_only_a_late_nap_moves_to_the_next_date(hour: int, nap: bool, day: int) -> None:
    assert night_date(dt.datetime(2024, 3, 1, hour, tzinfo=dt.UTC), 0, nap=nap).day == day


def test_an_hour_that_comes_twice_is_named() -> None:
    first, doubtful = resolve_wall(dt.datetime(2024, 10, 27, 2, 30), zone("Europe/Berlin"))
    assert doubtful
    assert first == dt.datetime(2024, 10, 27, 0, 30, tzinfo=dt.UTC)


def test_an_hour_that_never_was_is_named() -> None:
    instant, doubtful = resolve_wall(dt.datetime(2024, 3, 31, 2, 30), zone("Europe/Berlin"))
    assert doubtful
    assert instant == dt.datetime(2024, 3, 31, 1, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", ["Berlin", "", "../etc/passwd", "Europe/Nowhere", "/etc/localtime"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(RangeError):
        zone(name)


INSTANTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2037, 1, 1), timezones=st.just(dt.UTC))
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
)


@given(INSTANTS, ZONES)
def test_a_clear_clock_reading_leads_back_to_its_instant(instant: dt.datetime, name: str) -> None:
    tz = zone(name)
    wall = local(instant, offset_min(instant, tz)).replace(tzinfo=None)
    back, doubtful = resolve_wall(wall, tz)
    assert doubtful or back == instant
