"""Interventions: what they change in a day, and what is refused."""

import math

import pytest

from noctiflora.axis._intervention import Intervention, Kind, parse_intervention
from noctiflora.axis._schedule import Day
from noctiflora.core import FormatError, RangeError


def change(kind: Kind, dose: float) -> Day:
    return Intervention(kind=kind, dose=dose).change(Day())


def test_each_kind_changes_its_own_part() -> None:
    assert change(Kind.PHGG, 5).fibre_g_d == 25
    assert change(Kind.RESISTANT_STARCH, 20) == change(Kind.PHGG, 20), "one input, no separate fermentability"
    assert change(Kind.MEALS_LATER, 5).meals_h == (13, 18, 24)
    assert change(Kind.DINNER, 18).meals_h == (8, 13, 18)
    assert change(Kind.EVENING_LIGHT, 65).light.evening_lux == 65
    assert change(Kind.STRESS, 0.6).stress == 0.6
    assert change(Kind.BEDTIME, 22.0).sleeps[0].start_h == 22
    assert change(Kind.LIVE_STRAIN, 1) == Day()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.PHGG, "dose": -5.0},
        {"kind": Kind.LIVE_STRAIN, "dose": -1.0},
        {"kind": Kind.PHGG, "dose": math.nan},
        {"kind": Kind.STRESS, "dose": 2.0},
        {"kind": Kind.PHGG, "dose": 5.0, "start_day": 3.0, "end_day": 3.0},
        {"kind": Kind.PHGG, "dose": 5.0, "start_day": 0.25},
        {"kind": Kind.PHGG, "dose": 5.0, "end_day": math.inf},
    ],
)
def test_impossible_courses_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RangeError):
        Intervention(**wrong)  # type: ignore[arg-type]


def test_text_is_read() -> None:
    one = parse_intervention("live-strain:1:0:56")
    assert (one.kind, one.dose, one.start_day, one.end_day) == (Kind.LIVE_STRAIN, 1, 0, 56)
    assert one.strain is not None
    assert one.strain.live
    assert parse_intervention("stress:0.5").end_day == 366


@pytest.mark.parametrize("text", ["", "phgg", "phgg:much", "snake-oil:1:0:2", "phgg:1:2:3:4", "phgg:1e999:0:1"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises((FormatError, RangeError)):
        parse_intervention(text)
