"""The bar of four words."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.report.chart import endings_figure, endings_said
from noctiflora.report.chart._endings import HEIGHT, WIDTH
from noctiflora.trial import Word


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda p: sum(p) > 0.01))
def test_the_parts_fill_the_bar_without_overlap(parts: list[float]) -> None:
    words = {word: p / sum(parts) for word, p in zip(Word, parts, strict=True)}
    body = str(endings_figure("bar", words).narrow.body)
    rects = [
        (float(x), float(w)) for x, w in re.findall(r'<rect class="[\w-]+" x="([\d.]+)" y="1" width="([\d.]+)"', body)
    ]
    for (x, width), (after, _) in pairwise(rects):
        assert x + width <= after + 0.11
    assert all(x >= 0 and x + width <= WIDTH for x, width in rects)
    assert HEIGHT > 0


def test_a_share_is_as_wide_as_it_is_large() -> None:
    words = {Word.HELPS: 0.5, Word.DOES_NOT_HELP: 0.25, Word.STOP: 0.0, Word.CANNOT_TELL: 0.25}
    body = str(endings_figure("bar", words).narrow.body)
    first, second = (float(w) for w in re.findall(r'width="([\d.]+)"', body.split("</defs>")[1])[:2])
    assert first == pytest.approx(2 * second, abs=1.2)


def test_stop_is_said_only_where_it_happens() -> None:
    words = {Word.HELPS: 0.2, Word.DOES_NOT_HELP: 0.3, Word.STOP: 0.001, Word.CANNOT_TELL: 0.499}
    assert "stop" not in endings_said(words)
    assert "2 “stop”" in endings_said({**words, Word.STOP: 0.02})
