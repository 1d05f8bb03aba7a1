import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.report._mixture import Mixture
from noctiflora.report.chart import dots, dots_figure
from noctiflora.report.chart._dots import DOTS, WIDTH


@settings(max_examples=40)
@given(st.floats(-10, 10), st.floats(0.2, 6), st.floats(0.2, 5))
def test_dots_are_counted_where_they_are_seen(mean: float, sd: float, useful: float) -> None:
    mixture = Mixture(parts=((1.0, mean, sd),))
    found = dots(mixture, useful)
    assert len(found.dots) == DOTS
    zero, mark = found.axis.at(0), found.axis.at(useful)
    for dot in found.dots:
        assert 0 < dot.x < WIDTH
        if dot.value >= useful:
            assert dot.x >= mark - 1e-6 or dot.x > WIDTH - 10
        elif dot.value > 0:
            assert zero < dot.x < mark
        else:
            assert dot.x <= zero + 1e-6 or dot.x < 10
    chance = 1 - float(mixture.below([0.0])[0])
    assert abs(found.better / DOTS - chance) <= 0.5 / DOTS + 1e-9


def test_stacks_have_no_holes() -> None:
    found = dots(Mixture(parts=((1.0, 2.7, 1.5),)), 3.0)
    stacks: dict[float, list[int]] = {}
    for dot in found.dots:
        stacks.setdefault(dot.x, []).append(dot.height)
    for heights in stacks.values():
        assert sorted(heights) == list(range(len(heights)))


def test_the_figure_names_its_counts_and_the_twin_adds_up() -> None:
    data = dots(Mixture(parts=((1.0, 2.7, 1.5),)), 3.0)
    figure = dots_figure(data, comparison="with placebo", unit="Points")
    assert figure.description.startswith(f"{data.better} of 50 dots")
    assert figure.table is not None
    assert sum(int(row[1]) for row in figure.table.rows) == DOTS
    body = str(figure.narrow.body)
    assert body.count("<circle") == DOTS
    assert body.count('class="ib2"') == DOTS - data.better
    assert data.reaching == pytest.approx(21, abs=1)
