import datetime as dt
import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep import Stage
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._format import Tally
from noctiflora.sleep.read._stage_rows import StretchRow, gather, named_source
from noctiflora.sleep.read._when import Moment
from tests.sleep.exports import utc

START = utc(2024, 1, 15, 22)


def stretch(after: float, length: float, *, sleep: str = "", stage: Stage = Stage.LIGHT) -> StretchRow:
    def told(minutes: float) -> Moment:
        return Moment(instant=START + dt.timedelta(minutes=minutes), offset_min=60, basis="record offset")

    return StretchRow(
        sleep=sleep, source="x", start=told(after), end=told(after + length), stage=stage, place=f"line {after:g}"
    )


def gathered(*rows: StretchRow) -> Tally:
    tally = Tally(Document(io.BytesIO(b"x"), "x"), "x", None)
    gather(tally, rows, has_in_bed=True)
    return tally


def test_rows_belong_to_the_sleep_they_name_in_any_order() -> None:
    found = gathered(stretch(60, 60, sleep="a"), stretch(0, 30, sleep="b"), stretch(0, 60, sleep="a")).episodes
    assert {(e.key, len(e.segments), (e.end - e.start).seconds) for e in found} == {("a", 2, 7200), ("b", 1, 1800)}


def test_rows_without_a_name_are_parted_by_an_hour() -> None:
    found = gathered(stretch(0, 120), stretch(10, 20), stretch(150, 60), stretch(280, 30)).episodes
    assert [(e.end - e.start).seconds / 60 for e in found] == [210, 30]
    assert len({e.key for e in found}) == 2


def test_a_sleep_of_over_a_day_is_refused_and_the_others_kept() -> None:
    tally = gathered(stretch(0, 60, sleep="a"), stretch(3000, 60, sleep="a"), stretch(0, 60, sleep="b"))
    assert [e.key for e in tally.episodes] == ["b"]
    (skipped,) = tally.reading().skipped
    assert (skipped.place, skipped.count) == ("line 0", 1)


def test_impossible_stretches() -> None:
    with pytest.raises(FormatError, match="before it starts"):
        stretch(10, -5)
    with pytest.raises(FormatError, match="over 24 hours"):
        stretch(0, 1500)


def test_empty_stretches_are_no_segments() -> None:
    (one,) = gathered(stretch(0, 60, sleep="a"), stretch(60, 0, sleep="a")).episodes
    assert len(one.segments) == 1


def test_names_of_sources_are_short_and_printable() -> None:
    assert named_source("samsung", "") == "samsung"
    assert named_source("samsung", "\x1b[2J" + "a" * 90) == "samsung: [2J" + "a" * 37
