"""Nights as a series of one outcome, for a trial."""

import datetime as dt
from collections.abc import Iterable

from noctiflora.core import Outcome
from noctiflora.sleep._night import Night


def outcome_values(nights: Iterable[Night], outcome: Outcome) -> tuple[tuple[dt.date, float | None], ...]:
    """Return one value a date, None where it is unknown.

    Parameters
    ----------
    nights : iterable of Night
        At most one a date; naps are left out.
    outcome : Outcome
        What the trial is about.

    Returns
    -------
    tuple of (date, float or None)
        In order of date, in the unit of the outcome: minutes, points (per cent) of efficiency,
        points of 10 for the rating. Dates without a night do not appear.

    Examples
    --------
    >>> outcome_values([Night(date=dt.date(2024, 1, 2), source="x", sol_min=12.0)], Outcome.LATENCY)
    ((datetime.date(2024, 1, 2), 12.0),)
    """
    ordered = sorted((n for n in nights if not n.nap), key=lambda n: n.date)
    return tuple((n.date, _value(n, outcome)) for n in ordered)


def _value(night: Night, outcome: Outcome) -> float | None:
    match outcome:
        case Outcome.EFFICIENCY:
            return night.se_pct
        case Outcome.LATENCY:
            return night.sol_min
        case Outcome.WASO:
            return night.waso_min
        case Outcome.TOTAL_SLEEP:
            return night.tst_min
        case Outcome.RATING:
            return night.rating
