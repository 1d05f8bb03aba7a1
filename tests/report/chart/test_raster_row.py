import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.report.chart._raster_row import Stretch


@given(st.floats(-30, 30), st.floats(0.01, 20))
def test_what_is_kept_lies_within(start: float, length: float) -> None:
    kept = Stretch(start_h=start, end_h=start + length).within(14)
    if kept is None:
        assert start >= 14 or start + length <= 0
    else:
        assert 0 <= kept.start_h < kept.end_h <= 14


def test_moving_keeps_length() -> None:
    moved = Stretch(start_h=1, end_h=3).moved(-8)
    assert moved.end_h - moved.start_h == pytest.approx(2)
