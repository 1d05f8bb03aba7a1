"""One season under way at a time, and no writer overwrites another."""

from dataclasses import replace

import pytest

from noctiflora.actions import kept_trials, needs_passphrase, running_trial
from noctiflora.actions._keep_trial import save_trial, the_running_trial
from noctiflora.core import NotFound
from noctiflora.store import Store, StoreConflict
from noctiflora.trial import Entry, EntryKind
from tests.actions.seasons import at, kept, record


def test_no_trial_is_said_so(store: Store) -> None:
    assert running_trial(store) is None
    assert not needs_passphrase(store)
    with pytest.raises(NotFound, match="under way"):
        the_running_trial(store)


def test_a_trial_of_another_kind_is_left_alone(store: Store) -> None:
    store.trials.save("old", {"schema": 1}, version=0)
    assert kept_trials(store) == ()


def test_two_writers(store: Store) -> None:
    made = kept(store)
    assert needs_passphrase(store)
    entries = (Entry(at=at(1), kind=EntryKind.DOSE, night=1, value="1"),)
    assert save_trial(store, made, replace(made.record, entries=entries)).version == 2
    with pytest.raises(StoreConflict):
        save_trial(store, made, made.record)
    assert the_running_trial(store).record.entries == entries


def test_an_ended_trial_is_not_under_way(store: Store) -> None:
    entries = (Entry(at=at(1), kind=EntryKind.KEY_LOST, night=1, text="x"),)
    kept(store, replace(record(), entries=entries))
    assert running_trial(store) is None
    assert len(kept_trials(store)) == 1


def test_a_known_order_needs_no_passphrase(store: Store) -> None:
    kept(store, record(known=True))
    assert not needs_passphrase(store)
