"""Nights of an earlier season and its wash-out are known by their dates, whatever the order was."""

import datetime as dt
from dataclasses import replace

from noctiflora.actions._earlier_trials import WASH_OUT, count_touched, first_free, touched_by_trials
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind
from tests.actions.seasons import FIRST, at, day, kept, record

END = 84


def test_its_nights_and_the_wash_out_are_touched(store: Store) -> None:
    assert touched_by_trials(store) == frozenset()
    kept(store)
    touched = touched_by_trials(store)
    assert min(touched) == FIRST
    assert max(touched) == day(END + WASH_OUT)
    assert len(touched) == END + WASH_OUT
    assert first_free(touched, day(3)) == day(END + WASH_OUT + 1)
    assert first_free(touched, day(0)) == day(0)
    assert count_touched(touched, day(-5), day(2)) == 2


def test_a_trial_that_ended_early_frees_the_rest(store: Store) -> None:
    entries = (Entry(at=at(30), kind=EntryKind.STOPPED, night=30, text="moved house"),)
    kept(store, replace(record(), entries=entries))
    assert max(touched_by_trials(store)) == day(30) + dt.timedelta(days=WASH_OUT)


def test_the_order_does_not_matter(store: Store) -> None:
    kept(store, record(order="PCPCPC"))
    one = touched_by_trials(store)
    store.trials.remove("season-001")
    kept(store, record(order="CPCPCP"))
    assert touched_by_trials(store) == one
