"""The morning entry: what a person says of the night, one value per item."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One answer of one morning.

    Parameters
    ----------
    date : date
        Local date of waking up.
    item : str
        Key of an item in ``ITEMS``, for example ``"quality"``.
    value : float
        The answer as a number in the item's range.
    """

    date: dt.date
    item: str
    value: float
