"""Morning entries and doses."""

import datetime as dt

import pytest

from noctiflora.core import RangeError
from noctiflora.intake import CheckIn
from noctiflora.store import Store
from noctiflora.trial import Dose

DAY = dt.date(2025, 1, 2)


def entry(item: str, value: float, day: int = 0) -> CheckIn:
    return CheckIn(date=DAY + dt.timedelta(days=day), item=item, value=value)


def dose(product: str, taken: float | None, assigned: float | None = None) -> Dose:
    return Dose(night=DAY, product=product, taken=taken, assigned=assigned)


def test_entries_come_back_in_order(store: Store) -> None:
    assert store.diary.save_checkins([entry("quality", 7.5), entry("caffeine", 2, day=-1), entry("alcohol", 0)]) == 3
    assert store.diary.checkins() == (entry("caffeine", 2, day=-1), entry("alcohol", 0), entry("quality", 7.5))


def test_a_second_entry_takes_the_place_of_the_first(store: Store) -> None:
    store.diary.save_checkins([entry("quality", 7)])
    store.diary.save_checkins([entry("quality", 4)])
    assert store.diary.checkins() == (entry("quality", 4),)
    assert store.diary.remove_checkin(DAY, "quality")
    assert not store.diary.remove_checkin(DAY, "quality")
    assert store.diary.checkins() == ()


def test_doses_keep_what_is_unknown_apart_from_none(store: Store) -> None:
    doses = (dose("A", None), dose("B", 0.0, 1.0), dose("C", 1 / 3, None))
    assert store.diary.save_doses(reversed(doses)) == 3
    assert store.diary.doses() == doses
    store.diary.save_doses([dose("A", 1.0)])
    assert store.diary.doses()[0] == dose("A", 1.0)


def test_all_or_none(store: Store) -> None:
    with pytest.raises(RangeError, match="finite"):
        store.diary.save_checkins([entry("quality", 7), entry("mood", float("nan"))])
    with pytest.raises(RangeError, match="finite"):
        store.diary.save_doses([dose("A", 1.0), dose("B", None, float("inf"))])
    assert store.diary.checkins() == ()
    assert store.diary.doses() == ()
