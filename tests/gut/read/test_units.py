import numpy as np
import pytest

from noctiflora.core import UnitError
from noctiflora.gut import Unit
from noctiflora.gut.read._units import expect_unit, guess, unit_of_word


@pytest.mark.parametrize(
    ("total", "integers", "shares", "unit"),
    [
        (1.0, False, False, Unit.FRACTION),
        (99.0, False, False, Unit.PERCENT),
        (1e6, False, False, Unit.PER_MILLION),
        (59.0, False, False, Unit.UNKNOWN),
        (10_000.0, True, True, Unit.UNKNOWN),
        (10_000.0, True, False, Unit.READS),
        (100.0, True, True, Unit.PERCENT),
        (100.0, True, False, Unit.READS),
        (1.0, True, False, Unit.READS),
    ],
)
def test_units_by_their_sums(total: float, integers: bool, shares: bool, unit: Unit) -> None:
    assert guess(np.array([total, 0.0]), integers=integers, shares=shares) is unit


def test_all_samples_must_agree() -> None:
    assert guess(np.array([1.0, 100.0]), integers=False) is Unit.UNKNOWN
    assert guess(np.zeros(2), integers=False) is Unit.UNKNOWN


def test_sums_that_mean_nothing_are_refused() -> None:
    with pytest.raises(UnitError, match="neither to 1, 100 nor"):
        expect_unit(Unit.UNKNOWN, np.array([59.0]), where="f")
    with pytest.raises(UnitError, match="more than 100"):
        expect_unit(Unit.PERCENT, np.array([10_000.0]), where="f")
    expect_unit(Unit.PERCENT, np.array([59.0]), where="f")


def test_headings_name_units() -> None:
    assert unit_of_word("%") is Unit.PERCENT
    assert unit_of_word("counts") is Unit.READS
