"""A schedule from text: what is written holds, and what cannot be lived is refused by day and field."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.axis._light import EVENING_LUX, Evening
from noctiflora.axis._read_schedule import EXAMPLE, parse_schedule
from noctiflora.axis._schedule import DAY_WORK, Schedule, Span
from noctiflora.core import NoctifloraError


def read(*days: object) -> Schedule:
    return parse_schedule(json.dumps({"days": list(days)}), where="s.json")


def test_what_is_left_out_is_the_reference_day() -> None:
    assert read({}) == Schedule()
    assert read({"work": [[9, 17]]}).days[0] == DAY_WORK


def test_what_is_written_holds() -> None:
    day = read({"sleep": [[24.5, 32]], "meals": [9, 14], "evening": "dim", "fibre_g": 30, "stress": 0.4}).days[0]
    assert day.sleeps == (Span(start_h=24.5, end_h=32.0),)
    assert day.meals_h == (9.0, 14.0)
    assert day.light.evening_lux == EVENING_LUX[Evening.DIM]
    assert (day.fibre_g_d, day.stress) == (30.0, 0.4)
    assert read({"evening": 200}).days[0].light.evening_lux == 200.0


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ([{"work": [[8, 16], [15, 20]]}], "a shift begins before a shift ends"),
        ([{"work": [[20, 28]]}], "day 1"),
        ([{"work": [[22, 30]], "sleep": [[32, 40]]}, {"work": [[6, 14]]}], "day 2"),
        ([{"sleep": [[31, 23]]}], "a span must end after it starts"),
        ([{"sleep": [23, 31]}], "day 1, sleep"),
        ([{}, {"sleep": "all day"}], "day 2, sleep"),
        ([{"meals": [19, 8]}], "meals must come in order"),
        ([{"stress": 3}], "must be 0 to 1"),
        ([{"fibre_g": -1}], "must be 0 to 200"),
        ([{"stress": True}], "day 1, stress"),
        ([{"stress": float("nan")}], "day 1, stress"),
        ([{"evening": "pitch dark"}], "use dim, typical, bright"),
        ([{"nap": 1}], "unknown field"),
        ([7], "a day is an object"),
        ([], "1 to 56 days"),
        ([{}] * 57, "1 to 56 days"),
    ],
)
def test_what_cannot_be_lived_is_refused_by_name(days: list[object], named: str) -> None:
    with pytest.raises(NoctifloraError, match=named):
        read(*days)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"days": 1}', '{"days": [], "more": 1}', "[" * 100_000, " " * 300_000]
)
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(NoctifloraError):
        parse_schedule(text, where="s.json")


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)))
def test_no_value_makes_it_fall_over(value: object) -> None:
    for field in json.loads(EXAMPLE)["days"][0]:
        try:
            read({field: value})
        except NoctifloraError:
            continue
