"""What more weeks buy."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.report.chart import Length, lengths_figure
from noctiflora.report.chart._lengths import WIDTH

LENGTH = st.builds(Length, weeks=st.floats(1, 60), right=st.floats(0, 1), error=st.floats(0, 0.05))


@settings(max_examples=50, deadline=None)
@given(st.lists(LENGTH, min_size=1, max_size=8), st.none() | LENGTH)
def test_everything_lies_inside_the_drawing(found: list[Length], weekly: Length | None) -> None:
    figure = lengths_figure(sorted(found, key=lambda p: p.weeks), weekly=weekly, runs=400)
    for x, y in re.findall(r'<circle class="[\w-]+" cx="(-?[\d.]+)" cy="(-?[\d.]+)"', str(figure.narrow.body)):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= figure.narrow.height
    assert figure.table is not None
    assert len(figure.table.rows) == len(found) + (weekly is not None)
    assert "nan" not in str(figure.narrow.body)


def test_longer_and_surer_lies_further_right_and_higher() -> None:
    body = str(
        lengths_figure(
            [Length(weeks=12, right=0.2, error=0.02), Length(weeks=24, right=0.5, error=0.02)], weekly=None, runs=400
        ).narrow.body
    )
    (x1, y1), (x2, y2) = (
        (float(x), float(y)) for x, y in re.findall(r'<circle class="you-d" cx="([\d.]+)" cy="([\d.]+)"', body)
    )
    assert x2 > x1
    assert y2 < y1


def test_the_best_is_named_and_weekly_switching_is_told() -> None:
    figure = lengths_figure(
        [Length(weeks=12, right=0.2, error=0.02)], weekly=Length(weeks=12, right=0.05, error=0.01), runs=400
    )
    assert "12 weeks: 20 of 100" in str(figure.narrow.body)
    assert "Weekly switching over 12 weeks: 5 of 100" in figure.description
