"""Whether the times in a table of Samsung Health are UTC or local, decided by the table itself.

People who read such files disagree. Two things tell: a record is created after its sleep has ended
and mostly soon after, so that the creation time (always UTC) may rule one reading out; and most long
sleeps have their middle at night.
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

PROMPT_MIN = 60.0
"""Watches mostly hand a sleep over this soon after it (assumed, 15 to 180)."""

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
    utc, local = (sum(_promptly(row, clock) for row in rows) for clock in (Clock.UTC, Clock.LOCAL))
    if utc != local:
        return Verdict(clock=Clock.UTC if utc > local else Clock.LOCAL, why="by how soon the records were created")
    as_utc = sum(_at_night(row, row.shift_min) for row in rows)
    as_local = sum(_at_night(row, 0) for row in rows)
    if as_utc != as_local:
        return Verdict(clock=Clock.UTC if as_utc > as_local else Clock.LOCAL, why="by the hours most sleeps lie in")
    return Verdict(clock=Clock.UTC, why="the file itself cannot tell")


def _by_creation(row: Printed) -> Clock | None:
    """Return the only reading under which a row was created after its sleep, or None where both are."""
    after_utc, after_local = (_after_min(row, clock) for clock in (Clock.UTC, Clock.LOCAL))
    if after_utc is None or after_local is None:
        return None
    fits_utc, fits_local = after_utc >= -SLACK_MIN, after_local >= -SLACK_MIN
    if fits_utc == fits_local:
        return None
    return Clock.UTC if fits_utc else Clock.LOCAL


def _after_min(row: Printed, clock: Clock) -> float | None:
    """Return how long after the end a row was created, were its times read on `clock`."""
    if row.created is None or not row.shift_min:
        return None
    return (row.created - row.end).total_seconds() / 60 + (row.shift_min if clock is Clock.LOCAL else 0)


def _promptly(row: Printed, clock: Clock) -> bool:
    after = _after_min(row, clock)
    return after is not None and -SLACK_MIN <= after <= PROMPT_MIN


def _at_night(row: Printed, shift_min: int) -> bool:
    if (row.end - row.start).total_seconds() < LONG_H * 3600:
        return False
    middle = row.start + (row.end - row.start) / 2 + dt.timedelta(minutes=shift_min)
    hour = middle.hour + middle.minute / 60
    return hour >= NIGHT_FROM_H or hour < NIGHT_TO_H
