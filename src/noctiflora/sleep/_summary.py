"""Many nights in a few numbers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from noctiflora.sleep._circular import ClockMean, clock_mean, social_jetlag
from noctiflora.sleep._night import Night
from noctiflora.sleep._regularity import Regularity, sri, states

FREE_WEEKDAYS = frozenset({5, 6})
"""Weekdays of waking up taken as free: Saturday and Sunday (assumed; the person's own may differ)."""

FEWEST_A_KIND = 2
"""Free and working nights each needed for social jetlag (assumed, 1 to 8)."""

FEWEST_COMPARED_H = 120.0
"""Hours known 24 h apart that the regularity index needs, five days' worth (assumed, 72 to 168)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Quartiles of one measure over the nights on which it is known.

    Parameters
    ----------
    n : int
        Nights on which it is known.
    q25, median, q75 : float
        In the unit of the measure; interpolated between neighbours.
    """

    n: int
    q25: float
    median: float
    q75: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a row of nights looks like; None stands for "cannot be told from these nights".

    Parameters
    ----------
    n_nights : int
        Nights, naps not counted.
    first, last : date or None
        Range of dates.
    missing_nights : int
        Dates within the range without a night.
    tst_min, se_pct, sol_min, waso_min : Spread or None
        Minutes, per cent.
    midsleep : ClockMean or None
        Circular mean and standard deviation, hours.
    social_jetlag_h : float or None
        Midsleep of free nights minus that of working nights.
    free_nights, work_nights : int
        Nights it rests on.
    regularity : Regularity or None
        Sleep Regularity Index; it differs between devices, so compare it with one's own past only.
    sources : mapping of str to float
        Share of nights by source, 0 to 1.
    """

    n_nights: int
    first: dt.date | None
    last: dt.date | None
    missing_nights: int
    tst_min: Spread | None
    se_pct: Spread | None
    sol_min: Spread | None
    waso_min: Spread | None
    midsleep: ClockMean | None
    social_jetlag_h: float | None
    free_nights: int
    work_nights: int
    regularity: Regularity | None
    sources: Mapping[str, float]


def summarise(
    nights: Sequence[Night], *, naps: Sequence[Night] = (), free_weekdays: frozenset[int] = FREE_WEEKDAYS
) -> Summary:
    """Return the summary of nights.

    Parameters
    ----------
    nights : sequence of Night
        At most one a date; naps among them are left out.
    naps : sequence of Night
        Used for regularity alone.
    free_weekdays : frozenset of int
        Weekdays (Monday 0) of waking up that are free.

    References
    ----------
    .. [1] Phillips et al. 2017, doi:10.1038/s41598-017-03171-4 (regularity)
    .. [2] Roenneberg et al. 2012, doi:10.1016/j.cub.2012.03.038 (social jetlag)

    Examples
    --------
    >>> summarise([]).n_nights
    0
    """
    main = sorted((n for n in nights if not n.nap), key=lambda n: n.date)
    dates = {n.date for n in main}
    free = [n.midsleep_h for n in main if n.midsleep_h is not None and n.date.weekday() in free_weekdays]
    work = [n.midsleep_h for n in main if n.midsleep_h is not None and n.date.weekday() not in free_weekdays]
    enough = len(free) >= FEWEST_A_KIND and len(work) >= FEWEST_A_KIND
    regular = sri(states(main, naps))
    counts = Counter(n.source for n in main)
    return Summary(
        n_nights=len(main),
        first=min(dates, default=None),
        last=max(dates, default=None),
        missing_nights=(max(dates) - min(dates)).days + 1 - len(dates) if dates else 0,
        tst_min=spread(n.tst_min for n in main),
        se_pct=spread(n.se_pct for n in main),
        sol_min=spread(n.sol_min for n in main),
        waso_min=spread(n.waso_min for n in main),
        midsleep=clock_mean([*free, *work]),
        social_jetlag_h=social_jetlag(free, work) if enough else None,
        free_nights=len(free),
        work_nights=len(work),
        regularity=regular if regular is not None and regular.compared_h >= FEWEST_COMPARED_H else None,
        sources=MappingProxyType({s: k / len(main) for s, k in sorted(counts.items())}),
    )


def spread(values: Iterable[float | None]) -> Spread | None:
    """Return the quartiles of the known values, or None where none is known.

    Examples
    --------
    >>> spread([1.0, None, 2.0, 3.0]).median
    2.0
    """
    known = sorted(v for v in values if v is not None)
    if not known:
        return None
    return Spread(n=len(known), q25=_quantile(known, 0.25), median=_quantile(known, 0.5), q75=_quantile(known, 0.75))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile by linear interpolation (type 7 of Hyndman and Fan 1996, doi:10.2307/2684934)."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
