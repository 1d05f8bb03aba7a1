"""Clock times are compared the shorter way round."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.plan._find_timing import clock_gap, clock_mean, regularity, weekend_shift
from noctiflora.plan._finding import Group

from ._nights import night, nights, view


@given(st.floats(0, 23.9), st.lists(st.floats(-4, 4), min_size=1, max_size=10))
def test_the_mean_turns_with_the_clock(turn: float, hours) -> None:
    base = clock_mean(np.array(hours) % 24)
    turned = clock_mean((np.array(hours) + turn) % 24)
    assert float(clock_gap(turned, base + turn)) == pytest.approx(0, abs=1e-6)


@given(st.floats(0, 24), st.floats(0, 24))
def test_a_gap_never_exceeds_half_the_clock(first: float, second: float) -> None:
    gap = float(clock_gap(first, second))
    assert -12 <= gap <= 12
    assert float(clock_gap(second + gap, first)) == pytest.approx(0, abs=1e-9)


def test_regularity_across_midnight() -> None:
    made = [night(i, midsleep_h=23.8 if i % 2 else 0.2) for i in range(20)]
    (finding,) = regularity(view(made))
    assert "20 of 20 nights" in finding.number
    assert "12 min away" in finding.number
    assert finding.group is Group.OPEN


def test_regularity_counts_far_nights() -> None:
    made = [night(i, midsleep_h=3.0 if i < 15 else 6.0) for i in range(20)]
    (finding,) = regularity(view(made))
    assert "within an hour of its usual time on 15 of 20" in finding.number


@pytest.mark.parametrize(
    ("free", "group", "words"),
    [
        (4.6, Group.MAY_BEAR, "1.6 hours later"),
        (4.4, Group.NO_SIGN, "1.4 hours later"),
        (1.4, Group.MAY_BEAR, "1.6 hours earlier"),
    ],
)
def test_weekend_shift(free: float, group: Group, words: str) -> None:
    made = [night(i, midsleep_h=free if i % 7 >= 5 else 3.0) for i in range(28)]
    (finding,) = weekend_shift(view(made))
    assert finding.group is group
    assert finding.number == f"{words} on free days (8 free nights, 20 others)"


def test_too_few_or_unknown_nights_give_none() -> None:
    assert weekend_shift(view(nights(10, midsleep_h=3.0))) == ()
    assert weekend_shift(view(nights(28))) == ()
    assert regularity(view(nights(28))) == ()
