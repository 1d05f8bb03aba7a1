"""What a series takes, what it refuses, and that it cannot be changed."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Series
from noctiflora.trial._series import MAX_NIGHTS, RESERVED


def make(**changes: object) -> Series:
    told = {"nights": [1, 2, 5], "y": [1.0, np.nan, 3.0], "dose": [0.0, 1.0, 0.5], **changes}
    return Series(**told)  # type: ignore[arg-type]


def test_counts_run_over_the_calendar() -> None:
    series = make()
    assert series.n_nights == 5
    assert series.n_missing == 3


def test_arrays_are_copies_that_cannot_be_changed() -> None:
    y = np.array([1.0, 2.0, 3.0])
    series = make(y=y, covariates={"a": [1.0, 2.0, 3.0]}, s=[0.0, 1.0, 2.0])
    y[0] = 99
    assert series.y[0] == 1.0
    for column in (series.nights, series.y, series.dose, series.covariates["a"], series.s):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 5  # type: ignore[index]
    with pytest.raises(TypeError):
        series.covariates["b"] = column  # type: ignore[index]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"nights": [], "y": [], "dose": []}, "at least one night"),
        ({"nights": [0, 1, 2]}, "from 1 that rise"),
        ({"nights": [1, 3, 3]}, "from 1 that rise"),
        ({"nights": [1, 3, 2]}, "from 1 that rise"),
        ({"nights": [1, 2, MAX_NIGHTS + 1]}, "nights are taken"),
        ({"y": [1.0, 2.0]}, "one value"),
        ({"y": [1.0, np.inf, 2.0]}, "must be numbers"),
        ({"y": [1.0, 1e13, 2.0]}, "must be numbers"),
        ({"dose": [0.0, 1.0, 1.01]}, "share of the full dose"),
        ({"dose": [0.0, -0.1, 1.0]}, "share of the full dose"),
        ({"dose": [0.0, np.nan, 1.0]}, "must be numbers"),
        ({"covariates": {"a": [1.0, np.nan, 2.0]}}, "must be numbers"),
        ({"covariates": {"theta": [1.0, 2.0, 2.0]}}, "belongs to a parameter"),
        ({"covariates": {f"c{i}": [1.0, 2.0, 3.0] for i in range(31)}}, "at most 30"),
        ({"s": [1.0, 2.0]}, "one value"),
        ({"dates": ()}, "one date"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(RangeError, match=says):
        make(**changes)


def test_every_parameter_name_is_reserved() -> None:
    for name in RESERVED:
        with pytest.raises(RangeError, match="belongs to a parameter"):
            make(covariates={name: [0.0, 0.0, 0.0]})
