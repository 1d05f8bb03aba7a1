"""What an action refused, without the words of its command."""

import pytest

from noctiflora.actions import ADVICE
from noctiflora.core import RangeError
from noctiflora.web._form import Filled
from noctiflora.web._trial_words import plainly, refuse, reworded, without_commands


def test_the_command_to_type_is_left_out() -> None:
    error = RangeError("the dose is 0 to 1", where="--dose", found="7", do="noctiflora trial log --dose 1")
    assert plainly(error) == "The dose is 0 to 1 (found: 7)."


def test_hostile_text_becomes_one_short_line() -> None:
    said = plainly(RangeError("no such word", found="a\n\x1b[31m" + "x" * 200))
    assert "\n" not in said
    assert "\x1b" not in said
    assert len(said) < 110


def test_it_lands_on_its_field() -> None:
    form = Filled({})
    refuse(form, "dose", RangeError("no"))
    assert [(e.field, e.words) for e in form.errors] == [("dose", "No.")]


def test_a_refusal_keeps_its_kind_and_loses_its_command() -> None:
    with pytest.raises(RangeError) as caught, reworded():
        raise RangeError("too long", where="--weeks", found="999", do="noctiflora trial design --max-weeks 40")
    assert str(caught.value) == "too long, found 999"


def test_advice_on_a_page_names_no_command() -> None:
    assert "noctiflora" in ADVICE
    assert without_commands(ADVICE).endswith("the helper can open the order for them.")
    assert without_commands("A dose (g a day) is fine.") == "A dose (g a day) is fine."
