import re

import pytest

from noctiflora.report.chart import axis
from noctiflora.report.chart._ground import Lines, draw_ground, draw_interval, label
from noctiflora.report.chart._pen import Pen


def test_both_lines_are_named_and_the_better_end_is_right() -> None:
    pen = Pen()
    draw_ground(pen, axis(-4, 8, start=10, end=330), Lines(useful=3.0), bottom=200, width=340)
    body = str(pen.drawing(340, 240).body)
    for words in ("no difference", "useful amount", "← worse", "better →"):
        assert words in body
    assert body.count('class="zero"') == body.count('class="mid"') == 1
    assert body.index("← worse") < body.index("better →")


def test_without_a_useful_amount_there_is_no_dotted_line() -> None:
    pen = Pen()
    draw_ground(pen, axis(1, 8, start=10, end=330, whole=False), Lines(useful=None), bottom=200, width=340)
    body = str(pen.drawing(340, 240).body)
    assert 'class="mid"' not in body
    assert 'class="zero"' not in body


@pytest.mark.parametrize("useful", [0.1, 1.0, 4.0])
def test_the_name_of_the_useful_amount_never_crosses_the_line_of_no_difference(useful: float) -> None:
    pen = Pen()
    scale = axis(-8, 4, start=10, end=330)
    draw_ground(pen, scale, Lines(useful=useful), bottom=200, width=340)
    found = re.search(r'<text x="([\d.]+)"[^>]*?( text-anchor="middle")?>useful amount', str(pen.drawing(1, 1).body))
    assert found is not None
    left = float(found[1]) - (3.6 * len("useful amount") if found[2] else 0)
    assert left > scale.at(0)


@pytest.mark.parametrize("x", [0.0, 5.0, 170.0, 339.0])
def test_a_label_stays_within_the_drawing(x: float) -> None:
    pen = Pen()
    label(pen, x, 14, "no difference", 340)
    found = re.search(r'x="([\d.]+)"', str(pen.drawing(1, 1).body))
    assert found is not None
    assert 45 < float(found[1]) < 295


def test_a_range_is_thin_with_a_thick_middle() -> None:
    pen = Pen()
    draw_interval(pen, "you", axis(0, 10, start=0, end=100), 5, ends=(1, 9), middle=(4, 6))
    body = str(pen.drawing(1, 1).body)
    assert '<line class="you-thin" x1="10" y1="5" x2="90" y2="5"/>' in body
    assert '<line class="you-l th" x1="40" y1="5" x2="60" y2="5"/>' in body
