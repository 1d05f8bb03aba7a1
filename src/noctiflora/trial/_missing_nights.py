"""Nights that are missing more often with the product, told as the bad nights they may have been."""

import datetime as dt
import math
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.trial._arrays import Flags
from noctiflora.trial._check_series import HALF
from noctiflora.trial._series import Series

BAD = 1.525
"""How far a bad night lies from the usual, in SDs: the mean of a normal's nights more than one SD worse."""
DEPTHS = (0.5, 1.0, BAD, 2.0, 3.0)
"""How bad the missing nights are made, in SDs, to find where "helps" ends."""
UNEVEN = 0.2
"""Chance of so many by chance alone below which the arms count as unlike (assumed, 0.1 to 0.3): lenient, for a
difference that is not noticed does harm, and one that chance made costs little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingNights:
    """How nights are missing with the product and without it, and what "helps" bears.

    Parameters
    ----------
    missing_with, nights_with, missing_without, nights_without : int
        Nights without an outcome, and all nights, by what was assigned.
    excess : int
        Nights missing with the product beyond what the other nights lead one to expect.
    by_chance : float
        Chance of at least so many with the product, were all missing nights spread at random.
    tipping : float or None
        From how many SDs worse than usual the excess nights would have ended "helps"; None where
        it bears 3 SDs, or nothing was tried.
    """

    missing_with: int
    nights_with: int
    missing_without: int
    nights_without: int
    excess: int
    by_chance: float
    tipping: float | None = None

    @property
    def uneven(self) -> bool:
        """Whether more nights are missing with the product than chance easily makes."""
        return self.excess > 0 and self.by_chance <= UNEVEN

    @property
    def overturns(self) -> bool:
        """Whether "helps" does not bear that the excess nights were bad nights."""
        return self.tipping is not None and self.tipping <= BAD


def missing_nights(series: Series) -> MissingNights:
    """Return how nights are missing by what was assigned, or taken where that is not told.

    Examples
    --------
    >>> nan = float("nan")
    >>> missing_nights(Series(nights=[1, 2, 3, 4], y=[80.0, 81.0, nan, nan], dose=[0, 0, 1, 1])).excess
    2
    """
    every = on_calendar(series)
    given, blank = _given(every), np.isnan(every.y)
    gone, kept = int(np.sum(blank & given)), int(np.sum(blank & ~given))
    n_with, n_without = int(np.sum(given)), int(np.sum(~given))
    expected = n_with * kept / n_without if n_without else float(gone)
    return MissingNights(
        missing_with=gone,
        nights_with=n_with,
        missing_without=kept,
        nights_without=n_without,
        excess=max(0, round(gone - expected)),
        by_chance=_at_least(gone, gone + kept, n_with, n_with + n_without),
    )


def _at_least(gone: int, missing: int, n_with: int, n: int) -> float:
    """Return the chance that `gone` or more of `missing` nights fall among `n_with` of n."""
    ways = sum(math.comb(n_with, k) * math.comb(n - n_with, missing - k) for k in range(gone, min(missing, n_with) + 1))
    return ways / math.comb(n, missing)


def as_bad(series: Series, depth: float, *, higher_is_better: bool) -> Series:
    """Return the series with the excess nights, evenly among those missing with the product, made bad.

    Their value is that of the usual night with the product, worse by `depth` SDs, but no worse than
    the worst night seen.
    """
    every = on_calendar(series)
    given, blank = _given(every), np.isnan(every.y)
    places, with_product, seen = np.flatnonzero(blank & given), every.y[given & ~blank], every.y[~blank]
    count = missing_nights(series).excess
    if not count or not with_product.size or seen.size < 2:
        return series
    chosen = places[np.floor((np.arange(count) + 0.5) * places.size / count).astype(int)]
    worse = -depth if higher_is_better else depth
    value = float(np.mean(with_product)) + worse * float(np.std(seen, ddof=1))
    value = min(max(value, float(seen.min())), float(seen.max()))
    y = every.y.copy()
    # ratings stay whole numbers
    y[chosen] = np.round(value) if np.all(seen == np.round(seen)) else value
    return replace(every, y=y)


def on_calendar(series: Series) -> Series:
    """Return the series with a row for every night; those added have no outcome, and the dose before them."""
    if series.n_nights == series.nights.size:
        return series
    night = np.arange(series.nights[0], series.nights[-1] + 1)
    last = np.searchsorted(series.nights, night, side="right") - 1
    here = np.isin(night, series.nights)
    dates = series.dates
    if dates is not None:
        ahead = (night - series.nights[last]).tolist()
        dates = tuple(dates[i] + dt.timedelta(days=days) for i, days in zip(last.tolist(), ahead, strict=True))
    return replace(
        series,
        nights=night,
        y=np.where(here, series.y[last], np.nan),
        dose=series.dose[last],
        covariates={name: np.where(here, column[last], 0.0) for name, column in series.covariates.items()},
        s=None if series.s is None else np.interp(night, series.nights, series.s),
        dates=dates,
        others={name: column[last] for name, column in series.others.items()},
        assigned=None if series.assigned is None else series.assigned[last],
    )


def _given(series: Series) -> Flags:
    """Return the nights on which the product was due."""
    return np.asarray((series.dose if series.assigned is None else series.assigned) >= HALF)
