import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.report._words import clock, count, day, hours, number, of_100, short_day, signed, span


@given(st.floats(0, 1))
def test_a_chance_is_never_none_or_all_of_100(p: float) -> None:
    words = of_100(p)
    assert words.endswith("of 100")
    assert not words.startswith(("0 ", "100 "))
    assert "%" not in words


@given(st.floats(0.006, 0.994))
def test_a_chance_is_the_nearest_count(p: float) -> None:
    assert abs(int(of_100(p).split()[0]) - 100 * p) <= 0.5 + 1e-9


def test_an_unknown_chance_says_so() -> None:
    assert of_100(None) == of_100(float("nan")) == "not computed"


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_numbers_carry_a_true_minus_sign_and_no_minus_zero(x: float, digits: int) -> None:
    text = number(x, digits)
    assert "-" not in text
    value = float(text.replace("−", "-"))
    assert abs(value - x) <= 0.5 * 10**-digits + 1e-9
    assert not (text.startswith("−") and value == 0)
    assert signed(x, digits).lstrip("+") == text


@given(st.integers(0, 3000))
def test_hours_hold_the_minutes(minutes: int) -> None:
    h, m = hours(minutes).split(" h ")
    assert int(h) * 60 + int(m) == minutes


@pytest.mark.parametrize(("hour", "words"), [(0, "00:00"), (24, "00:00"), (23.9999, "00:00"), (34, "10:00")])
def test_clock_turns_round(hour: float, words: str) -> None:
    assert clock(hour) == words


def test_dates() -> None:
    assert day(dt.date(2026, 3, 1)) == "1 March 2026"
    assert short_day(dt.date(2026, 3, 1)) == "1 Mar"
    assert span(dt.date(2026, 3, 1), dt.date(2026, 3, 9)) == "1 March to 9 March 2026"


def test_counts() -> None:
    assert count(2, "night", "nights") == "2 nights"
