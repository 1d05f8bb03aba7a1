"""Which designs carry an analysis."""

import numpy as np
import pytest

from noctiflora.core import DesignError
from noctiflora.trial import Series, check_series, nothing_varies, parse_priors, verdict

NAN = float("nan")


def nights(y: list[float], dose: list[float]) -> Series:
    return Series(nights=np.arange(1, len(y) + 1), y=np.array(y), dose=np.array(dose), where="mine.csv")


@pytest.mark.parametrize("dose", [[0, 1, 0], [1, 0, 1], [0.2, 0.9, 0.0]])
def test_two_switches_are_enough(dose: list[float]) -> None:
    assert check_series(nights([1, 2, 3], dose)) == ()


@pytest.mark.parametrize(
    ("dose", "says"),
    [([0, 0, 1], "changed once"), ([0.1, 0.2, 0.3], "never by half a dose"), ([1, 0, 0], "changed once")],
)
def test_fewer_get_a_sentence(dose: list[float], says: str) -> None:
    (warning,) = check_series(nights([1, 2, 3], dose))
    assert says in warning
    assert "at least two switches" in warning


@pytest.mark.parametrize(
    ("y", "dose", "says"),
    [
        ([1, 2, 3], [1, 1, 1], "one arm only.*found 1 on all 3 nights"),
        ([1, 2, NAN], [0, 0, 1], "one arm only.*found 0 on all 2 nights"),
        ([NAN], [1], "no night has an outcome"),
    ],
)
def test_nothing_to_compare_is_refused(y: list[float], dose: list[float], says: str) -> None:
    with pytest.raises(DesignError, match=says):
        check_series(nights(y, dose))


def test_equal_values_are_no_ground_for_a_verdict() -> None:
    flat = Series(nights=list(range(1, 41)), y=[80.0] * 40, dose=[k // 10 % 2 for k in range(40)])  # type: ignore[arg-type]
    assert "same value" in nothing_varies(flat)
    told = verdict(flat, parse_priors({"useful": 2.0}, where="x"), threshold=0.95)
    assert told.word is None
    assert "same value" in told.reason
