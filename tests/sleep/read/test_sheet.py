import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, read, read_all, resolve
from noctiflora.sleep.read import _sheet
from tests.sleep.apps import workbook
from tests.sleep.exports import utc, zipped
from tests.sleep.read.test_consensus import QUESTIONS

HOURS = [None, *(dt.time(h) for h in range(24))]
DAY = dt.datetime(2024, 1, 15)
NIGHT = (
    dt.datetime(2024, 1, 16),
    dt.time(22, 40),
    dt.time(23),
    20,
    2,
    dt.timedelta(minutes=30),
    dt.time(6, 30),
    dt.time(6, 50),
    "Good",
)


def reading(data: bytes, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(data), "diary.xlsx", zone=zone)


def test_the_questions_of_the_consensus_diary() -> None:
    found = reading(workbook([("My diary",), (), QUESTIONS, NIGHT, (), ("Yes",)]))
    night = resolve(found.episodes).nights[0]
    assert (night.tib_min, night.tst_min, night.sol_min, night.waso_min, night.rating) == (490, 400, 20, 30, 7.5)
    assert found.skipped[0].place == "line 6"


def test_sleep_with_wake() -> None:
    rows = [("Sleep", "Wake"), (DAY, DAY + dt.timedelta(hours=8))]
    night = resolve(reading(workbook(rows)).episodes).nights[0]
    assert (night.tst_min, night.onset) == (480, utc(2024, 1, 14, 23))


def test_a_chart_of_coloured_hours() -> None:
    rows = [HOURS, [DAY], [DAY + dt.timedelta(days=1)], ["total"]]
    coloured = [(2, 24), (2, 25), *((3, c) for c in range(2, 9)), (3, 15)]
    found = reading(workbook(rows, coloured=coloured))
    assert [(e.start, e.end) for e in found.episodes] == [
        (utc(2024, 1, 15, 21), utc(2024, 1, 16, 6)),
        (utc(2024, 1, 16, 12), utc(2024, 1, 16, 13)),
    ]
    assert found.episodes[0].source == "diary: chart"
    with pytest.raises(RangeError, match="--zone"):
        reading(workbook(rows), zone=None)


def test_the_hour_that_a_clock_change_skips_or_repeats() -> None:
    spring, autumn = (dt.datetime(2024, *day) for day in ((3, 31), (10, 27)))  # type: ignore[arg-type]
    rows = [HOURS, [spring], [autumn]]
    found = reading(workbook(rows, coloured=[(r, c) for r in (2, 3) for c in range(2, 10)]))
    assert [(e.end - e.start).total_seconds() / 3600 for e in found.episodes] == [7, 9]


def test_a_chart_without_colour_holds_nothing() -> None:
    found = reading(workbook([HOURS, [DAY]]))
    assert (found.episodes, found.notes) == ((), ("no hour of the chart is coloured",))


@pytest.mark.parametrize(
    "data",
    [
        workbook([("Date", "Steps"), (DAY, 100)]),
        workbook([]),
        zipped({"xl/workbook.xml": b"<workbook/>"}),
        zipped({"_rels/.rels": b"x", "word/document.xml": b"x"}),
        workbook([("Sleep", "Wake")])[:-400],
    ],
    ids=["another table", "empty", "no workbook", "a letter", "cut short"],
)
def test_what_is_no_diary_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        reading(data)
    assert caught.value.where == "diary.xlsx"
    assert caught.value.do


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with pytest.raises(FormatError, match="not read"):
        reading(zipped({"xl/workbook.xml": bomb}))
    with pytest.raises(FormatError, match="not read"):
        reading(zipped({"xl/workbook.xml": bomb.decode().encode("utf-16")}))


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        for n in range(3):
            archive.writestr(f"xl/{n}.xml", b" " * (6 << 20))
    with pytest.raises(FormatError, match="not read"):
        reading(out.getvalue())


def test_a_cell_far_away_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sheet, "MOST_ROWS", 3)
    rows = [("Sleep", "Wake"), *[(DAY + dt.timedelta(days=n), DAY + dt.timedelta(days=n, hours=8)) for n in range(9)]]
    assert len(reading(workbook(rows)).episodes) == 2


def test_within_an_archive() -> None:
    data = zipped({"diary.xlsx": workbook([("Sleep", "Wake"), (DAY, DAY + dt.timedelta(hours=8))])})
    (found,) = read_all(io.BytesIO(data), "all.zip", zone="Europe/Berlin")
    assert (found.format, len(found.episodes)) == ("Sleep diary spreadsheet", 1)


def test_the_samples(shared: Path) -> None:
    folder = shared / "samples/sleep/diary"
    table = reading((folder / "example.xlsx").read_bytes(), zone="Europe/London")
    assert len(table.episodes) == 14
    assert {(e.end - e.start).total_seconds() for e in table.episodes} == {8 * 3600}
    assert reading((folder / "Template_sleep_diary.xlsx").read_bytes()).episodes == ()
