import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep import Kind, Reading, Stage, read, resolve
from noctiflora.sleep.read._whoop import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import WHOOP_HEAD as HEAD
from tests.sleep.vendors import WHOOP_ROW as ROW
from tests.sleep.vendors import WHOOP_SPANISH

BLANK = (
    "2025-11-04 03:10:36,2025-11-05 04:59:53,UTC+07:00,2025-11-04 03:10:36,2025-11-04 09:17:37" + "," * 13 + "false\n"
)


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "sueño.csv")


@pytest.mark.parametrize("head", [HEAD, WHOOP_SPANISH, HEAD.replace("\n", "\r\n")])
def test_a_night_in_any_language(head: str) -> None:
    found = reading(head + ROW)
    (night,) = resolve(found.episodes).nights
    assert (str(night.date), night.tst_min, night.onset_zone_offset_min) == ("2025-11-05", 286, None)
    assert night.tib_min == pytest.approx(359.25)
    assert night.stages_min == {Stage.LIGHT: 97, Stage.DEEP: 104, Stage.REM: 85, Stage.AWAKE: 73}
    assert found.episodes[0].start == utc(2025, 11, 4, 21, 59, 53)


def test_what_the_band_cannot_tell_is_unknown() -> None:
    (night,) = resolve(reading(HEAD + ROW).episodes).nights
    assert (night.waso_min, night.sol_min, night.awakenings, night.onset) == (None, None, None, None)
    assert any("latency" in note for note in reading(HEAD + ROW).notes)


def test_rows_without_numbers_are_unknown_not_zero() -> None:
    (night,) = resolve(reading(HEAD + BLANK).episodes).nights
    assert (night.tst_min, night.se_pct) == (None, None)
    assert "no sleep was measured" in night.notes


def test_rows_without_sleep_are_left_out_and_told() -> None:
    open_cycle = "2025-11-06 04:00:00,,UTC+07:00,,," + "," * 12 + "\n"
    found = reading(HEAD + open_cycle + ROW)
    assert (len(found.episodes), found.skipped) == (1, ())
    assert any(note.endswith("were left out: 1") for note in found.notes)


def test_naps() -> None:
    nap = (
        "2025-11-05 04:59:53,,UTC+07:00,2025-11-05 14:00:00,2025-11-05 14:25:00,30,15,22,25,10,12,0,3,500,35,88,,true\n"
    )
    found = resolve(reading(HEAD + ROW + nap).episodes)
    assert [n.tst_min for n in found.naps] == [22]
    assert {e.kind for e in reading(HEAD + ROW + nap).episodes} == {Kind.NAP, Kind.MAIN}


def test_decimal_commas_and_missing_nap() -> None:
    row = ROW.replace(",286,", ',"286,5",').replace(",false", ",")
    (episode,) = reading(HEAD + row).episodes
    assert (episode.totals.tst_min, episode.kind) == (286.5, Kind.UNKNOWN)


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("UTC+07:00", "Bangkok"),
        ROW.replace(",286,", ",900,"),
        ROW.replace("10:59:08", "03:59:08"),
        ROW.replace(",286,", ",many,"),
    ],
)
def test_impossible_rows_are_refused(row: str) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        reading(HEAD + row)
    assert reading(HEAD + ROW + row).skipped[0].place == "line 3"


def test_other_tables_of_the_export_are_not_taken() -> None:
    workout = HEAD.replace("Sleep onset", "Workout start time") + ROW.replace("2025-11-05 10:59:08", "Tennis")
    assert not sniff(workout.encode())
    assert not sniff(WHOOP_SPANISH.encode())
    assert sniff(HEAD.encode())
    cycles = "Cycle start time,Cycle end time,Cycle timezone,Recovery score %\n2025-11-05 04:59:53,,UTC+07:00,40\n"
    assert not sniff(cycles.encode())
    assert not sniff(b"")


@pytest.mark.parametrize(
    ("date", "wake", "offset", "instant"),
    [
        ("2025-03-29", "2025-03-30 08:00:00", 120, (2025, 3, 30, 6)),
        ("2025-10-25", "2025-10-26 06:00:00", 60, (2025, 10, 26, 5)),
    ],
)
def test_a_clock_change_is_known_by_the_minutes_in_bed(
    date: str, wake: str, offset: int, instant: tuple[int, ...]
) -> None:
    """Both nights lasted eight hours; the row names the offset of its start alone."""
    zone = "UTC+01:00" if offset == 120 else "UTC+02:00"
    row = f"{date} 23:00:00,,{zone},{date} 23:00:00,{wake},90,14,440,480,200,100,140,40,480,0,91,80,false\n"
    (episode,) = reading(HEAD + row).episodes
    assert (episode.end, episode.end_offset_min) == (utc(*instant), offset)
    assert "clock changed" in episode.notes[0]
    assert resolve([episode]).nights[0].tib_min == 480
