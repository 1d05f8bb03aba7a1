"""Keeps the morning entry."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.actions._night_of_entry import keep_night_of_entry
from noctiflora.core import RangeError
from noctiflora.intake import CheckIn, check_item
from noctiflora.store import Store


def check_in(
    store: Store,
    date: dt.date,
    values: Mapping[str, float | None],
    *,
    today: dt.date,
    zone: str | None = None,
) -> tuple[CheckIn, ...]:
    """Check and keep one morning's answers; half an entry is an entry.

    Where the zone is known and the times are there, the entry becomes a night of the diary too.

    Parameters
    ----------
    store : Store
        Where to.
    date : date
        Local date of waking up.
    values : mapping of str to float or None
        Answers by item; None takes one back.
    today : date
        The person's date.
    zone : str, optional
        Zone in which the times were read off a clock.

    Raises
    ------
    RangeError
        If the date lies ahead, or an item or value is none of ours; nothing is kept then.
    """
    if date > today:
        raise RangeError("a morning that has not come yet cannot be entered", where="--date", found=str(date))
    given = {item: value for item, value in values.items() if value is not None}
    for item, value in given.items():
        check_item(item, value)
    entries = tuple(CheckIn(date=date, item=item, value=value) for item, value in given.items())
    store.diary.save_checkins(entries)
    for item in values.keys() - given.keys():
        store.diary.remove_checkin(date, item)
    if zone is not None and values:
        keep_night_of_entry(store, date, zone=zone)
    return entries
