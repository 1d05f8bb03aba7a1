import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.report.chart import axis
from noctiflora.report.chart._axis import Axis


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 8))
def test_ticks_are_round_even_and_cover_the_range(low: float, width: float, n: int) -> None:
    found = axis(low, low + width, start=0, end=300, ticks=n)
    assert found.low <= low + 1e-6 * width
    assert found.high >= low + width - 1e-6 * width
    gaps = [b - a for a, b in zip(found.ticks, found.ticks[1:], strict=False)]
    assert gaps == pytest.approx([found.step] * len(gaps), rel=1e-6)
    assert 2 <= len(found.ticks) <= n + 3


@given(st.floats(-10, 10), st.floats(0.1, 10), st.floats(0, 1))
def test_places_keep_order_and_stay_inside(low: float, width: float, share: float) -> None:
    found = axis(low, low + width, start=10, end=310)
    value = low + share * width
    assert 10 <= found.at(value) <= 310
    assert found.at(found.low) == 10
    assert found.at(found.high) == 310
    assert found.at(value - 1e9) == 10


def test_an_axis_may_run_upward() -> None:
    up = axis(0, 10, start=200, end=0)
    assert up.at(0) == 200
    assert up.at(10) == 0


def test_no_width_is_widened_and_no_number_is_refused() -> None:
    assert axis(3, 3, start=0, end=1).high > axis(3, 3, start=0, end=1).low
    with pytest.raises(RangeError):
        axis(float("nan"), 1, start=0, end=1)


@pytest.mark.parametrize(("low", "high", "digits"), [(0, 10, 0), (0, 1, 1), (-0.1, 0.1, 2)])
def test_ticks_tell_their_decimals(low: float, high: float, digits: int) -> None:
    assert axis(low, high, start=0, end=1, ticks=5).digits == digits


def test_range_may_be_kept_as_it_is() -> None:
    found = axis(-2.3, 5.2, start=0, end=1, whole=False)
    assert (found.low, found.high) == (-2.3, 5.2)
    assert all(-2.3 <= t <= 5.2 for t in found.ticks)


@pytest.mark.parametrize("step", [0.25, 2.5, 25.0])
def test_a_step_of_two_and_a_half_is_not_rounded_away(step: float) -> None:
    """Ticks at 0, 2.5, 5 must not read 0, 2, 5."""
    found = Axis(low=0.0, high=4 * step, start=0.0, end=1.0, ticks=(), step=step)
    assert float(f"{step:.{found.digits}f}") == step
