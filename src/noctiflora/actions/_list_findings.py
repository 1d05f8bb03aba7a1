"""Lists what a person's own nights show, and what was not measured."""

import datetime as dt

from noctiflora.actions._keep_scores import current_scores
from noctiflora.actions._list_nights import list_nights
from noctiflora.plan import Finding, find
from noctiflora.store import Store


def list_findings(store: Store, *, today: dt.date) -> tuple[Finding, ...]:
    """Return the findings of the person in the store, in the order in which they are shown.

    An age that was entered and still counts sets the guide values that differ with age.
    """
    found = list_nights(store)
    age = current_scores(store, today=today).get("age_years")
    return find(
        found.nights, found.naps, store.diary.checkins(), today=today, age_years=None if age is None else age.value
    )
