"""Reading forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.web._form import Filled


@pytest.mark.parametrize(("text", "hours"), [("23:10", 23 + 10 / 60), ("06:50:00", 6 + 50 / 60), ("", None)])
def test_clock_times(text: str, hours: float | None) -> None:
    form = Filled({"t": [text]})
    assert form.clock("t") == hours
    assert not form.errors


@pytest.mark.parametrize("text", ["24:00", "7", "12:60", "ab:cd", "-1:00", "١٢:٠٠", ":"])
def test_what_is_no_clock_time_is_noted(text: str) -> None:
    form = Filled({"t": [text]})
    assert form.clock("t") is None
    assert [e.field for e in form.errors] == ["t"]


@given(st.text())
def test_any_text_is_read_as_a_number_or_noted(text: str) -> None:
    form = Filled({"n": [text]})
    found = form.number("n")
    assert (found is None) == (bool(form.errors) or not text.strip())
    if found is not None:
        assert abs(found) < float("inf")


def test_a_decimal_comma_is_a_point() -> None:
    assert Filled({"n": ["1,5"]}).number("n") == 1.5


def test_a_choice_outside_the_list_is_noted() -> None:
    form = Filled({"a": ["x"], "b": ["y"]})
    assert form.choice("a", ["x"]) == "x"
    assert form.choice("b", ["x"]) == ""
    assert form.choice("c", ["x"]) == ""
    assert [e.field for e in form.errors] == ["b"]


def test_the_last_of_several_counts_and_all_can_be_had() -> None:
    form = Filled({"a": [" 1 ", "2"]})
    assert (form.text("a"), form.all("a"), form.text("none", "d")) == ("2", [" 1 ", "2"], "d")


def test_a_refusal_of_an_action_becomes_a_sentence() -> None:
    form = Filled({})
    form.refuse("a", RangeError("too late", do="go to bed"))
    assert form.errors[0].words == "Too late; go to bed."
