"""The charts of a simulated person: bands of people like that one, levels week by week."""

import pytest

from noctiflora.actions import axis_chart
from noctiflora.axis import Intervention, Kind, Person, preset
from noctiflora.core import ModelError

STARCH = (Intervention(kind=Kind.RESISTANT_STARCH, dose=20.0),)


def test_levels_begin_before_the_change_and_every_guild_has_a_course() -> None:
    chosen = preset("insomnia")
    drawn = axis_chart(chosen.person, chosen.schedule, STARCH, weeks=3, members=8)
    assert len(drawn.courses) == 6
    for course in drawn.courses:
        assert course.start is not None
        assert course.plain is not None
        assert all(a <= m <= b for a, m, b in zip(course.low, course.middle, course.high, strict=True))
    butyrate = drawn.courses[2]
    assert butyrate.plain is not None
    assert butyrate.middle[-1] > butyrate.plain[-1], "fibre feeds the butyrate makers"
    assert drawn.change == "resistant-starch 20"
    assert drawn.person == "Insomnia"
    assert len(drawn.lanes) == 4


def test_without_a_change_there_is_one_curve_and_the_same_seed_draws_it_again() -> None:
    chosen = preset("reference")
    drawn = axis_chart(chosen.person, chosen.schedule, (), weeks=1, members=4)
    assert drawn.change == ""
    assert all(lane.now == lane.then for lane in drawn.lanes)
    assert all(course.plain is None for course in drawn.courses)
    assert drawn == axis_chart(chosen.person, chosen.schedule, (), weeks=1, members=4)


def test_runs_outside_what_a_body_can_have_are_refused() -> None:
    wild = Person(values={"a3": 1e-4, "kge": 1e3}, allow_implausible=True)
    with pytest.raises(ModelError, match="most runs leave"):
        axis_chart(wild, preset("reference").schedule, (), weeks=1, members=4)
