"""Strips: a band is drawn, a point never."""

import re

import pytest

from noctiflora.core import RangeError
from noctiflora.report.chart import Band, strip_figure


def test_the_band_lies_where_its_percentiles_are() -> None:
    figure = strip_figure([Band(name="Roseburia", low=25.0, high=75.0, words="middle")], key="s", title="t")
    body = str(figure.narrow.body)
    left, right = map(float, re.search(r'hyp-b" fill="url\(#s-h\)" d="M([\d.]+) [\d.]+H([\d.]+)', body).groups())  # type: ignore[union-attr]
    assert (left, right) == (81.0, 219.0)
    assert "circle" not in body
    assert "Roseburia middle, percentile 25 to 75" in figure.description
    assert figure.table is not None
    assert figure.table.rows == (("Roseburia", "25", "75", "middle"),)


def test_names_are_text_and_every_value_has_a_strip() -> None:
    bands = [Band(name=f"<b>{k}", low=0, high=k, words="low") for k in range(4)]
    body = str(strip_figure(bands, key="s", title="t").narrow.body)
    assert "<b>" not in body
    assert body.count('class="soft"') == 4


def test_a_band_rises() -> None:
    with pytest.raises(RangeError):
        Band(name="x", low=60, high=50, words="")
    with pytest.raises(RangeError):
        Band(name="x", low=60, high=101, words="")
