"""Sleep debt by our own convention, since no formula is agreed on."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.sleep._night import Night

WINDOW_NIGHTS = 14
"""Nights summed (assumed, 7 to 28)."""

LONGEST_NEED_MIN = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """What was slept less than needed.

    Parameters
    ----------
    debt_min : float
        Sum over the known nights of (need - TST); negative where more was slept than needed.
    known, window : int
        Nights it rests on, of how many.
    """

    debt_min: float
    known: int
    window: int


def sleep_debt(nights: Iterable[Night], *, need_min: float, last: dt.date, window: int = WINDOW_NIGHTS) -> Debt | None:
    """Return the sum over a fortnight of what the person says to need less what was slept, naps included.

    A convention of ours: devices each have their own, unpublished. Unknown nights are left out, not
    taken for sleepless, and their number is told.

    Parameters
    ----------
    nights : iterable of Night
        Nights and naps.
    need_min : float
        As stated by the person, minutes a day.
    last : date
        Last date of the window.
    window : int
        Dates in it.

    Returns
    -------
    Debt or None
        None where no night of the window is known.

    Raises
    ------
    RangeError
        If the need is not 0 to 900 minutes.

    Examples
    --------
    >>> night = Night(date=dt.date(2024, 1, 2), source="x", tst_min=420.0)
    >>> sleep_debt([night], need_min=480, last=dt.date(2024, 1, 2)).debt_min
    60.0
    """
    if not 0 <= need_min <= LONGEST_NEED_MIN:
        raise RangeError("the need for sleep must lie between 0 and 900 minutes", where="need_min", found=f"{need_min}")
    first = last - dt.timedelta(days=window - 1)
    inside = [n for n in nights if first <= n.date <= last and n.tst_min is not None]
    known = {n.date for n in inside if not n.nap}
    if not known:
        return None
    slept = sum(n.tst_min or 0.0 for n in inside if n.date in known)
    return Debt(debt_min=need_min * len(known) - slept, known=len(known), window=window)
