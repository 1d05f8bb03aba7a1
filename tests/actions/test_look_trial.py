"""A look gives one word of three, at its time, from the nights up to it, and leaves nothing but its date."""

import json
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import LookWord, kept_trials, look_trial
from noctiflora.actions._look_trial import word_of
from noctiflora.actions._trial_record import record_document
from noctiflora.core import DesignError, Normal, RangeError
from noctiflora.store import Store
from noctiflora.trial import Prior, Priors, Series
from tests.actions.seasons import FIRST, WORDS, at, day, kept, nights, rate, record

LOOK = 28
PRIORS = Priors(
    coefficients={"mu": Prior(mean=5.0, sd=2.0)},
    theta=(Normal(weight=1.0, mean=0.3, sd=1.0),),
    weight=0.8,
    vague_sd=1.0,
    hyper={"log_tau_on": Prior(mean=0.5, sd=0.3), "log_tau_off": Prior(mean=0.5, sd=0.3)},
    useful=0.5,
)


def series(theta: float, spread: float = 0.5) -> Series:
    dose = np.tile(np.repeat([1.0, 0.0], 10), 1 if spread > 0.5 else 6)
    y = 5 + theta * dose + spread * np.random.default_rng(3).standard_normal(dose.size)
    return Series(nights=np.arange(1, dose.size + 1), y=y, dose=dose)


@pytest.mark.parametrize(
    ("theta", "spread", "word"),
    [
        (1.5, 0.5, LookWord.MAY_STOP),
        (0.0, 0.5, LookWord.MAY_STOP),
        (-1.5, 0.5, LookWord.SEEK_ADVICE),
        (0.6, 0.8, LookWord.CONTINUE),
    ],
)
def test_words(theta: float, spread: float, word: LookWord) -> None:
    assert word_of(series(theta, spread), PRIORS, 0.98, None) is word


def test_a_fired_safety_rule_goes_before_all() -> None:
    assert word_of(series(1.5), PRIORS, 0.95, "a bad week") is LookWord.SEEK_ADVICE


def test_no_look_before_its_time(store: Store) -> None:
    kept(store)
    with pytest.raises(DesignError, match=f"next is on {day(LOOK)}"):
        look_trial(store, WORDS, now=at(LOOK - 1), today=day(LOOK - 1))


def test_a_look_needs_the_passphrase_and_is_made_once(store: Store) -> None:
    kept(store)
    nights(store, 0.5, n=LOOK)
    with pytest.raises(RangeError, match="stays closed"):
        look_trial(store, "not the passphrase", now=at(LOOK), today=day(LOOK))
    before = kept_trials(store)[0].record
    word = look_trial(store, WORDS, now=at(LOOK), today=day(LOOK))
    after = kept_trials(store)[0].record
    assert after == replace(before, entries=after.entries)
    assert [(e.kind.value, e.night, e.value, e.text) for e in after.entries] == [("look", LOOK, "", "")]
    assert word.value not in json.dumps(record_document(after))
    with pytest.raises(DesignError, match="last night"):
        look_trial(store, WORDS, now=at(LOOK + 1), today=day(LOOK + 1))


def test_nights_after_the_look_do_not_count(store: Store) -> None:
    kept(store)
    nights(store, 0.5, n=LOOK)
    rate(store, day(LOOK + 1), [0.0] * 7)
    late = look_trial(store, WORDS, now=at(LOOK + 7), today=day(LOOK + 7))
    store.trials.remove("season-001")
    kept(store)
    assert look_trial(store, WORDS, now=at(LOOK), today=day(LOOK)) is late


def test_a_known_order_needs_no_passphrase(store: Store) -> None:
    kept(store, record(known=True))
    nights(store, 0.5, n=LOOK)
    assert look_trial(store, None, now=at(LOOK), today=day(LOOK)) in LookWord
    assert day(1) == FIRST
