"""Offsets from UTC written beside a time stamp, in the spellings of several makers."""

import datetime as dt
import re

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep.read._when import RECORD_OFFSET, Moment, parse_stamp, plausible

SPELLING = re.compile(r"(?:UTC|GMT)?(?:(?P<zero>Z?)|(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?)", re.IGNORECASE)
FURTHEST_MIN = 14 * 60
"""Kiribati is 14 hours ahead of UTC; no place is further away on either side."""


def parse_offset(text: str) -> int:
    """Return the minutes local time is ahead of UTC.

    Raises
    ------
    FormatError, RangeError
        If the text is no offset, or one that no place has.

    Examples
    --------
    >>> [parse_offset(t) for t in ("UTC+0530", "+05:30", "UTC-04:00", "GMT-5", "UTCZ", "UTC")]
    [330, 330, -240, -300, 0, 0]
    """
    found = SPELLING.fullmatch(text.strip())
    if not found or not text.strip():
        raise FormatError("this is not an offset from UTC", found=text, do="export it again")
    if found["sign"] is None:
        return 0
    size = int(found["h"]) * 60 + int(found["m"] or 0)
    if size > FURTHEST_MIN or int(found["m"] or 0) > 59:
        raise RangeError("no place is that far from UTC", found=text, do="export it again")
    return -size if found["sign"] == "-" else size


def from_utc(text: str, ahead: str) -> Moment:
    """Return the moment of a stamp in UTC with the offset of the local clock beside it.

    Raises
    ------
    FormatError, RangeError
        If either is unreadable or implausible.
    """
    return _moment(_utc(parse_stamp(text)), parse_offset(ahead))


def from_wall(text: str, ahead: str) -> Moment:
    """Return the moment of a stamp on the local clock with its offset beside it.

    Raises
    ------
    FormatError, RangeError
        If either is unreadable or implausible.

    Examples
    --------
    >>> from_wall("2026-05-09 23:15:00", "UTC+02:00").instant.hour
    21
    """
    shift = parse_offset(ahead)
    stamp = parse_stamp(text)
    if stamp.tzinfo is not None:
        raise FormatError("the time has an offset twice", found=text, do="export it again")
    plausible(stamp.replace(tzinfo=dt.UTC))
    return _moment(stamp.replace(tzinfo=dt.UTC) - dt.timedelta(minutes=shift), shift)


def _utc(stamp: dt.datetime) -> dt.datetime:
    if stamp.tzinfo is None:
        return stamp.replace(tzinfo=dt.UTC)
    try:
        return stamp.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        raise RangeError("the date lies outside 1990 to 2099", found=stamp.isoformat(), do="correct it") from None


def _moment(instant: dt.datetime, shift: int) -> Moment:
    return Moment(instant=plausible(instant), offset_min=shift, basis=RECORD_OFFSET)
