import io
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._fitbit_site import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import SITE_HEAD as HEAD
from tests.sleep.vendors import SITE_ROW as ROW


def reading(text: str, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(text.encode()), "fitbit_export.csv", zone=zone)


def one(text: str) -> Night:
    return resolve(reading(text).episodes).nights[0]


def test_a_night() -> None:
    night = one(HEAD + ROW)
    assert (str(night.date), night.tib_min, night.tst_min, night.awakenings) == ("2024-01-16", 480, 420, 12)
    assert night.stages_min == {Stage.LIGHT: 240, Stage.DEEP: 80, Stage.REM: 100}
    assert (night.sol_min, night.waso_min, night.onset) == (None, None, None)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-01-15 11:00PM", "2024-01-16 7:00AM"),
        ("15-01-2024 11:00 pm", "16-01-2024 7:00 am"),
        ("01/15/2024 11:00 PM", "01/16/2024 7:00 AM"),
        ("2024-01-15 23:00", "2024-01-16 7:00"),
        ("15.01.24 23:00", "16.01.24 07:00"),
    ],
)
def test_styles_of_dates(start: str, end: str) -> None:
    row = f'"{start}","{end}","420","60","12","480","N/A","N/A","N/A"\n'
    assert reading(HEAD + row).episodes[0].start == utc(2024, 1, 15, 22)


def test_the_order_of_day_and_month_is_that_in_which_the_sleeps_can_be_true() -> None:
    row = '"{} 11:00PM","{} 7:00AM","420","60","12","480","N/A","N/A","N/A"\n'
    day_first = HEAD + row.format("31-03-2024", "01-04-2024") + row.format("01-04-2024", "02-04-2024")
    assert [str(n.date) for n in resolve(reading(day_first).episodes).nights] == ["2024-04-01", "2024-04-02"]
    month_first = HEAD + row.format("03-31-2024", "04-01-2024") + row.format("04-01-2024", "04-02-2024")
    assert [str(n.date) for n in resolve(reading(month_first).episodes).nights] == ["2024-04-01", "2024-04-02"]


def test_thousands_within_quotes() -> None:
    row = '"2024-01-15 1:00PM","2024-01-16 7:00AM","1,020","60","1,002","1,080","N/A","N/A","N/A"\n'
    assert (one(HEAD + row).tst_min, one(HEAD + row).awakenings) == (1020, 1002)


def test_a_night_of_clock_change_keeps_the_offset_of_its_start() -> None:
    kept = '"2024-03-30 11:00PM","2024-03-31 7:00AM","450","30","1","480","N/A","N/A","N/A"\n'
    assert (one(HEAD + kept).tib_min, reading(HEAD + kept).episodes[0].end) == (480, utc(2024, 3, 31, 6))
    local = '"2024-03-30 11:00PM","2024-03-31 7:00AM","400","20","1","420","N/A","N/A","N/A"\n'
    assert (one(HEAD + local).tib_min, reading(HEAD + local).episodes[0].end) == (420, utc(2024, 3, 31, 5))


def test_stage_sums_that_do_not_add_up_are_not_used() -> None:
    assert one(HEAD + ROW.replace('"100","240","80"', '"100","240","8"')).stages_min == {}


@pytest.mark.parametrize(
    "row",
    [
        ROW.replace("11:00PM", "13:00PM"),
        ROW.replace("2024-01-15", "2024-13-45"),
        ROW.replace('"420"', '"1e9"'),
        ROW.replace("2024-01-16", "2024-01-14"),
        ROW.replace("2024-01-15 11:00PM", "yesterday"),
    ],
)
def test_impossible_rows_are_refused(row: str) -> None:
    with pytest.raises(FormatError):
        reading(HEAD + row)
    assert reading(HEAD + ROW + row).skipped[0].place == "line 4"


def test_the_zone_is_needed() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(HEAD + ROW, zone=None)
    assert not sniff(b"Sleep\nDate,Hours\n")


def test_sample(shared: Path) -> None:
    """Of its four rows one can be a night; its sums, of 5,000 minutes, cannot."""
    path = shared / "samples" / "sleep" / "fitbit" / "site_export_sleep.csv"
    found = reading(path.read_text())
    (night,) = resolve(found.episodes).nights
    assert (str(night.date), night.tib_min, night.tst_min) == ("2010-10-11", 659, None)
    assert [(s.reason, s.count) for s in found.skipped] == [("the sleep ends before it starts", 3)]
    assert any("exceed" in note for note in night.notes)
