"""The verdict in words and as a document; nothing before the lock."""

import json

import pytest

from noctiflora.actions import lock_trial, verdict_document, verdict_lines, verdict_of_last
from noctiflora.actions._trial_verdict import NEXT
from noctiflora.core import DesignError, NotFound
from noctiflora.store import Store
from noctiflora.trial import Word
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
