import datetime as dt

from noctiflora.report.chart._raster_draw import Layout, by_week, draw_raster
from noctiflora.report.chart._raster_row import RasterRow, Stretch, Window

MONDAY = dt.date(2026, 6, 15)
WINDOW = Window(start_h=20.0, length_h=14.0)


def rows(n: int) -> list[RasterRow]:
    return [
        RasterRow(
            date=MONDAY + dt.timedelta(days=k),
            recorded=k % 5 != 3,
            asleep=(Stretch(start_h=3, end_h=10),) if k % 5 != 3 else (),
        )
        for k in range(n)
    ]


def test_weeks_begin_on_monday() -> None:
    weeks = by_week(rows(16))
    assert [len(w) for w in weeks] == [7, 7, 2]
    assert all(w[0].date.weekday() == 0 for w in weeks)


def test_one_path_holds_all_bars_and_none_stands_for_a_missing_night() -> None:
    drawn = draw_raster(rows(10), WINDOW, Layout(width=320, columns=1, pitch=10))
    body = str(drawn.body)
    assert body.count('class="bars"') == 1
    assert body.count('class="miss"') == 1
    bars = next(line for line in body.splitlines() if 'class="bars"' in line)
    assert bars.count("M") == sum(r.recorded for r in rows(10))


def test_columns_make_a_drawing_lower() -> None:
    one = draw_raster(rows(84), WINDOW, Layout(width=780, columns=1, pitch=6))
    three = draw_raster(rows(84), WINDOW, Layout(width=780, columns=3, pitch=6))
    assert three.height < one.height / 2
    assert str(three.body).count(">20:00<") == 3
