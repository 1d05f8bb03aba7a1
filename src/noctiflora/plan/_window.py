"""The stretch of nights that findings look at."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.intake import CheckIn
from noctiflora.sleep import Night

WINDOW_NIGHTS = 42
"""Findings look at this many nights back (assumed: six weeks; range 28 to 84)."""
ENOUGH_NIGHTS = 14
"""Fewer values than this are too few for a finding (assumed: two weeks; range 7 to 21)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What findings are made from.

    Parameters
    ----------
    nights : tuple of Night
        Main nights of the window, by date.
    all_nights : tuple of Night
        Main nights up to today, by date.
    naps : tuple of Night
        Naps of the window.
    checkins : tuple of CheckIn
        Morning entries of the window.
    first, last : date
        Ends of the window, both included.
    age_years : float or None
        The person's age.
    free_weekdays : frozenset of int
        Weekdays of waking up on free days, Monday 0.
    """

    nights: tuple[Night, ...]
    all_nights: tuple[Night, ...]
    naps: tuple[Night, ...]
    checkins: tuple[CheckIn, ...]
    first: dt.date
    last: dt.date
    age_years: float | None
    free_weekdays: frozenset[int]

    @property
    def n_days(self) -> int:
        """Nights there could be."""
        return (self.last - self.first).days + 1

    def values(self, field: str) -> NDArray[np.float64]:
        """Return the known values of one field of the nights, shape ``(known,)``."""
        known = [getattr(night, field) for night in self.nights]
        return np.array([value for value in known if value is not None and math.isfinite(value)], dtype=np.float64)


def window(
    nights: Sequence[Night],
    naps: Sequence[Night],
    checkins: Sequence[CheckIn],
    *,
    today: dt.date,
    age_years: float | None,
    free_weekdays: frozenset[int],
) -> Window:
    """Return the last `WINDOW_NIGHTS` nights up to the latest recorded one.

    A date with several main nights keeps the first; nights and entries after `today` are left out.
    """
    by_date: dict[dt.date, Night] = {}
    for night in nights:
        if not night.nap and night.date <= today:
            by_date.setdefault(night.date, night)
    ordered = tuple(by_date[date] for date in sorted(by_date))
    last = ordered[-1].date if ordered else today
    first = last - dt.timedelta(days=WINDOW_NIGHTS - 1)
    if ordered:
        first = max(first, ordered[0].date)
    return Window(
        nights=tuple(night for night in ordered if first <= night.date <= last),
        all_nights=ordered,
        naps=tuple(nap for nap in (*naps, *(n for n in nights if n.nap)) if first <= nap.date <= last),
        checkins=tuple(entry for entry in checkins if first <= entry.date <= last),
        first=first,
        last=last,
        age_years=age_years,
        free_weekdays=free_weekdays,
    )
