import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.sleep import Night, sleep_debt

LAST = dt.date(2024, 1, 14)


def night(day: int, tst: float | None, *, nap: bool = False) -> Night:
    return Night(date=dt.date(2024, 1, day), source="x", tst_min=tst, nap=nap)


def test_the_sum_over_the_known_nights_naps_included() -> None:
    found = sleep_debt([night(1, 420), night(2, 500), night(2, 30, nap=True), night(3, None)], need_min=480, last=LAST)
    assert found is not None
    assert (found.debt_min, found.known, found.window) == (60 - 50, 2, 14)


def test_what_lies_outside_is_left_out() -> None:
    assert sleep_debt([night(1, 400)], need_min=480, last=LAST, window=7) is None
    assert sleep_debt([night(20, 400)], need_min=480, last=LAST) is None
    assert sleep_debt([night(14, 60, nap=True)], need_min=480, last=LAST) is None


@pytest.mark.parametrize("need", [-1, 901, float("nan")])
def test_an_impossible_need(need: float) -> None:
    with pytest.raises(RangeError, match="need"):
        sleep_debt([], need_min=need, last=LAST)
