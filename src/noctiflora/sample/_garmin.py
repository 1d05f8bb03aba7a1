"""Writers of Garmin sleep in JSON: the account export in several files, and answers of Connect."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence

from noctiflora.core import offset_min, zone
from noctiflora.sample._records import Person, Slept, TrueNight
from noctiflora.sleep import Stage

FOLDER = "DI_CONNECT/DI-Connect-Wellness"
FILE_DAYS = 100
"""Days told in one file of an account export."""

_LEVELS = {Stage.DEEP: 0.0, Stage.LIGHT: 1.0, Stage.REM: 2.0, Stage.AWAKE: 3.0}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

Fields = dict[str, object]


def garmin_export(person: Person) -> bytes:
    """Return an account export: files of about a hundred days, times in GMT and without a zone.

    A day without the watch holds nothing but nulls, or Garmin's usual window, in turn; the last
    element of a file may say nothing but ``retro``.
    """
    out = io.BytesIO()
    day = person.nights[-1].date
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for begin in range(0, len(person.nights), FILE_DAYS):
            part = person.nights[begin : begin + FILE_DAYS]
            name = f"{FOLDER}/{part[0].date}_{part[-1].date}_1234567_sleepData.json"
            rows = [_exported(night) for night in part] + [{"retro": False}]
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, json.dumps(rows))
    return out.getvalue()


def garmin_connect(person: Person) -> bytes:
    """Return the answers of Connect for all days as one list, with local times and stages."""
    return json.dumps([_answer(night) for night in person.nights]).encode()


def _exported(night: TrueNight) -> Fields:
    naps = [_nap(nap) for nap in night.naps]
    row: Fields = {"calendarDate": str(night.date), "retro": False, "napList": naps} if naps else {
        "calendarDate": str(night.date), "retro": False,
    }  # fmt: skip
    if night.device_worn:
        s = night.slept
        return row | {
            "sleepStartTimestampGMT": _text(s.onset),
            "sleepEndTimestampGMT": _text(s.offset),
            "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
            "unmeasurableSeconds": 0,
            **_sums(s),
        }
    empty = dict.fromkeys(_sums(night.slept))
    if night.date.toordinal() % 2:
        # Phantom: the window of bed and waking times that the person once set.
        start = dt.datetime.combine(night.date, dt.time(0), dt.UTC)
        return row | {
            "sleepStartTimestampGMT": _text(start - dt.timedelta(hours=1)),
            "sleepEndTimestampGMT": _text(start + dt.timedelta(hours=6)),
            "sleepWindowConfirmationType": "UNCONFIRMED",
            **empty,
        }
    return row | {"sleepStartTimestampGMT": None, "sleepEndTimestampGMT": None, **empty}


def _answer(night: TrueNight) -> Fields:
    s = night.slept
    worn = night.device_worn
    dto: Fields = {
        "id": 0,
        "userProfilePK": 0,
        "calendarDate": str(night.date),
        "sleepTimeSeconds": round(60 * s.tst_min) if worn else None,
        "napTimeSeconds": round(60 * sum(nap.tst_min for nap in night.naps)),
        "sleepWindowConfirmed": worn or None,
        "sleepStartTimestampGMT": _ms(s.onset) if worn else None,
        "sleepEndTimestampGMT": _ms(s.offset) if worn else None,
        "sleepStartTimestampLocal": _ms(s.onset) + _shift_ms(s, s.onset) if worn else None,
        "sleepEndTimestampLocal": _ms(s.offset) + _shift_ms(s, s.offset) if worn else None,
        "unmeasurableSleepSeconds": 0 if worn else None,
        "sleepFromDevice": worn,
        **(_sums(s) if worn else dict.fromkeys(_sums(s))),
    }
    return {
        "dailySleepDTO": dto,
        "dailyNapDTOS": [_nap(nap) for nap in night.naps],
        "sleepLevels": _levels(s) if worn else [],
    }


def _levels(slept: Slept) -> Sequence[Fields]:
    return [
        {"startGMT": _text(s.start), "endGMT": _text(s.end), "activityLevel": _LEVELS[s.stage]}
        for s in slept.segments
        if s.start >= slept.onset and s.end <= slept.offset
    ]


def _sums(slept: Slept) -> Fields:
    return {
        "deepSleepSeconds": round(60 * slept.stage_min(Stage.DEEP)),
        "lightSleepSeconds": round(60 * slept.stage_min(Stage.LIGHT)),
        "remSleepSeconds": round(60 * slept.stage_min(Stage.REM)),
        "awakeSleepSeconds": round(60 * slept.waso_min),
    }


def _nap(nap: Slept) -> Fields:
    return {
        "napTimeSec": round(60 * nap.tst_min),
        "napStartTimestampGMT": _text(nap.onset),
        "napEndTimestampGMT": _text(nap.offset),
        "napFeedback": "SHORT_DURATION",
    }


def _text(instant: dt.datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%S}.0"


def _ms(instant: dt.datetime) -> int:
    return round((instant - _EPOCH).total_seconds()) * 1000


def _shift_ms(slept: Slept, instant: dt.datetime) -> int:
    return offset_min(instant, zone(slept.zone)) * 60_000
