import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.gut.read._numbers_kernel import WIDTH, parse_short


def parse(*cells: str) -> tuple[list[float], list[bool]]:
    text = " " * WIDTH + "\t".join(cells) + "\t"
    ends = [i for i, c in enumerate(text) if c == "\t"]
    starts = [WIDTH, *(e + 1 for e in ends[:-1])]
    values, odd = parse_short(np.frombuffer(text.encode(), dtype=np.uint8), np.array(starts), np.array(ends))
    return values.tolist(), odd.tolist()


@given(st.lists(st.from_regex(r"[0-9]{0,8}(\.[0-9]{0,8})?", fullmatch=True), min_size=1, max_size=9))
@settings(max_examples=200, deadline=None)
def test_short_decimals_are_the_nearest_double(texts: list[str]) -> None:
    values, odd = parse(*texts)
    for text, value, is_odd in zip(texts, values, odd, strict=True):
        fits = len(text) <= WIDTH and any(c.isdigit() for c in text)
        assert is_odd is not fits
        assert is_odd or value == float(text)


@pytest.mark.parametrize(
    "cell", ["-1", "1e5", "abc", "", ".", "1.2.3", "1 2", " 1", "+1", "nan", "1/2", "1:2", "1\x01"]
)
def test_what_is_not_plain_is_told(cell: str) -> None:
    values, odd = parse("7", cell, "8.25")
    assert odd == [False, True, False]
    assert (values[0], values[2]) == (7.0, 8.25)
