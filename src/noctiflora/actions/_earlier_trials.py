"""Which nights an earlier season has touched: its own, and the wash-out after it."""

import datetime as dt
from collections.abc import Iterable

from noctiflora.actions._keep_trial import kept_trials
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.store import Store
from noctiflora.trial import EntryKind

WASH_OUT = 21
"""Nights after a trial that are no run-in yet (assumed, 14 to 42: about two time constants of wash-out)."""
_ENDED = (EntryKind.OPENED, EntryKind.STOPPED, EntryKind.KEY_LOST)


def touched_by_trials(store: Store) -> frozenset[dt.date]:
    """Return the dates of all seasons and of the wash-out after each; the same whatever the order was."""
    found: set[dt.date] = set()
    for kept in kept_trials(store):
        plan = kept.record.plan
        days = _last_night(kept.record) + WASH_OUT
        found.update(plan.date_of(n) for n in range(1, days + 1))
    return frozenset(found)


def count_touched(touched: frozenset[dt.date], first: dt.date, last: dt.date) -> int:
    """Return how many of the dates from one to another, both included, are touched."""
    return sum(first <= date <= last for date in touched)


def first_free(touched: Iterable[dt.date], after: dt.date) -> dt.date:
    """Return the first date from `after` on that no season has touched."""
    every, date = set(touched), after
    while date in every:
        date += dt.timedelta(days=1)
    return date


def _last_night(record: TrialRecord) -> int:
    """Return the last night on which anything of the trial may have been taken."""
    early = [e.night for e in record.entries if e.kind in _ENDED]
    return max(0, min([*early, record.plan.n_nights]))
