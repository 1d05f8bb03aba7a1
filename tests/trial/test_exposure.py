"""The exposure state: bounds, limits, and the closed forms of rise and fall."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.trial import exposure


def test_rise_and_fall_have_their_closed_forms() -> None:
    e = exposure(np.r_[np.ones(30), np.zeros(20)], 14, 10)
    assert e[:30] == pytest.approx(1 - np.exp(-np.arange(1, 31) / 14))
    assert e[30:] == pytest.approx(e[29] * np.exp(-np.arange(1, 21) / 10))


def test_instant_kinetics_return_the_dose() -> None:
    dose = np.array([0.0, 1.0, 0.3, 0.0, 0.7])
    assert exposure(dose, 1e-6, 1e-6) == pytest.approx(dose)


@settings(max_examples=50)
@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.01, 1000), st.floats(0.01, 1000))
def test_exposure_stays_between_0_and_1(dose: list[float], tau_on: float, tau_off: float) -> None:
    e = exposure(np.array(dose), tau_on, tau_off)
    assert e.shape == (len(dose),)
    assert np.all((e >= 0) & (e <= 1))


@pytest.mark.parametrize(("dose", "tau"), [([1.1], 5), ([float("nan")], 5), ([1.0], 0), ([1.0], float("nan"))])
def test_what_cannot_be_is_refused(dose: list[float], tau: float) -> None:
    with pytest.raises(RangeError):
        exposure(np.array(dose), tau, 5)
