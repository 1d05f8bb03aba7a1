"""What a correct import of each export must give."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from noctiflora.core import night_date, offset_min, resolve_wall, zone
from noctiflora.sample._fitbit import is_classic
from noctiflora.sample._records import DiaryEntry, Person, Slept, TrueNight, minutes
from noctiflora.sample._vendor import Vendor
from noctiflora.sleep import Stage

_STAGED = (Stage.LIGHT, Stage.DEEP, Stage.REM)
_APPLE = (Vendor.APPLE, Vendor.APPLE_XML)
_FITBIT = (Vendor.FITBIT_TAKEOUT, Vendor.FITBIT_API)
_GARMIN_JSON = (Vendor.GARMIN, Vendor.GARMIN_CONNECT)
_FROM_SLEEP = (*_GARMIN_JSON, Vendor.GARMIN_FIT, Vendor.HEALTH_CONNECT, Vendor.SLEEP_AS_ANDROID)
"""Sources whose records are of sleep, not of the bed: time in bed is unknown."""

_DIARIES = (Vendor.DIARY, Vendor.DIARY_QUESTIONS, Vendor.DIARY_SHEET, Vendor.SLEEPMETER)
_UNSTAGED = (Vendor.OPEN_MHEALTH,)
"""A sleep episode of Open mHealth has no place for stages."""

_CLOCK_OF_HOME = (*_FITBIT, Vendor.WITHINGS_STATES, Vendor.GARMIN, Vendor.GARMIN_FIT)
"""Formats whose times carry no zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One night or nap as it must be shown after a correct import; None where it cannot be known.

    Parameters
    ----------
    date : date
        Local date of waking up (the next one for a nap that ends at or after 18:00).
    nap : bool
        Whether it is a nap.
    onset, offset : datetime or None
        First and last instant of sleep (UTC).
    tst_min, waso_min, tib_min : float or None
        Minutes; time in bed only where the export tells it.
    stages_min : mapping of Stage to float
        Minutes of light, deep and REM sleep; empty where the export tells no stages.
    """

    date: dt.date
    nap: bool
    onset: dt.datetime | None
    offset: dt.datetime | None
    tst_min: float | None
    waso_min: float | None
    tib_min: float | None
    stages_min: Mapping[Stage, float] = field(default_factory=lambda: MappingProxyType({}))


def truth(person: Person, kind: Vendor | str, *, with_phone: bool = True) -> tuple[Expected, ...]:
    """Return what a correct import of ``export(person, kind)`` must give, in order of date and onset.

    The reader is taken to be told the person's home zone. Formats without a zone cannot know of
    the trip: Fitbit's clock times abroad are then read as if at home, and the instants of
    Withings' states and of Garmin's files get the home clock, which decides the date of a nap.

    Parameters
    ----------
    person : Person
        Whose nights were exported.
    kind : Vendor or str
        The format.
    with_phone : bool
        Whether the phone's time in bed was exported (``AppleOptions.overlap``).
    """
    vendor = Vendor(kind)
    if vendor in _DIARIES:
        # Sleepmeter asks for waking up, not for getting up.
        rose = vendor is not Vendor.SLEEPMETER
        found = [_diary(night.diary, rose=rose) for night in person.nights if night.diary is not None]
    else:
        found = list(_device(person, vendor, with_phone=with_phone))
    return tuple(sorted(found, key=lambda e: (e.date, e.nap, str(e.onset))))


def _device(person: Person, vendor: Vendor, *, with_phone: bool) -> Iterator[Expected]:
    for index, night in enumerate(person.nights):
        staged = vendor not in _UNSTAGED and (vendor not in _FITBIT or not is_classic(index))
        tib = vendor not in _FROM_SLEEP and (vendor not in _APPLE or with_phone)
        # States that begin with sleep do not tell whether the person lay awake before.
        nap_tib = vendor not in (*_APPLE, *_FROM_SLEEP, Vendor.WITHINGS_STATES)
        nap_staged = vendor not in (*_FITBIT, *_GARMIN_JSON, *_UNSTAGED)
        if night.device_worn:
            yield _seen(person, night.slept, vendor, nap=False, staged=staged, tib=tib)
        elif night.in_bed_only and vendor in _APPLE:
            yield _phone_only(night)
        for nap in night.naps:
            yield _seen(person, nap, vendor, nap=True, staged=nap_staged, tib=nap_tib)


def _seen(person: Person, slept: Slept, vendor: Vendor, *, nap: bool, staged: bool, tib: bool) -> Expected:
    shift = _misread(person, slept) if vendor in _FITBIT else dt.timedelta(0)
    onset, offset = slept.onset + shift, slept.offset + shift
    clock = person.home if vendor in _CLOCK_OF_HOME else slept.zone
    timed = vendor is not Vendor.WHOOP
    return Expected(
        date=night_date(offset, offset_min(offset, zone(clock)), nap=nap),
        nap=nap,
        onset=onset if timed else None,
        offset=offset if timed else None,
        tst_min=slept.tst_min,
        waso_min=slept.waso_min if timed else None,
        tib_min=slept.tib_min if tib else None,
        stages_min=MappingProxyType({s: slept.stage_min(s) for s in _STAGED} if staged else {}),
    )


def _misread(person: Person, slept: Slept) -> dt.timedelta:
    """Return by how much the start's clock reading, taken as one at home, misses its instant."""
    wall = slept.bed_start.astimezone(zone(slept.zone)).replace(tzinfo=None)
    return resolve_wall(wall, zone(person.home))[0] - slept.bed_start


def _phone_only(night: TrueNight) -> Expected:
    return Expected(
        date=night.date,
        nap=False,
        onset=None,
        offset=None,
        tst_min=None,
        waso_min=None,
        tib_min=night.slept.tib_min,
    )


def _diary(entry: DiaryEntry, *, rose: bool) -> Expected:
    return Expected(
        date=entry.date,
        nap=False,
        onset=entry.attempt + dt.timedelta(minutes=entry.latency_min),
        offset=entry.final_awakening,
        tst_min=entry.tst_min,
        waso_min=float(entry.awake_min),
        tib_min=minutes(entry.attempt, entry.out_of_bed) if rose else None,
    )
