"""The verdict in words and as a document; nothing before the lock."""

import json
from dataclasses import replace

import pytest

from noctiflora.actions import lock_trial, verdict_document, verdict_lines, verdict_of_last
from noctiflora.actions._trial_verdict import NEXT
from noctiflora.core import DesignError, NotFound
from noctiflora.store import Store
from noctiflora.trial import MissingNights, Word
from tests.actions.seasons import ORDER, WORDS, at, day, kept, nights


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
