import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, read, resolve
from noctiflora.sleep.read._diary import sniff
from tests.sleep.exports import utc

COLUMNS = "date,in_bed,lights_out,sol_min,awakenings,waso_min,final_awakening,out_of_bed,quality"
ROW = "2024-01-16,2024-01-15T22:40,2024-01-15T23:00,20,2,30,2024-01-16T06:30,2024-01-16T06:50,7"


def reading(*rows: str, zone: str | None = "Europe/Berlin", columns: str = COLUMNS) -> Reading:
    return read(io.BytesIO("\n".join([columns, *rows]).encode()), "diary.csv", zone=zone)


def one(row: str, **more: str) -> Night:
    return resolve(reading(row, **more).episodes).nights[0]


def test_the_items_of_the_consensus_diary() -> None:
    night = one(ROW)
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (490, 400, 20, 30)
    assert (night.awakenings, night.terminal_wake_min, night.rating) == (2, 20, 7)
    assert night.onset == utc(2024, 1, 15, 22, 20)
    assert night.offset == utc(2024, 1, 16, 5, 30)
    assert night.se_pct == pytest.approx(100 * 400 / 490)
    assert night.se_attempt_pct == pytest.approx(100 * 400 / 470)
    assert night.notes == ()


def test_zero_written_down_is_zero() -> None:
    night = one(ROW.replace(",20,2,30,", ",0,0,,"))
    assert (night.sol_min, night.waso_min, night.awakenings, night.tst_min) == (0, 0, 0, 450)


def test_what_is_not_written_down_is_unknown() -> None:
    night = one(ROW.replace(",20,2,30,", ",,,,"))
    assert (night.sol_min, night.waso_min, night.tst_min, night.se_pct) == (None, None, None, None)
    assert night.tib_min == 490


def test_only_the_needed_columns() -> None:
    night = one("2024-01-15T23:00;2024-01-16;2024-01-16T06:30", columns="Lights_Out;Date;Final_Awakening")
    assert (night.tib_min, night.tst_min, night.terminal_wake_min) == (None, None, None)
    assert night.offset == utc(2024, 1, 16, 5, 30)
    assert len(night.notes) == 3


def test_without_getting_up_there_is_no_efficiency_but_sleep() -> None:
    night = one(ROW.replace("2024-01-16T06:50", ""))
    assert (night.tst_min, night.tib_min, night.se_pct, night.se_attempt_pct) == (400, None, None, None)
    assert (night.sol_min, night.waso_min, night.terminal_wake_min) == (20, 30, None)


def test_without_lights_out_the_other_efficiency_is_unknown() -> None:
    night = one(ROW.replace("2024-01-15T23:00", ""))
    assert (night.tst_min, night.se_attempt_pct) == (420, None)


def test_the_zone_of_the_row_the_times_or_the_person() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(ROW, zone=None)
    own = reading(ROW + ",Asia/Tokyo", zone=None, columns=COLUMNS + ",zone").episodes[0]
    assert (own.start_offset_min, own.zone_basis) == (540, "record zone")
    with_offset = ROW
    for time in ("22:40", "23:00", "06:30", "06:50"):
        with_offset = with_offset.replace("T" + time, f"T{time}-05:00")
    written = reading(with_offset, zone=None).episodes[0]
    assert (written.start_offset_min, written.zone_basis) == (-300, "record offset")


def test_a_clock_change_within_the_night() -> None:
    row = ROW.replace("2024-01-15", "2024-03-30").replace("2024-01-16", "2024-03-31")
    assert one(row).tib_min == 430


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.replace("2024-01-16,", "2024-01-15,", 1), "date of waking up"),
        (ROW.replace("2024-01-16,", "today,", 1), "not a date"),
        (ROW.replace(",20,2,", ",NaN,2,"), "a number is needed"),
        (ROW.replace(",7", ",11"), "between 0 and 10"),
        (ROW.replace("2024-01-15T23:00", "2024-01-16T23:00"), "follow each other"),
        (ROW.replace("2024-01-15T22:40", "2024-01-14T22:40"), "24 hours"),
        (ROW.replace("2024-01-16T06:30", ""), "missing"),
        (ROW.replace("2024-01-16T06:30", "06:30"), "not a time"),
        (ROW.replace(",20,2,30,", ",400,2,300,"), "longer than the night"),
    ],
)
def test_a_bad_row_is_counted_and_the_rest_kept(row: str, reason: str) -> None:
    found = reading(ROW.replace("01-16", "01-19").replace("01-15", "01-18"), row)
    assert len(found.episodes) == 1
    assert reason in found.skipped[0].reason
    assert found.skipped[0].place == "line 3"
    with pytest.raises(FormatError):
        reading(row)


def test_whose_diary_it_is() -> None:
    assert reading(ROW).person is None
    assert reading(ROW + ",Ada", columns=COLUMNS + ",person").person is not None


def test_sniffing() -> None:
    assert sniff(COLUMNS.encode())
    assert sniff(b"final_awakening;in_bed;date\n")
    assert not sniff(b"date,weight\n")
    assert not sniff(b"")
