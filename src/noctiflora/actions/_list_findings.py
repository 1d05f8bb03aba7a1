"""Lists what a person's own nights show, and what was not measured."""

import datetime as dt

from noctiflora.actions._keep_scores import current_scores
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._remember import change_stamp, remember
from noctiflora.actions._veil import veil
from noctiflora.plan import Finding, find
from noctiflora.store import Store


def list_findings(store: Store, *, today: dt.date) -> tuple[Finding, ...]:
    """Return the findings of the person in the store, in the order in which they are shown.

    While a trial is under way they stand as they stood before it (see `Veil`). An age that was
    entered and still counts sets the guide values that differ with age.
    """
    return remember(store, ("findings", today), change_stamp(store), lambda: _found(store, today))


def _found(store: Store, today: dt.date) -> tuple[Finding, ...]:
    found, over = list_nights(store), veil(store, today=today)
    checkins = store.diary.checkins()
    age = current_scores(store, today=today).get("age_years")
    years = None if age is None else age.value
    if over is None:
        return find(found.nights, found.naps, checkins, today=today, age_years=years)
    return find(
        [n for n in found.nights if over.counts(n.date)],
        [n for n in found.naps if over.counts(n.date)],
        [c for c in checkins if over.counts(c.date)],
        today=over.as_of(today),
        age_years=years,
    )
