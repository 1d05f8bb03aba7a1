"""Status: progress, doses and safety, the same whatever the order, and never a word to push on."""

from dataclasses import replace

import pytest

from noctiflora.actions import ADVICE, LogLine, TrialState, answer_gates, log_trial, stop_trial, trial_status
from noctiflora.core import NotFound, RangeError
from noctiflora.plan import Answer, Reply
from noctiflora.store import Store
from tests.actions.seasons import at, day, kept, nights, rate, record


def test_without_a_trial_it_says_so(store: Store) -> None:
    with pytest.raises(NotFound, match="no trial yet"):
        trial_status(store, now=at(1), today=day(1))


def test_progress(store: Store) -> None:
    made = kept(store)
    nights(store, 1.0, n=20)
    lines = [LogLine(night=n, dose="1") for n in range(1, 11)] + [LogLine(night=11, dose="0", missing="travel")]
    log_trial(store, lines, now=at(20), today=day(20))
    found = trial_status(store, now=at(20), today=day(20))
    assert (found.night, found.n_nights, found.recorded) == (20, 84, 20)
    assert (found.doses_taken, found.doses_due, found.missing_with_reason) == (10, 20, 0)
    assert found.bottle == made.record.plan.codes[1]
    assert found.bottle_changes == day(29)
    assert (found.guess_due, found.look_due) == ((14,), ())
    assert found.safety == ()


@pytest.mark.parametrize("order", ["PCPCPC", "CPCPCP"])
def test_it_is_the_same_whatever_the_order(store: Store, order: str) -> None:
    kept(store, record(order=order))
    nights(store, 1.0, n=40, order="PCPCPC")
    found = replace(trial_status(store, now=at(40), today=day(40)), commitment="")
    store.trials.remove("season-001")
    kept(store, record(order="PCCPPC"))
    assert replace(trial_status(store, now=at(40), today=day(40)), commitment="") == found


def test_before_and_after(store: Store) -> None:
    kept(store)
    before = trial_status(store, now=at(0), today=day(0))
    assert (before.night, before.doses_due) == (0, 0)
    assert before.bottle
    after = trial_status(store, now=at(99), today=day(99))
    assert (after.night, after.bottle, after.bottle_changes) == (84, "", None)
    assert after.look_due == (28,)


def test_a_bad_week_asks_to_stop(store: Store) -> None:
    kept(store)
    rate(store, day(1), [6.0] * 7 + [0.5] * 7)
    found = trial_status(store, now=at(14), today=day(14))
    assert len(found.safety) == 1
    assert ADVICE in found.safety[0]
    assert not any(word in found.safety[0].lower() for word in ("go on", "continue", "keep taking", "hold on"))


def test_safety_questions_and_severe_effects_are_told(store: Store) -> None:
    kept(store)
    answer_gates(store, [Answer(gate_id="S41", reply=Reply.YES, date=day(3))])
    log_trial(store, [LogLine(night=3, adverse="swelling", severity="severe")], now=at(3), today=day(3))
    found = trial_status(store, now=at(3), today=day(3))
    assert len(found.safety) == 2
    assert found.adverse == (f"{day(3)}: severe, swelling",)
    assert not found.crisis


def test_a_clock_set_back_is_told_and_an_ended_trial_is_shown(store: Store) -> None:
    kept(store)
    stop_trial(store, reason="x", now=at(9), today=day(9))
    assert trial_status(store, now=at(10), today=day(10)).state is TrialState.STOPPED
    store.trials.remove("season-001")
    kept(store)
    log_trial(store, [LogLine(night=9, dose="1")], now=at(9), today=day(9))
    with pytest.raises(RangeError, match="clock"):
        trial_status(store, now=at(8), today=day(8))


def test_once_it_has_ended_nothing_is_due_any_more(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=40)
    assert trial_status(store, now=at(40), today=day(40)).guess_due == (14, 28)
    stop_trial(store, reason="moved house", now=at(40), today=day(40))
    found = trial_status(store, now=at(40), today=day(40))
    assert (found.guess_due, found.look_due) == ((), ())


def test_a_reason_for_a_night_that_was_recorded_after_all_is_not_counted(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=5)
    lines = [LogLine(night=n, missing="travel") for n in (3, 6)]
    log_trial(store, lines, now=at(7), today=day(7))
    found = trial_status(store, now=at(7), today=day(7))
    assert (found.recorded, found.missing_with_reason) == (5, 1)


def test_where_the_order_is_known_the_advice_names_neither_bottles_nor_a_helper(store: Store) -> None:
    kept(store, record(known=True))
    log_trial(store, [LogLine(night=1, adverse="rash", severity="severe")], now=at(1), today=day(1))
    [told] = trial_status(store, now=at(1), today=day(1)).safety
    assert "Stop taking it" in told
    assert "bottle" not in told
    assert "helper" not in told
    assert "go on" not in told
