import re
from dataclasses import replace

import pytest

from noctiflora.core import Outcome
from noctiflora.report._effect import Measure
from noctiflora.report._verdict import SHOWN, card, effect_sentence
from noctiflora.trial import MissingNights, Posterior, Status, Word
from tests.report.made_up import assessed, full, posterior, verdict

MEASURE = Measure(outcome=Outcome.EFFICIENCY, tib_min=480)
CASES = [
    (Word.HELPS, posterior()),
    (Word.DOES_NOT_HELP, posterior(0.1, 1.0)),
    (Word.CANNOT_TELL, posterior(0.6, 2.4)),
    (Word.STOP, posterior(-3.2, 1.6)),
]


@pytest.mark.parametrize(("word", "found"), CASES)
def test_all_four_words_stand_on_every_card_and_one_is_chosen(word: Word, found: Posterior) -> None:
    shown = card(full(word, found), MEASURE)
    assert shown is not None
    assert [c.name for c in shown.choices] == [name for _, name, _ in SHOWN]
    assert [c.name for c in shown.choices if c.chosen] == [name for w, name, _ in SHOWN if w is word]
    assert shown.next_steps
    assert len(re.findall(r"of 100 that", shown.chances)) == 3
    text = " ".join((shown.sentence, shown.chances, shown.basis, *shown.next_steps))
    assert not re.search(r"%|significant|proven|unfortunately|great", text, re.IGNORECASE)


def test_three_starting_points_stand_side_by_side() -> None:
    shown = card(full(), MEASURE)
    assert shown is not None
    assert len(shown.starting_points) == 3
    assert shown.starting_points[0].better == "96 of 100"
    data = full()
    assert data.trial is not None
    lone = card(replace(data, trial=replace(data.trial, sceptical=None, vague=None)), MEASURE)
    assert lone is not None
    assert [s.centre for s in lone.starting_points][1:] == ["not computed", "not computed"]


@pytest.mark.parametrize("field", ["blinded", "randomised", "opened_early", "veil_lifted"])
def test_what_weakens_a_trial_is_said_inside_the_card(field: str) -> None:
    data = full()
    assert data.design is not None
    weak = field in {"opened_early", "veil_lifted"}
    shown = card(replace(data, design=replace(data.design, **{field: weak})), MEASURE)
    sound = card(data, MEASURE)
    assert shown is not None
    assert sound is not None
    assert len(shown.cautions) == 1
    assert not sound.cautions


def test_an_unsettled_calculation_shows_no_chance() -> None:
    found = replace(posterior(), status=Status.NOT_CONVERGED)
    data = replace(full(None, found), verdict=verdict(None, found))
    shown = card(data, MEASURE)
    assert shown is not None
    assert shown.mark == "none"
    assert shown.chances == ""
    assert not any(c.chosen for c in shown.choices)
    assert effect_sentence(data, MEASURE) == ""


def test_a_safety_stop_gives_its_own_reason() -> None:
    data = full(Word.STOP, posterior(2.0, 1.0))
    assert data.verdict is not None
    told = replace(data, verdict=replace(data.verdict, reason="A safety rule fired: fever."))
    shown, bare = card(told, MEASURE), card(data, MEASURE)
    assert shown is not None
    assert bare is not None
    assert shown.sentence == "A safety rule fired: fever."
    assert bare.sentence == "Stop: a safety rule fired."


def test_nights_and_doses_carry_their_denominators() -> None:
    shown = card(full(), MEASURE)
    assert shown is not None
    assert shown.basis == (
        "Based on 156 of 168 nights. 159 of 168 doses were taken. You guessed right in 2 of 4 periods."
    )
    assert card(assessed(), MEASURE) is None


def test_nights_missing_with_the_product_are_told_on_the_card() -> None:
    data = full(Word.CANNOT_TELL, posterior(0.6, 2.4))
    assert data.verdict is not None
    gone = MissingNights(
        missing_with=9, nights_with=42, missing_without=1, nights_without=42, excess=8, by_chance=0.01, tipping=1.0
    )
    told = card(replace(data, verdict=replace(data.verdict, missing=gone)), MEASURE)
    assert told is not None
    assert any("9 of 42 nights with it are missing, 1 of 42 without it" in text for text in told.cautions)
    stands = replace(data, verdict=replace(data.verdict, missing=replace(gone, tipping=None)))
    assert not any("are missing" in text for text in card(stands, MEASURE).cautions)  # type: ignore[union-attr]
