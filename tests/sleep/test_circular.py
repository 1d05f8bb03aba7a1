import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.sleep import clock_difference, clock_mean, social_jetlag


def test_times_around_midnight() -> None:
    found = clock_mean([23.0, 0.0, 1.0])
    assert found is not None
    assert min(found.mean_h, 24 - found.mean_h) == pytest.approx(0, abs=1e-9)
    assert found.n == 3


def test_no_times_and_no_direction() -> None:
    assert clock_mean([]) is None
    assert clock_mean([0.0, 12.0]) is None


def test_the_spread_is_that_of_its_formula() -> None:
    found = clock_mean([3.0, 5.0])
    assert found is not None
    length = math.cos(math.pi / 12)
    assert found.sd_h == pytest.approx(math.sqrt(-2 * math.log(length)) * 12 / math.pi)


@pytest.mark.parametrize(
    ("msw", "msf", "expected"),
    [(3.5, 5.0, 1.5), (4.5, 23.5, -5.0), (2 + 5 / 60, 23 + 5 / 60, -3.0), (4 + 5 / 60, 4 + 5 / 60, 0.0)],
)
def test_examples_of_mctq(msw: float, msf: float, expected: float) -> None:
    """Examples of sjl() of the R package mctq (docs.ropensci.org/mctq/reference/sjl.html), to rounding."""
    assert social_jetlag([msf], [msw]) == pytest.approx(expected, abs=1e-6)


def test_unknown_without_both_kinds_of_days() -> None:
    assert social_jetlag([], [3.0]) is None
    assert social_jetlag([3.0], []) is None


hours = st.floats(0, 24, exclude_max=True)


@settings(max_examples=100)
@given(hours, hours)
def test_the_shorter_way_round(a: float, b: float) -> None:
    d = clock_difference(a, b)
    assert -12 <= d <= 12
    turn = (a - b - d) / 24
    assert turn == pytest.approx(round(turn), abs=1e-9)


@settings(max_examples=100)
@given(st.lists(st.floats(0, 6), min_size=1, max_size=8), hours)
def test_turning_the_clock_turns_the_mean(times: list[float], turn: float) -> None:
    one, two = clock_mean(times), clock_mean([(t + turn) % 24 for t in times])
    assert one is not None
    assert two is not None
    assert clock_difference(two.mean_h, one.mean_h + turn) == pytest.approx(0, abs=1e-6)
    assert two.sd_h == pytest.approx(one.sd_h, abs=1e-6)
