"""Keeps the morning entry."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.core import RangeError
from noctiflora.intake import CheckIn, check_item
from noctiflora.store import Store


def check_in(store: Store, date: dt.date, values: Mapping[str, float], *, today: dt.date) -> tuple[CheckIn, ...]:
    """Check and keep one morning's answers; half an entry is an entry.

    Raises
    ------
    RangeError
        If the date lies ahead, or an item or value is none of ours; nothing is kept then.
    """
    if date > today:
        raise RangeError("a morning that has not come yet cannot be entered", where="--date", found=str(date))
    for item, value in values.items():
        check_item(item, value)
    entries = tuple(CheckIn(date=date, item=item, value=value) for item, value in values.items())
    store.diary.save_checkins(entries)
    return entries
