import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import Outcome
from noctiflora.report._effect import Measure, measure_of
from tests.report.made_up import many_nights


def test_points_become_minutes_at_the_usual_time_in_bed() -> None:
    measure = Measure(outcome=Outcome.EFFICIENCY, tib_min=480)
    assert measure.size(2.7) == "about 13 more minutes asleep for the same time in bed"
    assert measure.range(0.2, 5.2) == "probably between 1 and 25 more"
    assert measure.range(-2.0, 5.2) == "probably between 10 fewer and 25 more"
    assert measure.range(-5.2, -0.2) == "probably between 1 and 25 fewer"
    assert measure.amount(3) == "14 minutes (3.0 points)"
    assert "4.8 minutes" in measure.explanation


def test_points_stay_points_where_time_in_bed_is_unknown() -> None:
    measure = Measure(outcome=Outcome.EFFICIENCY)
    assert measure.size(2.7) == "about 2.7 points more sleep efficiency"
    assert "not known" in measure.explanation


@pytest.mark.parametrize(
    ("outcome", "gain", "words"),
    [
        (Outcome.LATENCY, -6, "falling asleep about 6 minutes later"),
        (Outcome.WASO, 8, "about 8 fewer minutes awake in the night"),
        (Outcome.TOTAL_SLEEP, -15, "about 15 fewer minutes asleep a night"),
        (Outcome.RATING, 0.6, "about 0.6 points better sleep on the scale from 0 to 10"),
    ],
)
def test_each_outcome_has_its_words(outcome: Outcome, gain: float, words: str) -> None:
    assert Measure(outcome=outcome).size(gain) == words


@given(st.sampled_from(list(Outcome)), st.floats(-0.04, 0.04))
def test_next_to_nothing_is_called_so(outcome: Outcome, gain: float) -> None:
    assert "less than" in Measure(outcome=outcome, tib_min=480).size(gain)


@given(st.sampled_from(list(Outcome)), st.floats(-50, 50), st.floats(0.1, 60))
def test_a_range_never_shows_a_sign_or_a_hole(outcome: Outcome, low: float, width: float) -> None:
    words = Measure(outcome=outcome, tib_min=480).range(low, low + width)
    assert words.startswith("probably between ")
    assert "−" not in words
    assert "{" not in words


def test_time_in_bed_comes_from_the_nights() -> None:
    measure = measure_of(Outcome.EFFICIENCY, many_nights(10))
    assert measure.tib_min is not None
    assert measure.axis_unit == "Points of sleep efficiency"
    assert Measure(outcome=Outcome.WASO).axis_unit == "Minutes of time awake during the night"
