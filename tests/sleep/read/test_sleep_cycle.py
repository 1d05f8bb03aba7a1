import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._sleep_cycle import sniff
from tests.sleep.apps import SLEEP_CYCLE_HEADS, SLEEP_CYCLE_ROWS
from tests.sleep.exports import utc


def reading(text: str, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(text.encode()), "sleepdata.csv", zone=zone)


def one(layout: int, row: str | None = None) -> Night:
    text = SLEEP_CYCLE_HEADS[layout] + "\n" + (row or SLEEP_CYCLE_ROWS[layout]) + "\n"
    return resolve(reading(text).episodes).nights[0]


@pytest.mark.parametrize("layout", [0, 1])
def test_older_layouts_know_of_time_in_bed_alone(layout: int) -> None:
    night = one(layout)
    assert (night.tib_min, night.tst_min, night.sol_min, night.rating) == (480, None, None, None)


def test_the_latest_layout_knows_sleep() -> None:
    night = one(2)
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (480, 450, 10, None)
    assert (night.stages_min[Stage.REM], night.stages_min[Stage.LIGHT], night.stages_min[Stage.AWAKE]) == (100, 250, 20)
    assert night.onset == utc(2024, 1, 15, 22, 10)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n", "\n\n"])
def test_any_line_end_and_a_mark_of_byte_order(end: str) -> None:
    text = "\ufeff" + end.join(
        [SLEEP_CYCLE_HEADS[0], SLEEP_CYCLE_ROWS[0], SLEEP_CYCLE_ROWS[0].replace("01-1", "02-1"), ""]
    )
    assert len(reading(text).episodes) == 2


def test_zero_stages_are_not_measured() -> None:
    row = SLEEP_CYCLE_ROWS[2].replace("1200;6000;15000;6000", "0;0;0;0").replace("27000;600", ";")
    night = one(2, row)
    assert (night.tib_min, night.tst_min, night.stages_min.get(Stage.REM)) == (480, None, None)


@pytest.mark.parametrize(("printed", "tib"), [("9:00", 540), ("8:00", 480)])
def test_the_printed_length_decides_in_the_night_of_a_clock_change(printed: str, tib: float) -> None:
    row = f"2024-10-26 23:00:00;2024-10-27 07:00:00;82%;{printed};;;;0"
    assert one(0, row).tib_min == tib


def test_the_zone_is_asked_for() -> None:
    with pytest.raises(RangeError, match="--zone"):
        reading(SLEEP_CYCLE_HEADS[0] + "\n" + SLEEP_CYCLE_ROWS[0], zone=None)


@pytest.mark.parametrize("change", [("23:00:00", "x"), ("8:00", "8"), ("2024-01-16", "2024-01-14"), ("2024", "1824")])
def test_a_bad_row_is_counted_and_the_rest_kept(change: tuple[str, str]) -> None:
    text = "\n".join(
        [SLEEP_CYCLE_HEADS[0], SLEEP_CYCLE_ROWS[0].replace("01-1", "02-1"), SLEEP_CYCLE_ROWS[0].replace(*change)]
    )
    found = reading(text)
    assert (len(found.episodes), found.skipped[0].place) == (1, "row 3")


def test_nothing_that_can_be_read_is_refused() -> None:
    with pytest.raises(FormatError):
        reading(SLEEP_CYCLE_HEADS[0] + "\nx;y;z;1:00\n")


def test_the_sample(shared: Path) -> None:
    path = shared / "samples/sleep/sleepcycle/sleepdata_old_format.csv"
    found = read(io.BytesIO(path.read_bytes()), path.name, zone="America/New_York")
    assert (len(found.episodes), found.skipped) == (570, ())
    nights = resolve(found.episodes).nights
    assert nights[0].tib_min == pytest.approx(468.5, abs=0.1)
    assert len({n.date for n in nights}) == len(nights) == 568


def test_sniffing() -> None:
    assert all(sniff(head.encode()) for head in SLEEP_CYCLE_HEADS)
    assert not sniff(b"Start;End;Sleep quality;Other")
