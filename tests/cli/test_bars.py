"""Marks of a forest plot: each no more certain than what was reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.cli._bars import WIDTH, Scale, bar, bracket, dots, ruler, scale_for

SCALE = Scale(low=-1.0, high=1.0)


def test_a_number_has_a_point_and_ends() -> None:
    drawn = bar(SCALE, -0.5, -0.75, -0.25)
    assert drawn[SCALE.at(-0.5)] == "o"
    assert drawn[SCALE.at(-0.75)] == drawn[SCALE.at(-0.25)] == "|"
    assert drawn[SCALE.at(0.0)] == ":"


def test_an_interval_beyond_the_scale_points_outside() -> None:
    assert bar(SCALE, 0.0, -2.0, 2.0).startswith("<")
    assert bar(SCALE, 0.0, -2.0, 2.0).endswith(">")


def test_a_word_has_no_point() -> None:
    better, null = bracket(SCALE, None, -0.5), bracket(SCALE, -0.5, 0.5)
    assert better[0] == "<"
    assert better[SCALE.at(-0.5)] == "]"
    assert null[SCALE.at(-0.5)] == "["
    for drawn in (better, null, bracket(SCALE, 0.5, None)):
        assert "o" not in drawn
        assert "-" not in drawn


def test_nothing_usable_spans_the_whole_scale() -> None:
    assert set(dots()) == {".", " "}
    assert len(dots()) == WIDTH


def test_the_ruler_says_which_side_is_which() -> None:
    drawn = ruler(SCALE, better="better", worse="worse")
    assert drawn[WIDTH // 2] == "0"
    assert drawn.startswith("<- better")
    assert drawn.endswith("worse ->")


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=6))
def test_every_line_has_one_width_and_every_end_lies_inside(ends: list[float]) -> None:
    scale = scale_for(ends, least=0.9)
    low, high = min(ends), max(ends)
    assert len(bar(scale, (low + high) / 2, low, high)) == WIDTH
    assert len(bracket(scale, low, high)) == WIDTH
    assert all(scale.low <= x <= scale.high for x in ends)


@pytest.mark.parametrize("ends", [[0.0], [0.0, 0.0]])
def test_a_scale_of_nothing_is_a_scale(ends: list[float]) -> None:
    assert scale_for(ends).high > 0
