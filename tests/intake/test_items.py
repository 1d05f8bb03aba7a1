"""The morning entry is short, in our own words, and refuses what cannot be."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.intake._checkin import CheckIn
from noctiflora.intake._items import ITEMS, Part, check_entry, check_item


def test_everything_asked_for_is_there() -> None:
    assert list(ITEMS) == [
        "quality",
        "bed_time_h",
        "latency_min",
        "wake_min",
        "awakenings",
        "wake_time_h",
        "rise_time_h",
        "capsule",
        "alcohol",
        "late_caffeine",
        "late_meal",
        "illness",
        "travel",
        "stress",
        "tension",
        "bloating",
        "period",
        "brain_fog",
        "flush",
        "stools",
        "last_meal_h",
        "fibre_g",
    ]
    assert [i.part for i in ITEMS.values()] == sorted((i.part for i in ITEMS.values()), key=list(Part).index)


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda i: i.key)
def test_questions_are_short_and_plain(item) -> None:
    assert item.question.endswith("?")
    assert len(item.question.split()) <= 15


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda i: i.key)
def test_both_ends_pass_and_beyond_them_not(item) -> None:
    assert check_item(item.key, item.low) == item.low
    assert check_item(item.key, item.high) == item.high
    for value in (item.low - 1, item.high + 1, float("nan"), float("inf")):
        with pytest.raises(RangeError, match=item.key):
            check_item(item.key, value)


@given(st.sampled_from(list(ITEMS)), st.floats(allow_nan=True, allow_infinity=True))
def test_what_passes_lies_in_range(key: str, value: float) -> None:
    try:
        checked = check_item(key, value)
    except RangeError:
        return
    assert ITEMS[key].low <= checked <= ITEMS[key].high
    assert not ITEMS[key].whole or checked.is_integer()


@pytest.mark.parametrize("key", ["alcohol", "awakenings", "capsule"])
def test_halves_of_whole_things_are_refused(key: str) -> None:
    with pytest.raises(RangeError, match="whole"):
        check_item(key, 0.5)


def test_unknown_item_and_hostile_text() -> None:
    with pytest.raises(RangeError, match="no such item"):
        check_item("<script>\x00", 1)
    with pytest.raises(RangeError, match="quality"):
        check_item("quality", "7; drop table")  # type: ignore[arg-type]


def test_an_entry_is_checked_as_its_item() -> None:
    good = CheckIn(date=dt.date(2026, 3, 1), item="quality", value=6)
    assert check_entry(good) is good
    with pytest.raises(RangeError):
        check_entry(CheckIn(date=dt.date(2026, 3, 1), item="quality", value=11))
    score = CheckIn(date=dt.date(2026, 3, 1), item="score_psqi", value=9)
    assert check_entry(score) is score
    with pytest.raises(RangeError):
        check_entry(CheckIn(date=dt.date(2026, 3, 1), item="score_psqi", value=22))
    with pytest.raises(RangeError):
        check_entry(CheckIn(date=dt.date(2026, 3, 1), item="score_mood", value=2))


def test_the_morning_stays_short() -> None:
    """What the day before was like is asked on request only."""
    assert sum(item.part is not Part.DAY for item in ITEMS.values()) == 13
