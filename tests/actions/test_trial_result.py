"""The analyses of a locked season: versions, dose as taken, belief, and that the same record gives the same."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import LogLine, lock_trial, log_trial
from noctiflora.actions._result import expected_for
from noctiflora.actions._trial_result import (
    adherence,
    alarm_of,
    plan_threshold,
    season_result,
    season_series,
    settled,
    severe_effect,
)
from noctiflora.core import Instrument, Outcome
from noctiflora.store import Store
from noctiflora.trial import BELIEVED, Plan, Series, Word, priors_for, read_order
from tests.actions.seasons import ORDER, WORDS, at, day, kept, nights, record

END = 84


def locked(store: Store, theta: float, *, known: bool = False):
    made = kept(store, record(known=known))
    nights(store, theta)
    log_trial(store, [LogLine(night=n, dose="0") for n in (2, 3, 20)], now=at(END), today=day(END))
    log_trial(store, [LogLine(night=14, guess="product")], now=at(END), today=day(END))
    del made
    return lock_trial(store, None if known else WORDS, now=at(END), today=day(END)).record


def test_all_versions_answer_and_agree_on_a_plain_effect(store: Store) -> None:
    found = season_result(locked(store, 1.5))
    for one in (found.evidence, found.vague, found.assigned, found.dropped, *found.by_kinetics.values()):
        assert settled(one)
        assert one.p_benefit > 0.5
    assert found.series.dose[[1, 2]].tolist() == [0.0, 0.0]
    assert found.assigned.theta.mean != found.evidence.theta.mean
    assert list(found.by_kinetics) == ["fast", "middling", "slow"]
    assert found.after_28.effect.sd < found.evidence.theta.sd
    assert (found.guesses_right, found.guesses) == (1, 1)
    assert (found.doses_taken, found.doses_planned) == (0, END)
    assert found.verdict.word in Word


def test_the_same_record_gives_the_same_answer(store: Store) -> None:
    made = locked(store, 0.5)
    one, two = season_result(made), season_result(made)
    assert one.verdict == two.verdict
    assert one.evidence == replace(two.evidence, seconds=one.evidence.seconds)


def test_a_known_order_brings_belief_in(store: Store) -> None:
    found = season_result(locked(store, 1.0, known=True))
    assert BELIEVED in found.evidence.params
    assert found.blinding == ()
    assert found.doses_planned == END // 2
    assert found.verdict.cost_of_knowing is not None
    assert found.verdict.cost_of_knowing > 1.0


def test_a_severe_effect_or_a_bad_week_stops_whatever_the_nights_say(store: Store) -> None:
    kept(store)
    nights(store, 1.5)
    log_trial(store, [LogLine(night=5, adverse="swelling", severity="severe")], now=at(END), today=day(END))
    made = lock_trial(store, WORDS, now=at(END), today=day(END)).record
    found = season_result(made)
    assert found.verdict.word is Word.STOP
    assert "severe unwanted effect" in found.verdict.reason
    assert severe_effect(record()) is None
    bad = alarm_of(made, np.r_[np.full(10, 6.0), np.full(7, 1.0)])
    assert bad is not None
    assert "clearly worse" in bad


def test_a_night_that_was_not_logged_counts_as_planned(store: Store) -> None:
    made = locked(store, 0.0)
    planned = made.plan.schedule(read_order(ORDER)).dose[14:]
    assert season_series(made, read_order(ORDER), assigned=True).dose.tolist() == planned.tolist()
    assert adherence(made, None, last=0) == (0, 0)


@pytest.mark.parametrize("blinded", [True, False])
def test_the_threshold_needs_no_order(blinded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
    expected = expected_for("lactobacillus-gasseri-cp2305", Outcome.RATING, Instrument.DIARY)
    priors = priors_for(Outcome.RATING, expected, useful=0.5, run_in_mean=6.0, run_in_sd=1.0)
    y = 6 + np.random.default_rng(1).standard_normal(21)
    before = Series(nights=np.arange(1, 22), y=y, dose=np.zeros(21))
    design = Plan(on=7, off=7, pairs=2)
    found = plan_threshold(design, Outcome.RATING, Instrument.DIARY, before, priors, blinded=blinded)
    assert 0.9 <= found.threshold <= 1.0
    words = {word.value for word in Word}
    assert set(found.told) == {"right", "wrong", *words}
    assert sum(found.told[word] for word in words) == pytest.approx(1.0)
