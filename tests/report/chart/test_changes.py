"""What a what-if changes."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.report.chart import ChangeRow, Range, between, changes_figure
from noctiflora.report.chart._changes import WIDTH

ENDS = st.lists(st.floats(-200, 200), min_size=3, max_size=3).map(sorted)


@settings(max_examples=50, deadline=None)
@given(st.lists(ENDS, min_size=1, max_size=5))
def test_every_range_lies_inside_and_around_its_middle(ends: list[list[float]]) -> None:
    rows = [
        ChangeRow(name=f"m{k}", change=Range(low=low, middle=middle, high=high), words="as now")
        for k, (low, middle, high) in enumerate(ends)
    ]
    figure = changes_figure(rows, weeks=8)
    body = str(figure.narrow.body)
    boxes = re.findall(r'd="M(-?[\d.]+) (-?[\d.]+)H(-?[\d.]+)', body)
    discs = re.findall(r'<circle class="hyp-d" cx="(-?[\d.]+)"', body)
    assert len(boxes) == len(discs) == len(rows)
    for (left, _, right), middle in zip(boxes, discs, strict=True):
        assert 0 <= float(left) <= float(middle) + 0.1
        assert float(middle) <= float(right) + 0.1 <= WIDTH + 0.1


def test_it_says_hypothesis_and_the_sign_of_each_change() -> None:
    row = ChangeRow(name="Asleep", change=Range(low=-3, middle=7, high=15), words="410 to 417 min")
    figure = changes_figure([row], weeks=1)
    assert "hypothesis" in figure.title
    assert "After 1 week," in figure.caption
    assert "+7 (−3 to +15)" in figure.description


def test_equal_levels_are_said_to_be_as_now() -> None:
    assert between(5.0, 5.2, "min") == "5 min, as now"
    assert between(33.4, 27.2, "min") == "33 to 27 min"
