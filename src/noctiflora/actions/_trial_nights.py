"""The nights of a season: outcome and device by night number."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._prefer_source import preference_in_trial
from noctiflora.core import Instrument, Outcome
from noctiflora.sleep import outcome_values
from noctiflora.store import Store
from noctiflora.trial import SeasonPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialNights:
    """Outcome and source by date.

    Parameters
    ----------
    values : mapping of date to float or None
        Nights that are there; None where the outcome is not known.
    sources : mapping of date to str
        What measured them; empty for ratings.
    """

    values: Mapping[dt.date, float | None]
    sources: Mapping[dt.date, str]

    def span(self, first: dt.date, last: dt.date) -> tuple[float | None, ...]:
        """Return the values from one date to another, both included."""
        days = (last - first).days + 1
        return tuple(self.values.get(first + dt.timedelta(days=i)) for i in range(max(days, 0)))


def trial_nights(store: Store, outcome: Outcome, instrument: Instrument) -> TrialNights:
    """Return the nights of an outcome as one instrument measured them.

    A rating is that of the morning entry; where there is none, that of an imported diary or app.
    """
    prefer = preference_in_trial(store)
    found = list_nights(store, instrument=instrument, prefer=prefer).nights
    if outcome is not Outcome.RATING:
        return TrialNights(values=dict(outcome_values(found, outcome)), sources={n.date: n.source for n in found})
    rated: dict[dt.date, float | None] = {}
    for some in (list_nights(store, prefer=prefer).nights, found):
        rated |= {n.date: n.rating for n in some if n.rating is not None}
    return TrialNights(
        values=rated | {c.date: c.value for c in store.diary.checkins() if c.item == "quality"}, sources={}
    )


def other_device(plan: SeasonPlan, nights: TrialNights) -> tuple[bool, ...]:
    """Return for each night, the run-in first, whether another device measured it than most of the run-in."""
    before = [plan.date_of(n) for n in range(1 - plan.run_in_nights, 1)]
    counted = Counter(nights.sources[date] for date in before if date in nights.sources)
    if not counted or plan.instrument is Instrument.DIARY:
        return (False,) * (plan.run_in_nights + plan.n_nights)
    usual = max(sorted(counted), key=counted.__getitem__)
    every = [*before, *(plan.date_of(n) for n in range(1, plan.n_nights + 1))]
    return tuple(nights.sources.get(date, usual) != usual for date in every)


def as_array(values: tuple[float | None, ...]) -> npt.NDArray[np.float64]:
    """Return values with nan where they are not known."""
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
