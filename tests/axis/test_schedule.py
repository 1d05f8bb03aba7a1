"""Schedules: what can be lived, and what is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.axis._schedule import DAY_WORK, Day, Schedule, Span, night_span, on_grid, regular, rotation, weekly
from noctiflora.core import RangeError


def test_overlapping_shifts_are_refused_and_named() -> None:
    day = Day(shifts=(Span(start_h=8, end_h=16), Span(start_h=15, end_h=20)))
    with pytest.raises(RangeError, match="shift begins before a shift ends"):
        Schedule(days=(Day(), day))


def test_sleep_during_work_is_refused_across_midnight_and_the_cycle_end() -> None:
    early = Day(sleeps=(), shifts=(Span(start_h=6, end_h=14),))
    for days in ((Day(), early), (early, Day())):
        with pytest.raises(RangeError, match="shift begins before a sleep ends"):
            Schedule(days=days)
    with pytest.raises(RangeError):
        Schedule(
            days=(
                Day(
                    sleeps=(Span(start_h=0, end_h=7), Span(start_h=23, end_h=31)),
                ),
            )
        )


@pytest.mark.parametrize(
    "ends", [(7.0, 7.0), (8.0, 7.0), (1.0, 26.0), (-1.0, 3.0), (1.05, 3.0), (math.nan, 3.0), (40, 49)]
)
def test_impossible_spans_are_refused(ends: tuple[float, float]) -> None:
    with pytest.raises(RangeError):
        Span(start_h=ends[0], end_h=ends[1])


@pytest.mark.parametrize(
    "day",
    [
        {"fibre_g_d": -1.0},
        {"stress": 1.1},
        {"stress": math.nan},
        {"histamine": 50.0},
        {"meals_h": ()},
        {"meals_h": (8.0, 8.2)},
    ],
)
def test_impossible_days_are_refused(day: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        Day(**day)  # type: ignore[arg-type]


def test_no_days_no_schedule() -> None:
    with pytest.raises(RangeError):
        Schedule(days=())


@given(st.integers(0, 480))
@settings(max_examples=30, deadline=None)
def test_tenths_of_an_hour_are_on_the_grid(tenths: int) -> None:
    on_grid(tenths / 10, where="here")
    with pytest.raises(RangeError):
        on_grid(tenths / 10 + 0.03, where="here")


def test_meal_shares_sum_to_one() -> None:
    assert sum(Day().meal_shares()) == pytest.approx(1)
    assert Day(meals_h=(9.0, 18.0)).meal_shares() == (0.5, 0.5)


def test_builders() -> None:
    assert regular(bed_h=1.0, rise_h=8.5).days[0].sleeps[0] == night_span(1.0, 8.5)
    week = weekly(work=DAY_WORK, free=Day())
    assert [d == DAY_WORK for d in week.days] == [True] * 5 + [False] * 2


@given(st.text("DELN-", min_size=1, max_size=14))
@settings(max_examples=40, deadline=None)
def test_every_rotation_can_be_lived(pattern: str) -> None:
    assert len(rotation(pattern).days) == len(pattern)


@pytest.mark.parametrize("pattern", ["", "DX"])
def test_an_unknown_rotation_is_refused(pattern: str) -> None:
    with pytest.raises(RangeError):
        rotation(pattern)
