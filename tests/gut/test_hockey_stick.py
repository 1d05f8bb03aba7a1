import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.gut import dlmo, hockey_stick
from noctiflora.gut._hockey_stick import STEP_H

HOURS = 17 + np.arange(15) / 2


def curve(bend: float, base: float, tilt: float, slope: float, bow: float) -> np.ndarray:
    left, right = np.minimum(HOURS - bend, 0), np.maximum(HOURS - bend, 0)
    return base + tilt * left + slope * right + bow * right**2


@given(st.floats(18.6, 21.4), st.floats(0.5, 2.0), st.floats(-0.1, 0.1), st.floats(3.0, 12.0), st.floats(0.0, 3.0))
@settings(max_examples=25, deadline=None)
def test_the_bend_of_a_true_hockey_stick_is_found(
    bend: float, base: float, tilt: float, slope: float, bow: float
) -> None:
    found = hockey_stick(HOURS, curve(bend, base, tilt, slope, bow))
    assert found.hour == pytest.approx(bend, abs=2 * STEP_H)
    assert found.level_pg_ml == pytest.approx(base, abs=0.3)
    assert found.rms_pg_ml is not None
    assert found.rms_pg_ml < 0.1


def test_it_lies_before_the_threshold_and_bears_noise() -> None:
    rng = np.random.default_rng(7)
    y = np.maximum(curve(20.0, 1.0, 0.0, 4.0, 1.0) + rng.normal(0, 0.3, len(HOURS)), 0)
    bend, crossing = hockey_stick(HOURS, y).hour, dlmo(HOURS, y).hour
    assert bend is not None
    assert crossing is not None
    assert bend < crossing
    assert bend == pytest.approx(20.0, abs=0.4)


def test_what_follows_the_rise_does_not_count() -> None:
    y = curve(19.5, 1.0, 0.0, 5.0, 0.0)
    falls = y.copy()
    falls[-3:] = [14.0, 12.0, 10.0]
    assert hockey_stick(HOURS, falls).hour == pytest.approx(19.5, abs=2 * STEP_H)


@pytest.mark.parametrize(
    ("values", "reason"),
    [([1, 1, 1, 2], "never reached"), ([1, 1, 5, 9], "sample more often"), ([5, 6, 7, 8], "earlier")],
)
def test_what_cannot_be_told(values: list[float], reason: str) -> None:
    found = hockey_stick([20, 21, 22, 23], values)
    assert found.hour is None
    assert reason in found.reason


def test_bad_series_are_refused() -> None:
    with pytest.raises(RangeError):
        hockey_stick([1, 2], [1, -4])
