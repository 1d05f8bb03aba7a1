import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.report.chart import DayLane, axis_day, axis_day_figure
from noctiflora.report.chart._axis_day import bends

HOURS = tuple(12.0 + 0.2 * k for k in range(121))
LIGHT = DayLane(
    name="Light",
    unit="lux",
    now=tuple(300.0 if h < 23 else 0.0 for h in HOURS),
    then=tuple(65.0 if h < 23 else 0.0 for h in HOURS),
)
RISE = DayLane(name="Melatonin", unit="pmol/L", now=HOURS, then=HOURS[::-1])


def test_a_lane_has_its_own_scale_from_zero_and_lanes_do_not_meet() -> None:
    data = axis_day(HOURS, [LIGHT, RISE])
    for lane, scale in zip(data.lanes, data.scales, strict=True):
        assert scale.low == 0.0
        assert scale.high >= max(*lane.now, *lane.then)
    assert data.scales[0].start < data.scales[1].end


def test_the_drawing_holds_both_curves_and_the_twin_both_values() -> None:
    figure = axis_day_figure(axis_day(HOURS, [LIGHT, RISE]), change="dim evenings", caption="x")
    assert figure.broad is not None
    for drawn in (figure.narrow, figure.broad):
        assert str(drawn.body).count('class="base-l"') == str(drawn.body).count('class="hyp-s"') == 2
    assert figure.table is not None
    assert len(figure.table.rows) == 13
    assert figure.table.rows[0] == ("12:00", "300 → 65", "12 → 36")
    assert "Melatonin, pmol/L: highest 36 at 12:00 as now, 36 at 12:00 in the what-if." in figure.description
    assert "hypothesis" in figure.description


def test_a_level_stretch_is_drawn_by_its_ends() -> None:
    path = re.findall(
        r'class="base-l" d="([^"]+)"',
        str(axis_day_figure(axis_day(HOURS, [LIGHT]), change="x", caption="x").narrow.body),
    )[0]
    assert path.count("L") == 3


def test_values_that_do_not_fit_the_hours_are_refused() -> None:
    for lanes in ([], [DayLane(name="x", unit="x", now=(1.0,), then=HOURS)]):
        with pytest.raises(RangeError, match="one value at each hour"):
            axis_day(HOURS, lanes)


def test_a_band_is_drawn_under_its_curve_said_in_the_key_and_held_in_the_table() -> None:
    banded = DayLane(
        name="Melatonin",
        unit="pmol/L",
        now=HOURS,
        then=HOURS[::-1],
        now_band=(tuple(h - 2 for h in HOURS), tuple(h + 2 for h in HOURS)),
        then_band=(tuple(h - 3 for h in HOURS[::-1]), tuple(h + 30 for h in HOURS[::-1])),
    )
    data = axis_day(HOURS, [banded])
    assert data.scales[0].high >= 66.0, "the band fits into the lane"
    figure = axis_day_figure(data, change="x", caption="")
    drawn = str(figure.narrow.body)
    assert drawn.index('class="soft"') < drawn.index('class="hyp-b"') < drawn.index('class="hyp-s"')
    assert [s.sign for s in figure.signs] == ["median", "hyp-line", "hyp-band", "soft"]
    assert figure.table is not None
    assert figure.table.rows[0] == ("12:00", "12 (10 to 14) → 36 (33 to 66)")
    short = replace(banded, now_band=((1.0,), (2.0,)))
    with pytest.raises(RangeError):
        axis_day(HOURS, [short])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=20))
def test_bends_keep_the_curve(levels: list[int]) -> None:
    """Linear interpolation through what is left gives every point that was dropped."""
    points = [(float(k), float(v)) for k, v in enumerate(levels)]
    left = bends(points)
    assert left[0] == points[0]
    assert left[-1] == points[-1]
    for a, b in itertools.pairwise(left):
        if b[0] - a[0] > 1:
            assert {v for k, v in points if a[0] <= k <= b[0]} == {a[1]} == {b[1]}
