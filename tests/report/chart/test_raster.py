import datetime as dt
from dataclasses import replace

import pytest

from noctiflora.report.chart import raster, raster_figure
from noctiflora.report.chart._raster import EVENING, MOST_WEEKS, NOON
from noctiflora.sleep import Night, Segment, Stage
from tests.report.made_up import START, many_nights, night


def at(day: dt.date, hour: float) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) + dt.timedelta(hours=hour)


def plain(date: dt.date, *parts: tuple[float, float, Stage]) -> Night:
    """Return a night at UTC from hours since the midnight that begins its date."""
    segments = tuple(Segment(start=at(date, a), end=at(date, b), stage=stage) for a, b, stage in parts)
    return Night(
        date=date,
        source="x",
        onset=segments[0].start,
        offset=segments[-1].end,
        onset_zone_offset_min=0,
        offset_zone_offset_min=0,
        segments=segments,
    )


def test_every_date_has_a_row_and_missing_ones_are_marked() -> None:
    nights = many_nights(42)
    found = raster(nights)
    assert found is not None
    assert len(found.rows) == 42
    assert found.recorded == len(nights)
    assert found.window == EVENING


def test_hours_count_from_the_evening_before() -> None:
    found = raster([plain(START, (-1.0, 3.0, Stage.LIGHT), (3.0, 3.5, Stage.AWAKE), (3.5, 7.0, Stage.REM))])
    assert found is not None
    row = found.rows[0]
    assert [(s.start_h, s.end_h) for s in row.asleep] == [(3.0, 7.0), (7.5, 11.0)]
    assert [(s.start_h, s.end_h) for s in row.in_bed] == [(7.0, 7.5)]


def test_the_clock_is_the_persons_own() -> None:
    base = plain(START, (-1.0, 7.0, Stage.ASLEEP))
    there = replace(base, onset_zone_offset_min=120, offset_zone_offset_min=120)
    found = raster([there])
    assert found is not None
    assert found.rows[0].asleep[0].start_h == pytest.approx(5.0)


def test_short_wakings_are_joined_and_longer_ones_are_not() -> None:
    short = raster([plain(START, (0, 2, Stage.DEEP), (2, 2.04, Stage.AWAKE), (2.04, 5, Stage.DEEP))])
    long = raster([plain(START, (0, 2, Stage.DEEP), (2, 2.06, Stage.AWAKE), (2.06, 5, Stage.DEEP))])
    assert short is not None
    assert long is not None
    assert len(short.rows[0].asleep) == 1
    assert len(long.rows[0].asleep) == 2


def test_a_hole_is_unknown_and_not_awake() -> None:
    found = raster([plain(START, (0, 2, Stage.DEEP), (2, 4, Stage.UNKNOWN), (4, 6, Stage.DEEP))])
    assert found is not None
    assert len(found.rows[0].unknown) == 1
    assert found.rows[0].in_bed == ()


def test_day_sleep_widens_the_window_to_noon() -> None:
    found = raster(
        [plain(START, (8.0, 11.5, Stage.ASLEEP)), plain(START + dt.timedelta(days=1), (9.0, 16.0, Stage.ASLEEP))]
    )
    assert found is not None
    assert found.window == NOON


def test_sums_alone_draw_no_bar() -> None:
    bare = Night(date=START, source="diary", tst_min=400)
    timed = replace(night(START, 1), segments=())
    first, second = raster([bare]), raster([timed])
    assert first is not None
    assert second is not None
    assert first.rows[0].times_unknown
    assert second.rows[0].outline is not None
    assert second.rows[0].asleep == ()


def test_only_the_last_weeks_are_drawn_and_the_rest_is_counted() -> None:
    nights = [plain(START + dt.timedelta(days=k), (0, 7, Stage.ASLEEP)) for k in range(300)]
    found = raster(nights)
    assert found is not None
    assert len(found.rows) <= 7 * MOST_WEEKS
    assert found.left_out + len(found.rows) == 300
    assert "earlier nights are not drawn" in raster_figure(found).caption


def test_veiled_dates_have_no_row_at_all() -> None:
    hidden = {START + dt.timedelta(days=k) for k in range(10, 20)}
    found = raster([n for n in many_nights(40) if n.date not in hidden], hides=hidden.__contains__)
    assert found is not None
    assert not hidden & {r.date for r in found.rows}


def test_the_twin_has_each_night_and_says_what_is_missing() -> None:
    found = raster(many_nights(30))
    assert found is not None
    figure = raster_figure(found)
    assert figure.table is not None
    assert len(figure.table.rows) == 30
    assert sum(row[1] == "not recorded" for row in figure.table.rows) == 30 - found.recorded
    assert f"{found.recorded} of 30 nights" in figure.description
    assert raster([]) is None
