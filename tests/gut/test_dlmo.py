import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.gut import dlmo, three_k


@given(st.floats(19.0, 23.0), st.floats(1.0, 20.0))
@settings(max_examples=50, deadline=None)
def test_a_straight_rise_is_met_where_it_crosses(onset: float, slope: float) -> None:
    hours = [18.0 + k / 2 for k in range(14)]
    values = [max(0.0, 3.0 + slope * (h - onset)) for h in hours]
    found = dlmo(hours, values).hour
    assert found is not None
    at = min(h for h in hours if h >= onset)
    kink = 3.0 + slope * (at - 0.5 - onset) < 0  # between samples the true line bends at zero
    assert found == pytest.approx(onset, abs=0.5 if kink else 1e-6)


def test_the_last_rise_counts_not_a_spike() -> None:
    assert dlmo([18, 19, 20, 21, 22], [1, 5, 1, 5, 9]).hour == 20.5


@pytest.mark.parametrize(
    ("values", "reason"), [([1, 1, 2], "never reached"), ([5, 6, 7], "sample earlier"), ([1, 9, 1], "last sample")]
)
def test_what_cannot_be_told(values: list[float], reason: str) -> None:
    found = dlmo([20, 21, 22], values)
    assert found.hour is None
    assert reason in found.reason


@pytest.mark.parametrize(
    ("hours", "values"),
    [([1, 2], [1]), ([2, 1], [1, 4]), ([1, 2], [-1, 4]), ([1, 2], [float("nan"), 4]), ([1], [1])],
)
def test_bad_series_are_refused(hours: list[float], values: list[float]) -> None:
    with pytest.raises(RangeError):
        dlmo(hours, values)
    with pytest.raises(RangeError):
        dlmo([1, 2], [1, 4], threshold_pg_ml=0)


def test_the_variable_threshold_needs_a_base() -> None:
    with pytest.raises(RangeError):
        three_k([1, 2, 3])
