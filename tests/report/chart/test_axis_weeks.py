from dataclasses import replace

import pytest

from noctiflora.core import RangeError
from noctiflora.report.chart import WeekCourse, axis_weeks, axis_weeks_figure

GAIN = WeekCourse(name="Points gained", unit="points", low=(-0.1, 0.2), middle=(0.3, 0.5), high=(0.6, 0.9))
LOSS = replace(GAIN, name="Guild", low=(-4.0, -5.0), middle=(-3.0, -3.5), high=(-1.0, -2.0))


def test_each_panel_has_its_own_scale_with_zero_in_it() -> None:
    data = axis_weeks([GAIN, LOSS])
    assert data.weeks == 2
    for course, scale in zip(data.courses, data.scales, strict=True):
        assert scale.low <= min(0.0, *course.low)
        assert scale.high >= max(0.0, *course.high)
    assert data.scales[0].at(0.9) < data.scales[0].at(-0.1)


def test_a_course_is_a_hatched_dotted_band_with_hollow_discs_and_a_dashed_line_of_no_change() -> None:
    figure = axis_weeks_figure(axis_weeks([GAIN, LOSS]), change="this strain", caption="x")
    assert figure.broad is not None
    for drawn, name in ((figure.narrow, "hatch-weeks-n"), (figure.broad, "hatch-weeks-b")):
        body = str(drawn.body)
        assert body.count(f'<pattern id="{name}"') == 1
        assert body.count(f'class="hyp-b" fill="url(#{name})"') == 2
        assert body.count('class="hyp-d"') == 4
        assert body.count('class="base-l"') == 2
    assert figure.table is not None
    assert figure.table.rows[1][1] == "+0.50 (+0.20 to +0.90)"
    assert "Guild, points: −3.50 (−5.00 to −2.00) in week 2." in figure.description
    assert "hypothesis" in figure.description


@pytest.mark.parametrize("n", [1, 4, 8, 13, 52])
def test_week_numbers_are_few(n: int) -> None:
    flat = WeekCourse(name="x", unit="x", low=(0.0,) * n, middle=(0.5,) * n, high=(1.0,) * n)
    body = str(axis_weeks_figure(axis_weeks([flat]), change="x", caption="x").narrow.body)
    assert 2 <= body.count('class="ax"') <= 6


def test_courses_of_different_length_are_refused() -> None:
    for courses in (
        [],
        [GAIN, replace(GAIN, low=(0.0,))],
        [WeekCourse(name="x", unit="x", low=(), middle=(), high=())],
    ):
        with pytest.raises(RangeError, match="same weeks"):
            axis_weeks(courses)


def test_levels_begin_where_they_stood_and_need_no_zero() -> None:
    level = WeekCourse(
        name="Guild",
        unit="%",
        low=(95.0, 94.0),
        middle=(98.0, 97.0),
        high=(101.0, 100.0),
        start=(96.0, 99.0, 102.0),
        plain=(99.0, 99.1),
    )
    data = axis_weeks([level])
    assert data.scales[0].low > 80.0
    assert data.scales[0].high >= 102.0
    assert level.base == (99.0, 99.0, 99.1)
    figure = axis_weeks_figure(data, change="", caption="x")
    assert figure.table is not None
    assert figure.table.rows[-1] == ("2", "97.00 (94.00 to 100.00)")
    assert "Level" in figure.table.caption


def test_more_than_three_panels_go_on_below() -> None:
    one = WeekCourse(name="A", unit="u", low=(0.0,), middle=(1.0,), high=(2.0,))
    three, four = (axis_weeks_figure(axis_weeks([one] * n), change="x", caption="").broad for n in (3, 4))
    assert three is not None
    assert four is not None
    assert four.height > 1.9 * three.height
    assert four.width == three.width
