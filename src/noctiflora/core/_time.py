"""The night-date and zone rule: which date a night belongs to, and by which clock.

A sleep belongs to the local date on which it ended. Only a nap that ends at or after 18:00
counts for the next date. Instants are UTC with the offset that held at that instant; the zone
is the record's own, else the one the person named, and never that of this machine.
"""

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from noctiflora.core._errors import RangeError

EVENING_H = 18
"""A nap that ends at or after this local hour counts for the next date (as Oura documents)."""


def zone(name: str) -> ZoneInfo:
    """Return the time zone called `name` (IANA).

    Raises
    ------
    RangeError
        If there is no such zone.

    Examples
    --------
    >>> zone("Europe/Berlin").key
    'Europe/Berlin'
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RangeError(
            "this is not the name of a time zone", where="zone", found=name, do="use a name such as Europe/Berlin"
        ) from None


def offset_min(instant: dt.datetime, tz: dt.tzinfo) -> int:
    """Return the minutes by which local time in `tz` is ahead of UTC at `instant`.

    Examples
    --------
    >>> offset_min(dt.datetime(2024, 7, 1, tzinfo=dt.UTC), zone("Europe/Berlin"))
    120
    """
    shift = instant.astimezone(tz).utcoffset()
    assert shift is not None
    return round(shift.total_seconds() / 60)


def local(instant: dt.datetime, offset_min: int) -> dt.datetime:
    """Return `instant` as read on a clock `offset_min` minutes ahead of UTC.

    Examples
    --------
    >>> local(dt.datetime(2024, 1, 1, 23, 30, tzinfo=dt.UTC), 60).isoformat()
    '2024-01-02T00:30:00+01:00'
    """
    return instant.astimezone(dt.timezone(dt.timedelta(minutes=offset_min)))


def night_date(offset: dt.datetime, offset_min: int, *, nap: bool = False) -> dt.date:
    """Return the date to which a sleep ending at `offset` belongs.

    Parameters
    ----------
    offset : datetime
        Instant of final awakening, with a zone.
    offset_min : int
        Minutes local time was ahead of UTC then.
    nap : bool
        Whether the sleep is a nap; only a nap moves to the next date in the evening.

    Examples
    --------
    >>> night_date(dt.datetime(2024, 1, 2, 5, tzinfo=dt.UTC), 60)
    datetime.date(2024, 1, 2)
    >>> night_date(dt.datetime(2024, 1, 2, 17, 30, tzinfo=dt.UTC), 60, nap=True)
    datetime.date(2024, 1, 3)
    """
    clock = local(offset, offset_min)
    late = nap and clock.hour >= EVENING_H
    return clock.date() + dt.timedelta(days=1 if late else 0)


def resolve_wall(wall: dt.datetime, tz: ZoneInfo) -> tuple[dt.datetime, bool]:
    """Return the UTC instant of a zone-less clock reading, and whether it was ambiguous or skipped.

    The first of two equal readings is taken in autumn; a reading skipped in spring is taken as
    if the clock had not been changed yet.

    Parameters
    ----------
    wall : datetime
        Clock reading without zone.
    tz : ZoneInfo
        Where the clock stood.

    Examples
    --------
    >>> resolve_wall(dt.datetime(2024, 10, 27, 2, 30), zone("Europe/Berlin"))[1]
    True
    """
    first = wall.replace(tzinfo=tz, fold=0)
    second = wall.replace(tzinfo=tz, fold=1)
    return first.astimezone(dt.UTC), first.utcoffset() != second.utcoffset()
