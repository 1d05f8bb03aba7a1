"""The verdict in words and as a document; nothing before the lock."""

import json
import re
from dataclasses import replace

import pytest

from noctiflora.actions import (
    LogLine,
    lock_trial,
    log_trial,
    open_trial,
    verdict_document,
    verdict_lines,
    verdict_of_last,
)
from noctiflora.actions._trial_verdict import NEXT, amount_told, doses_told, foreseen_told
from noctiflora.core import DesignError, NotFound
from noctiflora.store import Store
from noctiflora.trial import MissingNights, Word
from tests.actions.seasons import ORDER, WORDS, at, day, kept, nights, record


def test_nothing_before_the_lock(store: Store) -> None:
    with pytest.raises(NotFound):
        verdict_of_last(store)
    kept(store)
    nights(store, 2.0)
    with pytest.raises(DesignError, match="before the lock"):
        verdict_of_last(store)


def test_the_answer_comes_first_and_everything_asked_is_there(store: Store) -> None:
    kept(store)
    nights(store, 2.0)
    lock_trial(store, WORDS, now=at(84), today=day(84))
    kept_one, found = verdict_of_last(store)
    lines = verdict_lines(kept_one.record, found)
    assert lines[0].what == "Verdict"
    assert lines[1].value == NEXT[found.verdict.word]
    names = {line.what for line in lines}
    assert names >= {
        "Chances",
        "After 28 nights of full dose",
        "evidence prior",
        "sceptical prior",
        "vague prior",
        "as assigned",
        "first nights of each bottle left out",
        "slow onset and wash-out",
        "How fast it came",
        "How fast it went",
        "Doses",
        "Guesses",
    }
    document = json.loads(json.dumps(verdict_document(kept_one.record, found), allow_nan=False))
    assert document["order"] == ORDER
    assert set(document["kinetics_nights"]) == {"tau_on", "tau_off"}
    assert len(document["analyses"]) == 8


def test_every_word_has_its_next_step_and_stop_never_pushes_on() -> None:
    assert set(NEXT) == {*Word, None}
    assert NEXT[Word.STOP].startswith("Stop")
    assert "go on" not in NEXT[Word.STOP]


def test_missing_nights_are_told_by_arm_where_help_was_tried_against_them(store: Store) -> None:
    kept(store)
    nights(store, 2.0)
    lock_trial(store, WORDS, now=at(84), today=day(84))
    record, found = (one := verdict_of_last(store))[0].record, one[1]

    def told(tipping: float | None, by_chance: float = 0.01) -> list[str]:
        missing = MissingNights(
            missing_with=9, nights_with=42, missing_without=1, nights_without=42, excess=8, by_chance=by_chance,
            tipping=tipping,
        )  # fmt: skip
        with_it = replace(found, verdict=replace(found.verdict, missing=missing))
        by_arm = verdict_document(record, with_it)["missing_by_arm"]
        assert by_arm == {
            "with": [9, 42], "without": [1, 42], "by_chance": by_chance, "tipping_sd": tipping,
            "overturned": missing.overturns,
        }  # fmt: skip
        return [line.value for line in verdict_lines(record, with_it) if line.what == "Missing by arm"]

    [bears] = told(None)
    assert bears.startswith(
        "9 with the product, 1 without; the word bears that the 8 too many were bad nights, however"
    )
    assert told(2.0)[0].endswith("until 2 SDs worse than usual")
    assert told(1.0) == ["9 with the product, 1 without"]
    assert told(None, by_chance=0.5) == []


def test_no_chance_is_told_as_certain_and_unlogged_doses_are_told(store: Store) -> None:
    kept(store)
    nights(store, 12.0)
    log_trial(store, [LogLine(night=n, dose="1") for n in range(1, 61)], now=at(84), today=day(84))
    lock_trial(store, WORDS, now=at(84), today=day(84))
    kept_one, found = verdict_of_last(store)
    told = {line.what: line.value for line in verdict_lines(kept_one.record, found)}
    assert found.evidence.p_benefit > 0.995
    assert "benefit more than 99 of 100" in told["Chances"]
    assert not re.search(r"\b(100|0) of 100", " ".join(told.values()))
    assert told["Doses"] == "60 of 84 logged as taken; 24 not logged, analysed as if taken as planned"
    assert verdict_document(kept_one.record, found)["doses_not_logged"] == 24


def test_where_the_order_is_known_doses_are_counted_with_the_product_alone(store: Store) -> None:
    kept(store, record(known=True))
    nights(store, 1.0)
    log_trial(store, [LogLine(night=n, dose="1") for n in (1, 2)], now=at(84), today=day(84))
    lock_trial(store, None, now=at(84), today=day(84))
    kept_one, found = verdict_of_last(store)
    assert doses_told(kept_one.record, found).startswith("2 of 42 logged as taken; 40 not logged")


def test_what_takes_weight_from_the_verdict_stands_right_after_it(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    open_trial(store, reason="rash", passphrase=WORDS, now=at(70), today=day(70))
    lock_trial(store, WORDS, now=at(84), today=day(84))
    kept_one, found = verdict_of_last(store)
    assert [line.what for line in verdict_lines(kept_one.record, found)][:3] == ["Verdict", "What now", "Note"]


def test_what_was_foreseen_is_told_in_words() -> None:
    told = foreseen_told({"right": 0.22, "wrong": 0.01, "cannot tell": 0.77, "stop": 0.01, "helps": 0.16})
    assert told == "22 end in a clear and right answer, 1 in a wrong one, 77 cannot tell (stop 1, helps 16)"


def test_no_one_has_to_read_better_by_a_negative_number() -> None:
    assert amount_told(-3.0, -5.0, -1.0, "min") == "worse by 3.0 min, probably between 1.0 and 5.0"
    assert amount_told(0.5, -1.0, 2.0, "min") == "better by 0.5 min, probably between 1.0 worse and 2.0 better"
