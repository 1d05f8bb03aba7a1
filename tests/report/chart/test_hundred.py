"""A hundred people: every one is drawn once, under the right sign."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.report.chart import Hundred, hundred, hundred_figure

COUNTS = st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100)).map(sorted)


def area(body: str) -> dict[str, float]:
    """Return the cells under each sign, added up from the outlines."""
    found: dict[str, float] = {}
    for name, steps in re.findall(r'<path fill="url\(#\w+-(\d)\)" d="([^"]*)"/>', body):
        for w, h in re.findall(r"M\S+ \S+h([\d.]+)v([\d.]+)h-", steps):
            found[name] = found.get(name, 0.0) + float(w) * float(h) / 13.1**2
    return found


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_the_cells_of_each_sign_are_its_count(counts: list[int]) -> None:
    low, centre, high = counts
    figure = hundred_figure(Hundred(low=low, centre=centre, high=high), key="g1", title="t")
    cells = area(str(figure.narrow.body))
    wanted = {"1": low, "2": centre - low, "3": high - centre, "0": 100 - high}
    for sign, count in wanted.items():
        assert cells.get(sign, 0.0) == pytest.approx(count, abs=0.05)


def test_benefit_and_harm_differ_in_sign() -> None:
    data = hundred(0.05, 0.16, 0.31)
    good = str(hundred_figure(data, key="g", title="t").narrow.body)
    bad = str(hundred_figure(data, key="l", title="t", harm=True).narrow.body)
    assert 'class="ic1"' in good
    assert 'class="ib1"' not in good
    assert 'class="ib1"' in bad
    assert 'class="ic0"' in bad
    assert "At least 5, best guess 16, possibly 31 of 100." in hundred_figure(data, key="g", title="t").description


def test_shares_are_rounded_without_crossing() -> None:
    assert hundred(0.164, 0.156, 0.155) == Hundred(low=16, centre=16, high=16)
    with pytest.raises(RangeError):
        Hundred(low=5, centre=4, high=9)
    with pytest.raises(RangeError):
        Hundred(low=0, centre=4, high=101)
