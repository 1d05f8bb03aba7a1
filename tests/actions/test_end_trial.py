"""The ways a season ends: lock, stop, emergency, lost key; and that the order stays shut until then."""

from dataclasses import replace

import pytest

from noctiflora.actions import (
    TrialState,
    kept_trials,
    lock_trial,
    lose_key,
    open_trial,
    running_trial,
    stop_trial,
    verdict_of_last,
)
from noctiflora.actions._trial_record import read_record, record_document
from noctiflora.core import DesignError, FormatError, RangeError
from noctiflora.store import Store
from noctiflora.trial import open_seal, order_text
from tests.actions.seasons import ORDER, WORDS, at, day, kept, nights, record

END = 84


def test_no_lock_before_the_last_night(store: Store) -> None:
    kept(store)
    with pytest.raises(DesignError, match="sealed"):
        lock_trial(store, WORDS, now=at(END - 1), today=day(END - 1))
    assert kept_trials(store)[0].record.order is None


def test_a_wrong_passphrase_changes_nothing(store: Store) -> None:
    before = kept(store)
    with pytest.raises(RangeError, match="stays closed"):
        lock_trial(store, "another passphrase", now=at(END), today=day(END))
    with pytest.raises(RangeError):
        lock_trial(store, None, now=at(END), today=day(END))
    assert kept_trials(store)[0] == before


def test_the_lock_freezes_nights_and_opens_the_order(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    made = lock_trial(store, WORDS, now=at(END), today=day(END)).record
    assert made.state is TrialState.LOCKED
    assert made.order is not None
    assert order_text(made.order.arms) == ORDER
    assert made.frozen is not None
    assert len(made.frozen.values) == 14 + END
    frozen = made.frozen.values
    nights(store, 5.0)
    assert kept_trials(store)[0].record.frozen.values == frozen  # type: ignore[union-attr]


def test_a_plan_and_its_fingerprint_changed_together_still_fail_at_the_seal(store: Store) -> None:
    made = record()
    forged = replace(made, plan=replace(made.plan, threshold=0.9))
    assert read_record(record_document(forged), where="x").plan.threshold == 0.9
    kept(store, forged)
    with pytest.raises(RangeError):
        lock_trial(store, WORDS, now=at(END), today=day(END))


def test_a_clock_set_back_is_refused(store: Store) -> None:
    kept(store)
    stop_trial(store, reason="enough", now=at(40), today=day(40))
    with pytest.raises(RangeError, match="clock"):
        lock_trial(store, WORDS, now=at(39), today=day(39))


def test_a_stopped_trial_counts_its_nights_so_far(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    stop_trial(store, reason="moved house", now=at(50), today=day(50))
    with pytest.raises(FormatError, match="before"):
        stop_trial(store, reason="again", now=at(50), today=day(50))
    made = lock_trial(store, WORDS, now=at(51), today=day(51)).record
    assert made.frozen is not None
    assert made.frozen.last == 50
    assert verdict_of_last(store)[1].series.n_nights == 50


def test_of_a_trial_stopped_before_its_first_night_no_later_night_counts(store: Store) -> None:
    kept(store)
    stop_trial(store, reason="changed my mind", now=at(0), today=day(0))
    nights(store, 1.0)
    made = lock_trial(store, WORDS, now=at(END), today=day(END)).record
    assert made.frozen is not None
    assert made.frozen.last == 1
    with pytest.raises(DesignError):
        verdict_of_last(store)


def test_an_emergency_needs_a_reason_and_is_told_in_the_verdict(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=30)
    with pytest.raises(RangeError, match="reason"):
        open_trial(store, reason="  ", passphrase=WORDS, now=at(30), today=day(30))
    made = open_trial(store, reason="rash, the doctor asks", passphrase=WORDS, now=at(30), today=day(30)).record
    assert made.state is TrialState.OPENED
    assert made.entries[-1].text == "rash, the doctor asks"
    with pytest.raises(FormatError, match="already"):
        open_trial(store, reason="x", passphrase=WORDS, now=at(30), today=day(30))
    locked = lock_trial(store, None, now=at(31), today=day(31)).record
    assert locked.opened_early
    assert verdict_of_last(store)[1].series.n_nights == 30


def test_the_envelope_opens_it_too(store: Store) -> None:
    made = kept(store).record
    assert made.sealed is not None
    order = open_seal(made.sealed, WORDS, made.plan.fingerprint())
    wrong = f"CPPCCP {order.nonce.hex()}"
    with pytest.raises(FormatError, match="not those of this trial"):
        open_trial(store, reason="x", envelope=wrong, now=at(30), today=day(30))
    with pytest.raises(FormatError, match="envelope holds"):
        open_trial(store, reason="x", envelope="CPPC nonsense", now=at(30), today=day(30))
    opened = open_trial(store, reason="x", envelope=f"{ORDER} {order.nonce.hex()}", now=at(30), today=day(30))
    assert opened.record.order == order


def test_a_lost_key_ends_the_trial_and_keeps_the_data(store: Store) -> None:
    kept(store)
    nights(store, 1.0)
    made = lose_key(store, now=at(40), today=day(40)).record
    assert made.state is TrialState.KEY_LOST
    assert made.state.value == "unblinded by key loss"
    assert running_trial(store) is None
    assert len(store.diary.checkins()) == 14 + END
    with pytest.raises(DesignError, match="key loss"):
        verdict_of_last(store)


def test_a_known_order_has_no_key_to_lose(store: Store) -> None:
    kept(store, record(known=True))
    with pytest.raises(FormatError, match="no key"):
        lose_key(store, now=at(40), today=day(40))
    with pytest.raises(FormatError, match="open already"):
        open_trial(store, reason="x", passphrase=WORDS, now=at(40), today=day(40))
    assert lock_trial(store, None, now=at(END), today=day(END)).record.state is TrialState.LOCKED
