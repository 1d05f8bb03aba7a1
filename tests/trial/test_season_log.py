"""The log keeps every entry, and refuses what cannot be."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import FormatError, RangeError
from noctiflora.trial import (
    Entry,
    EntryKind,
    Guess,
    add_entry,
    check_clock,
    check_night,
    corrections,
    doses_taken,
    guesses_made,
    standing,
)
from tests.trial.seasons import FIRST, PLAN

NOW = dt.datetime(2025, 1, 10, 7, tzinfo=dt.UTC)
TODAY = NOW.date()


def entry(
    kind: EntryKind = EntryKind.DOSE, night: int = 3, value: str = "1", text: str = "", hours: float = 0
) -> Entry:
    return Entry(at=NOW + dt.timedelta(hours=hours), kind=kind, night=night, value=value, text=text)


def test_a_correction_keeps_what_was_said_before() -> None:
    log = add_entry(PLAN, (), entry())
    log = add_entry(PLAN, log, entry(value="0", hours=1), correct=True)
    assert [e.value for e in log] == ["1", "0"]
    assert doses_taken(log) == {3: 0.0}
    assert corrections(log) == 1


def test_a_duplicate_night_is_refused_unless_it_says_the_same() -> None:
    log = add_entry(PLAN, (), entry())
    with pytest.raises(FormatError, match="already") as caught:
        add_entry(PLAN, log, entry(value="0.5", hours=1))
    assert "night 3, 2025-01-08" in str(caught.value)
    assert add_entry(PLAN, log, entry(hours=2)) == log


@pytest.mark.parametrize("night", [0, -1, 43])
def test_a_dose_outside_the_trial_is_refused(night: int) -> None:
    with pytest.raises(RangeError, match="not in the trial"):
        add_entry(PLAN, (), entry(night=night))


@pytest.mark.parametrize("value", ["", "two", "1.5", "-0.1", "nan", "inf"])
def test_a_dose_is_a_share(value: str) -> None:
    with pytest.raises(RangeError, match="share"):
        add_entry(PLAN, (), entry(value=value))


def test_a_clock_set_back_is_refused() -> None:
    log = add_entry(PLAN, (), entry())
    with pytest.raises(RangeError, match="clock"):
        add_entry(PLAN, log, entry(night=4, hours=-2))
    check_clock(log, NOW - dt.timedelta(minutes=30))


def test_a_guess_belongs_to_the_end_of_a_period() -> None:
    log = add_entry(PLAN, (), entry(EntryKind.GUESS, 14, Guess.COMPARATOR))
    assert guesses_made(log, PLAN) == {1: Guess.COMPARATOR}
    with pytest.raises(RangeError, match="last night"):
        add_entry(PLAN, (), entry(EntryKind.GUESS, 13, Guess.PRODUCT))
    with pytest.raises(RangeError, match="one of"):
        add_entry(PLAN, (), entry(EntryKind.GUESS, 14, "gold"))


@pytest.mark.parametrize(
    ("kind", "value"), [(EntryKind.MISSING, ""), (EntryKind.ADVERSE, "mild"), (EntryKind.OPENED, "")]
)
def test_a_reason_is_needed(kind: EntryKind, value: str) -> None:
    with pytest.raises(RangeError, match="reason"):
        add_entry(PLAN, (), entry(kind, value=value, text=" "))


def test_severity_is_one_of_three_and_remarks_are_short() -> None:
    with pytest.raises(RangeError, match="severity"):
        add_entry(PLAN, (), entry(EntryKind.ADVERSE, value="awful", text="rash"))
    with pytest.raises(RangeError, match="500"):
        add_entry(PLAN, (), entry(EntryKind.MISSING, value="", text="x" * 501))


def test_unwanted_effects_add_up() -> None:
    log = add_entry(PLAN, (), entry(EntryKind.ADVERSE, value="mild", text="gas"))
    log = add_entry(PLAN, log, entry(EntryKind.ADVERSE, value="severe", text="rash", hours=1))
    assert len(log) == 2
    assert not standing(log)
    assert corrections(log) == 0


def test_a_slipped_calendar_is_refused() -> None:
    with pytest.raises(RangeError, match="slipped"):
        check_night(PLAN, 3, FIRST + dt.timedelta(days=3), today=TODAY)
    assert check_night(PLAN, 3, FIRST + dt.timedelta(days=2), today=TODAY) == 3


def test_the_night_is_today_unless_said() -> None:
    assert check_night(PLAN, None, None, today=TODAY) == 5
    assert check_night(PLAN, 2, None, today=TODAY) == 2


def test_nights_ahead_or_outside_are_refused() -> None:
    with pytest.raises(RangeError, match="not come yet"):
        check_night(PLAN, 6, None, today=TODAY)
    with pytest.raises(RangeError, match="numbered"):
        check_night(PLAN, 43, None, today=TODAY)
    with pytest.raises(RangeError, match="not in the trial"):
        check_night(PLAN, None, FIRST - dt.timedelta(days=1), today=TODAY)


@given(values=st.lists(st.sampled_from(["0", "0.5", "1"]), min_size=1, max_size=12))
@settings(deadline=None, max_examples=30)
def test_the_last_word_counts_and_nothing_is_lost(values: list[str]) -> None:
    log: tuple[Entry, ...] = ()
    for hours, value in enumerate(values):
        log = add_entry(PLAN, log, entry(value=value, hours=hours), correct=True)
    changes = 1 + sum(a != b for a, b in pairwise(values))
    assert len(log) == changes
    assert doses_taken(log) == {3: float(values[-1])}
