"""What was taken on one day of a trial, beside what was planned."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """The dose of one product before one night.

    Parameters
    ----------
    night : date
        The night's date (local date of waking up); the dose was taken the day before.
    product : str
        Option or bottle code.
    taken : float or None
        Fraction of the full dose taken, 0 to 1; None where not logged.
    assigned : float or None
        Fraction planned; None while the order is sealed.
    """

    night: dt.date
    product: str
    taken: float | None
    assigned: float | None = None
