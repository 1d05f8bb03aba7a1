import datetime as dt

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep.read._offset import from_utc, from_wall, parse_offset
from tests.sleep.exports import utc


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("UTC+0530", 330), ("+05:30", 330), ("UTC-04:00", -240), ("GMT-5", -300), ("UTCZ", 0), ("Z", 0), ("UTC", 0)),
        *(("+14:00", 840), ("UTC+0100", 60), ("-0930", -570)),
    ],
)
def test_spellings(text: str, minutes: int) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize("text", ["", " ", "Berlin", "+5:3", "UTC+", "1", "+05:30:00", "--5"])
def test_what_is_no_offset(text: str) -> None:
    with pytest.raises(FormatError):
        parse_offset(text)


@pytest.mark.parametrize("text", ["+14:30", "-25:00", "+05:60"])
def test_offsets_of_no_place(text: str) -> None:
    with pytest.raises(RangeError):
        parse_offset(text)


def test_instants_and_wall_times() -> None:
    one = from_utc("2026-09-11T17:30:00Z", "+05:30")
    assert (one.instant, one.offset_min, one.basis) == (utc(2026, 9, 11, 17, 30), 330, "record offset")
    assert from_utc("2026-09-11T17:30:00", "+05:30") == one
    assert from_wall("2026-09-11 23:00:00", "UTC+05:30") == one
    assert from_utc("2026-09-11T19:30:00+02:00", "-05:00").instant == one.instant
    assert one.instant.utcoffset() == dt.timedelta(0)


def test_two_offsets_and_odd_years_are_refused() -> None:
    with pytest.raises(FormatError, match="twice"):
        from_wall("2026-09-11T23:00:00+02:00", "+02:00")
    with pytest.raises(RangeError, match="1990"):
        from_wall("1970-01-01 00:00:00", "UTC")
    with pytest.raises(RangeError, match="1990"):
        from_utc("0001-01-01T00:00:00+14:00", "UTC")
