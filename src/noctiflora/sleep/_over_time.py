"""Regularity over time: the index of each window of weeks, and of each pair of days."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.sleep._night import Night
from noctiflora.sleep._regularity import DAY_MIN, Regularity, State, sri, states

WINDOW_DAYS = 28
STEP_DAYS = 7
"""Assumed: four weeks, so that each weekday counts four times, every week (14 to 56, 1 to 28)."""

LEAST_SHARE = 0.5
"""Share of a window that must be known 24 hours apart (assumed, 0.3 to 0.8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The regularity of some weeks.

    Parameters
    ----------
    last : date
        Last date of the window.
    regularity : Regularity or None
        None where too little of it is known.
    """

    last: dt.date
    regularity: Regularity | None


def regularity_windows(
    nights: Sequence[Night],
    naps: Sequence[Night] = (),
    *,
    window_days: int = WINDOW_DAYS,
    step_days: int = STEP_DAYS,
) -> tuple[Window, ...]:
    """Return the Sleep Regularity Index of each window of weeks, the newest last.

    Parameters
    ----------
    nights, naps : sequence of Night
        At most one night a date.
    window_days, step_days : int
        Length of a window, and from one to the next.

    Raises
    ------
    RangeError
        If a length is not positive.

    References
    ----------
    .. [1] Phillips et al. 2017, doi:10.1038/s41598-017-03171-4
    """
    if window_days < 1 or step_days < 1:
        raise RangeError("a window has at least one day", where="window_days, step_days", found=f"{window_days}")
    dates = sorted(n.date for n in nights if not n.nap)
    if not dates:
        return ()
    out: list[Window] = []
    last = dates[-1]
    while last - dt.timedelta(days=window_days - 1) >= dates[0]:
        first = last - dt.timedelta(days=window_days - 1)
        inside = [n for n in nights if first <= n.date <= last]
        found = sri(states(inside, [n for n in naps if first <= n.date <= last]))
        enough = found is not None and found.compared_h >= LEAST_SHARE * 24 * (window_days - 1)
        out.append(Window(last=last, regularity=found if enough else None))
        last -= dt.timedelta(days=step_days)
    return tuple(reversed(out))


def day_pairs(found: Sequence[State]) -> tuple[Regularity | None, ...]:
    """Return the Sleep Regularity Index of each day with the next, as GGIR gives it.

    Parameters
    ----------
    found : sequence of State
        As `states` returns them; days begin at local midnight (minute 0 of a day).

    Returns
    -------
    tuple of (Regularity or None)
        One less than there are days begun.

    References
    ----------
    .. [1] https://github.com/wadpac/GGIR (tests/testthat/test_CalcSleepRegularityIndex.R)
    """
    if not found:
        return ()
    first = found[0].start_min // DAY_MIN
    n_days = int(-(-found[-1].end_min // DAY_MIN) - first)
    out: list[Regularity | None] = []
    for n in range(n_days - 1):
        low = (first + n) * DAY_MIN
        pair = [
            State(start_min=max(s.start_min, low), end_min=min(s.end_min, low + 2 * DAY_MIN), asleep=s.asleep)
            for s in found
            if s.end_min > low and s.start_min < low + 2 * DAY_MIN
        ]
        out.append(sri(pair))
    return tuple(out)
