import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, read, resolve
from noctiflora.sleep.read._plees import sniff
from tests.sleep.apps import ms
from tests.sleep.exports import utc

HEAD = "sid,start,stop,rating\n"
ROW = f"1,{ms(utc(2024, 1, 15, 22))},{ms(utc(2024, 1, 16, 6))},4\n"


def reading(text: str, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(text.encode()), "plees-tracker.csv", zone=zone)


def test_a_night() -> None:
    night = resolve(reading(HEAD + ROW).episodes).nights[0]
    assert (night.tst_min, night.waso_min, night.awakenings, night.tib_min, night.rating) == (480, None, None, None, 8)
    assert (night.onset, night.onset_zone_offset_min) == (utc(2024, 1, 15, 22), 60)


def test_no_star_is_no_rating() -> None:
    assert reading(HEAD + ROW.replace(",4\n", ",0\n")).episodes[0].totals.rating is None


def test_the_zone_is_asked_for() -> None:
    with pytest.raises(RangeError, match="--zone"):
        reading(HEAD + ROW, zone=None)


@pytest.mark.parametrize(
    "bad", ["2,x,1,0\n", "2,5,3,0\n", "2,1705356000000,1705356000000,0\n", ROW.replace(",4", ",9")]
)
def test_a_bad_row_is_counted_and_the_rest_kept(bad: str) -> None:
    found = reading(HEAD + ROW + bad)
    assert (len(found.episodes), found.skipped[0].place) == (1, "line 3")
    with pytest.raises(FormatError):
        reading(HEAD + bad)


def test_the_sample(shared: Path) -> None:
    path = shared / "samples/sleep/plees_tracker/plees-tracker.csv"
    found = reading(path.read_text(encoding="utf-8"))
    assert [round((e.end - e.start).total_seconds(), 3) for e in found.episodes] == [28.161, 1.522, 1.407]


def test_sniffing() -> None:
    assert sniff(HEAD.encode())
    assert not sniff(b"sid,begin,stop\n")
