import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._withings_csv import sniff
from tests.sleep.exports import utc

HEAD = (
    'from,to,"light (s)","deep (s)","rem (s)","awake (s)","wake up","Duration to sleep (s)",'
    '"Duration to wake up (s)","Snoring (s)","Average heart rate",Notes\n'
)
GERMAN = HEAD.replace("from,to", "von,bis").replace("light", "leicht").replace("deep", "tief").replace("awake", "wach")
ROW = "2024-01-15T23:00:00+01:00,2024-01-16T07:00:00+01:00,12000,6000,6000,4800,2,600,900,0,60,\n"


def reading(text: str, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(text.encode()), "sleep.csv", zone=zone)


def one(text: str, *, zone: str | None = None) -> Night:
    return resolve(reading(text, zone=zone).episodes).nights[0]


@pytest.mark.parametrize("head", [HEAD, GERMAN])
def test_a_night_in_any_language(head: str) -> None:
    night = one(head + ROW)
    assert (night.tib_min, night.tst_min, night.sol_min, night.terminal_wake_min) == (480, 400, 10, 15)
    assert (night.waso_min, night.awakenings, night.onset) == (55, 2, utc(2024, 1, 15, 22, 10))
    assert night.stages_min[Stage.DEEP] == 100


def test_a_clock_change_within_the_night() -> None:
    row = ROW.replace("2024-01-15T23:00:00+01:00", "2024-03-30T23:00:00+01:00")
    night = one(HEAD + row.replace("2024-01-16T07:00:00+01:00", "2024-03-31T08:00:00+02:00"))
    assert (night.tib_min, night.onset_zone_offset_min, night.offset_zone_offset_min) == (480, 60, 120)


def test_times_without_clock_need_the_zone() -> None:
    for text in (ROW.replace("+01:00", ""), ROW.replace("+01:00", "Z")):
        with pytest.raises(RangeError, match="--zone NAME"):
            reading(HEAD + text)
        assert one(HEAD + text, zone="Europe/Paris").onset_zone_offset_min == 60


def test_empty_cells_are_unknown() -> None:
    night = one(HEAD + ROW.replace("12000,6000,6000,4800,2,600,900", "12000,6000,,,,,"))
    assert (night.tst_min, night.tib_min, night.sol_min, night.waso_min, night.awakenings) == (
        300,
        None,
        None,
        180,
        None,
    )


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("12000", "NaN"),
        ROW.replace("12000", "many"),
        ROW.replace("2024-01-16T07", "2024-01-17T07"),
        ROW.replace("2024-01-16T07", "2024-01-15T07"),
        "," + ROW,
        "x\n",
    ],
)
def test_a_bad_row_is_counted_and_the_rest_kept(row: str) -> None:
    found = reading(HEAD + ROW + row)
    assert len(found.episodes) == 1
    assert found.skipped[0].place == "line 3"
    with pytest.raises(FormatError):
        reading(HEAD + row)


def test_a_header_alone_is_no_error() -> None:
    assert reading(HEAD).episodes == ()


def test_sniffing() -> None:
    assert sniff(HEAD.encode())
    assert not sniff(b"from,to,value\n")
