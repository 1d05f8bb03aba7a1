"""What does not fit together is asked back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.intake._doubts import LONGEST_IN_BED_H, SHORTEST_IN_BED_H, clock, doubts


def test_a_usual_night_raises_none() -> None:
    assert doubts({"bed_time_h": 23.5, "wake_time_h": 6.5, "rise_time_h": 7, "latency_min": 20, "wake_min": 30}) == ()


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"bed_time_h": 11, "rise_time_h": 7}, "23:00"),
        ({"bed_time_h": 6.5, "rise_time_h": 7}, "30 minutes"),
        ({"bed_time_h": 23, "rise_time_h": 7, "latency_min": 400, "wake_min": 100}, "longer than you were in bed"),
        ({"bed_time_h": 23, "rise_time_h": 7, "wake_time_h": 8}, "swapped"),
    ],
)
def test_slips_are_asked_back(values: dict[str, float], word: str) -> None:
    (sentence,) = doubts(values)
    assert word in sentence


def test_half_an_entry_is_fine() -> None:
    assert doubts({}) == ()
    assert doubts({"bed_time_h": 11}) == ()
    assert doubts({"latency_min": 600}) == ()


@given(st.floats(0, 24), st.floats(SHORTEST_IN_BED_H + 0.1, LONGEST_IN_BED_H - 0.1))
def test_any_clock_is_fine_for_a_believable_stay_in_bed(bed: float, hours: float) -> None:
    assert doubts({"bed_time_h": bed, "rise_time_h": (bed + hours) % 24}) == ()


@given(st.floats(0, 48))
def test_a_clock_is_always_a_clock(hours: float) -> None:
    hour, minute = clock(hours).split(":")
    assert 0 <= int(hour) <= 23
    assert 0 <= int(minute) <= 59
