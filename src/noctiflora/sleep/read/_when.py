"""Time stamps of exports, as instants with the offset of the local clock."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, RangeError, offset_min, resolve_wall
from noctiflora.core import zone as named

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
"""Stamps outside these years are taken for errors (assumed; no consumer device is older)."""

RECORD_ZONE = "record zone"
RECORD_OFFSET = "record offset"
NAMED_ZONE = "named zone"
ZONELESS = "the times in this file carry no time zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant and the local clock there.

    Parameters
    ----------
    instant : datetime
        UTC.
    offset_min : int
        Minutes local time was ahead of UTC.
    basis : str
        How the offset is known.
    note : str
        What was guessed; empty where nothing was.
    """

    instant: dt.datetime
    offset_min: int
    basis: str
    note: str = ""


def wall_zone(zone: str | None, *, where: str) -> ZoneInfo:
    """Return the zone the person named.

    Raises
    ------
    RangeError
        If none was named, or there is no such zone.
    """
    if zone is None:
        raise RangeError(
            ZONELESS,
            where=where,
            do="name the zone you slept in once, it is remembered: --zone NAME, for example --zone Europe/Berlin",
        )
    return cached_zone(zone)


@lru_cache(maxsize=256)
def cached_zone(name: str) -> ZoneInfo:
    """Return the time zone called `name`, quickly when asked again."""
    return named(name)


def plausible(instant: dt.datetime) -> dt.datetime:
    """Return `instant` if it lies within the years of consumer devices.

    Raises
    ------
    RangeError
        Otherwise.
    """
    if not EARLIEST <= instant < LATEST:
        raise RangeError("the date lies outside 1990 to 2099", found=instant.isoformat(), do="correct it")
    return instant


def parse_stamp(text: str) -> dt.datetime:
    """Return an ISO time stamp, with or without offset, as it stands.

    Raises
    ------
    FormatError
        If it is not one.

    Examples
    --------
    >>> parse_stamp("2016-12-13T03:14:00.000")
    datetime.datetime(2016, 12, 13, 3, 14)
    """
    try:
        # Python also reads digits without separators, which here are a number gone astray.
        stamp = dt.datetime.fromisoformat(text.strip() if text.strip()[4:5] == "-" else "")
    except ValueError:
        raise FormatError("this is not a time", found=text, do="write it as 2024-01-31T23:05") from None
    if len(text.strip()) <= len("2024-01-31"):
        raise FormatError("the time of day is missing", found=text, do="write it as 2024-01-31T23:05")
    return stamp


def moment(text: str, zone: ZoneInfo | None) -> Moment:
    """Return the moment a time stamp means.

    Parameters
    ----------
    text : str
        ISO stamp. An offset other than Z is the record's own; without it, or with Z, the clock
        is that of `zone`.
    zone : ZoneInfo or None
        Named by the person.

    Raises
    ------
    FormatError, RangeError
        If the stamp is unreadable, implausible, or its local clock is unknown.
    """
    stamp = parse_stamp(text)
    ahead = stamp.utcoffset()
    if ahead is not None:
        instant = plausible(_utc(stamp))
        if ahead or not text.strip().upper().endswith("Z"):
            return Moment(instant=instant, offset_min=round(ahead.total_seconds() / 60), basis=RECORD_OFFSET)
        return at(instant, zone)
    if zone is None:
        raise RangeError("the time carries no time zone", found=text, do="pass --zone NAME")
    plausible(stamp.replace(tzinfo=dt.UTC))
    instant, doubtful = resolve_wall(stamp, zone)
    note = "a time on a clock change could be read in two ways: the earlier was taken" if doubtful else ""
    return Moment(instant=instant, offset_min=offset_min(instant, zone), basis=NAMED_ZONE, note=note)


def at(instant: dt.datetime, zone: ZoneInfo | None, *, basis: str = NAMED_ZONE) -> Moment:
    """Return the moment of a known instant on the clock of `zone`.

    Raises
    ------
    RangeError
        If no zone is known.
    """
    if zone is None:
        raise RangeError("the time carries no time zone", found=instant.isoformat(), do="pass --zone NAME")
    return Moment(instant=instant, offset_min=offset_min(instant, zone), basis=basis)


def from_epoch(seconds: float) -> dt.datetime:
    """Return the instant of a Unix time in seconds.

    Raises
    ------
    RangeError
        If it lies outside the years of consumer devices.
    """
    try:
        return plausible(dt.datetime.fromtimestamp(seconds, tz=dt.UTC))
    except (OverflowError, OSError, ValueError) as problem:
        if isinstance(problem, RangeError):
            raise
        raise RangeError("this is not a Unix time", found=str(seconds), do="correct it") from None


def _utc(stamp: dt.datetime) -> dt.datetime:
    try:
        return stamp.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        raise RangeError("the date lies outside 1990 to 2099", found=stamp.isoformat(), do="correct it") from None
