"""The morning entry: all of it or none of it."""

import datetime as dt

import pytest

from noctiflora.actions import check_in
from noctiflora.core import RangeError
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def test_half_an_entry_is_an_entry(store: Store) -> None:
    check_in(store, TODAY, {"quality": 6.0}, today=TODAY)
    assert [(c.item, c.value) for c in store.diary.checkins()] == [("quality", 6.0)]


@pytest.mark.parametrize(
    "values", [{"quality": 6.0, "mood": 1.0}, {"quality": 6.0, "quality2": 11.0}, {"quality": 99.0}]
)
def test_one_bad_answer_keeps_none(store: Store, values: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        check_in(store, TODAY, values, today=TODAY)
    assert store.diary.checkins() == ()


def test_tomorrow_cannot_be_entered(store: Store) -> None:
    with pytest.raises(RangeError, match="not come yet"):
        check_in(store, TODAY + dt.timedelta(days=1), {"quality": 6.0}, today=TODAY)
