"""Ratings: which scale, which category, what is refused."""

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Series
from noctiflora.trial._ratings import ratings


def nights(y: list[float], numbers: list[int] | None = None) -> Series:
    n = numbers or list(range(1, len(y) + 1))
    return Series(nights=np.array(n), y=np.array(y), dose=np.zeros(len(y)), where="mine.csv")


@pytest.mark.parametrize(
    ("y", "scale", "ends"),
    [([1, 5, 3], None, (1, 5)), ([0, 3], None, (0, 10)), ([6, 7], None, (0, 10)), ([2, 3], (0, 4), (0, 4))],
)
def test_the_scale_is_told_from_the_nights_or_by_name(
    y: list[float], scale: tuple[int, int] | None, ends: tuple[int, int]
) -> None:
    found = ratings(nights(y), scale)
    assert (found.low, found.high) == ends
    assert found.category.tolist() == [v - ends[0] for v in y]


def test_cutpoints_stand_half_way_with_open_ends() -> None:
    assert ratings(nights([1, 5]), None).even_cutpoints().tolist() == [-np.inf, 1.5, 2.5, 3.5, 4.5, np.inf]


def test_missing_and_absent_nights_have_no_say() -> None:
    found = ratings(nights([2, np.nan, 4], [3, 4, 7]), (1, 5))
    assert found.category.tolist() == [1, 0, 0, 0, 3]
    assert ratings(nights([np.nan]), None).low == 0


@pytest.mark.parametrize(
    ("y", "scale", "says"),
    [
        ([1.5], None, "whole number .*found 1.5"),
        ([11], None, "from 1 to 5 or from 0 to 10"),
        ([-1], None, "found -1 to -1"),
        ([6], (1, 5), "run from 1 to 5"),
    ],
)
def test_what_is_no_rating_is_refused(y: list[float], scale: tuple[int, int] | None, says: str) -> None:
    with pytest.raises(RangeError, match=says):
        ratings(nights(y), scale)
