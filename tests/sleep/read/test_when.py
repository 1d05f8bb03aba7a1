import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.sleep.read._when import at, cached_zone, from_epoch, moment, parse_stamp, plausible, wall_zone

BERLIN = ZoneInfo("Europe/Berlin")


def test_an_offset_of_the_record_is_its_own_clock() -> None:
    found = moment("2024-01-01T23:00:00-05:00", BERLIN)
    assert (found.offset_min, found.basis) == (-300, "record offset")
    assert found.instant == dt.datetime(2024, 1, 2, 4, tzinfo=dt.UTC)


def test_zulu_is_an_instant_without_clock() -> None:
    found = moment("2024-07-01T21:00:00Z", BERLIN)
    assert (found.offset_min, found.basis) == (120, "named zone")
    with pytest.raises(RangeError, match="no time zone"):
        moment("2024-07-01T21:00:00Z", None)


def test_a_wall_time_needs_a_zone() -> None:
    assert moment("2024-07-01 23:00", BERLIN).instant == dt.datetime(2024, 7, 1, 21, tzinfo=dt.UTC)
    with pytest.raises(RangeError):
        moment("2024-07-01 23:00", None)


def test_a_time_on_the_clock_change_is_noted() -> None:
    assert moment("2024-10-27T02:30", BERLIN).note
    assert not moment("2024-10-27T04:30", BERLIN).note


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13-01T00:00", "2024-01-01", "NaN", "1" * 50, "２０２４"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(FormatError):
        parse_stamp(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1970-01-01T00:00"])
def test_dates_of_no_device(text: str) -> None:
    with pytest.raises(RangeError):
        moment(text, BERLIN)


@pytest.mark.parametrize("seconds", [1e300, -1.0, float("inf"), 0.0, 5e9])
def test_unix_times_of_no_device(seconds: float) -> None:
    with pytest.raises(InputError):
        from_epoch(seconds)


def test_unix_time() -> None:
    assert from_epoch(1704067200.0) == dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    assert plausible(from_epoch(1704067200.0)).year == 2024


def test_the_missing_zone_tells_what_to_do() -> None:
    with pytest.raises(RangeError, match="--zone NAME") as caught:
        wall_zone(None, where="sleep.json")
    assert caught.value.where == "sleep.json"
    with pytest.raises(RangeError, match="not the name"):
        wall_zone("Mars/Olympus", where="x")
    assert wall_zone("Asia/Tokyo", where="x") is cached_zone("Asia/Tokyo")


def test_an_instant_needs_a_clock() -> None:
    with pytest.raises(RangeError):
        at(from_epoch(1704067200.0), None)
