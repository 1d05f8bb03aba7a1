"""Whether the times in a table of Samsung Health are UTC or local, decided by the table itself.

People who read such files disagree. Two things tell: a record is created after its sleep has ended,
so that a creation time (always UTC) before the end, or too soon after it, rules one reading out;
and most long sleeps have their middle at night.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import FormatError, InputError
from noctiflora.sleep.read._offset import parse_offset
from noctiflora.sleep.read._when import from_epoch, parse_stamp, plausible

EPOCH_MS = re.compile(r"\d{12,13}")
SLACK_MIN = 5.0
"""A record may be created this much before the printed end (assumed, 1 to 10): ends are rounded."""

LONG_H = 3.0
NIGHT_FROM_H, NIGHT_TO_H = 22.0, 10.0
"""Between these hours the middle of a long sleep is taken for usual (assumed; shift workers differ)."""


class Clock(StrEnum):
    """How the times of a table are to be read."""

    UTC = "UTC"
    LOCAL = "local time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided, with the reason.

    Parameters
    ----------
    clock : Clock
        The reading.
    why : str
        In words.
    """

    clock: Clock
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The times of one row as printed.

    Parameters
    ----------
    start, end : datetime
        Without zone.
    shift_min : int
        Printed offset of the local clock.
    created : datetime or None
        Without zone, UTC.
    """

    start: dt.datetime
    end: dt.datetime
    shift_min: int
    created: dt.datetime | None = None


def printed_time(text: str) -> dt.datetime:
    """Return a printed time without zone; older exports print milliseconds.

    Raises
    ------
    FormatError, RangeError
        If it is none.
    """
    if EPOCH_MS.fullmatch(text):
        return from_epoch(int(text) / 1000).replace(tzinfo=None)
    stamp = parse_stamp(text)
    if stamp.tzinfo is not None:
        raise FormatError("the time has an offset twice", found=text, do="export it again")
    plausible(stamp.replace(tzinfo=dt.UTC))
    return stamp


def printed(start: str, end: str, offset: str, created: str) -> Printed | None:
    """Return the times of a row, or None where it cannot tell anything of the clock."""
    try:
        made = printed_time(created) if created else None
        return Printed(start=printed_time(start), end=printed_time(end), shift_min=parse_offset(offset), created=made)
    except InputError:
        return None


def decide(rows: Sequence[Printed]) -> Verdict:
    """Return how the times of a table are to be read.

    Parameters
    ----------
    rows : sequence of Printed
        All rows that can tell.

    Examples
    --------
    >>> night = Printed(start=dt.datetime(2022, 3, 26, 3, 40), end=dt.datetime(2022, 3, 26, 10, 40), shift_min=-300,
    ...     created=dt.datetime(2022, 3, 26, 11, 3))
    >>> decide([night]).clock.value
    'UTC'
    """
    votes = [_by_creation(row) for row in rows]
    utc, local = votes.count(Clock.UTC), votes.count(Clock.LOCAL)
    if utc != local:
        clock = Clock.UTC if utc > local else Clock.LOCAL
        return Verdict(clock=clock, why="by when the records were created")
    as_utc = sum(_at_night(row, row.shift_min) for row in rows)
    as_local = sum(_at_night(row, 0) for row in rows)
    if as_utc != as_local:
        return Verdict(clock=Clock.UTC if as_utc > as_local else Clock.LOCAL, why="by the hours most sleeps lie in")
    return Verdict(clock=Clock.UTC, why="the file itself cannot tell")


def _by_creation(row: Printed) -> Clock | None:
    """Return the only reading under which a row was created after its sleep, or None where both are."""
    if row.created is None or not row.shift_min:
        return None
    after_min = (row.created - row.end).total_seconds() / 60
    fits_utc = after_min >= -SLACK_MIN
    fits_local = after_min >= -row.shift_min - SLACK_MIN
    if fits_utc == fits_local:
        return None
    return Clock.UTC if fits_utc else Clock.LOCAL


def _at_night(row: Printed, shift_min: int) -> bool:
    if (row.end - row.start).total_seconds() < LONG_H * 3600:
        return False
    middle = row.start + (row.end - row.start) / 2 + dt.timedelta(minutes=shift_min)
    hour = middle.hour + middle.minute / 60
    return hour >= NIGHT_FROM_H or hour < NIGHT_TO_H
