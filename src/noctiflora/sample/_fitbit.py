"""Writers of Fitbit sleep logs: the Takeout zip, and the answer of the web interface."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from typing import TypedDict

from noctiflora.core import offset_min, zone
from noctiflora.sample._records import Person, Slept, minutes
from noctiflora.sleep import Stage

FOLDER = "Takeout/Fitbit/Global Export Data"
FILE_DAYS = 30
"""Days told in one file of a Takeout."""

SHORT_S = 180
"""Awakenings of at most this many seconds stand in ``shortData``, over the stage they interrupt."""

CLASSIC_EVERY = 19
"""Each so many nights the device could not tell stages and wrote a classic log (assumed)."""

_LEVELS = {Stage.AWAKE: "wake", Stage.LIGHT: "light", Stage.DEEP: "deep", Stage.REM: "rem"}


class Level(TypedDict):
    """One stretch of a log."""

    dateTime: str
    level: str
    seconds: int


Log = dict[str, object]
Run = tuple[dt.datetime, int, str]


def fitbit_takeout(person: Person) -> bytes:
    """Return a Takeout zip with ``sleep-YYYY-MM-DD.json`` files of about a month each.

    The clock times have no zone; in a night of clock change they keep the offset of its start,
    and abroad they are the local ones. Each file after the first repeats the log before it.
    """
    logs = list(_logs(person, main_key="mainSleep"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _files(person, logs):
            day = person.nights[-1].date
            info = zipfile.ZipInfo(f"{FOLDER}/{name}", (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, json.dumps(part, indent=2))
    return out.getvalue()


def fitbit_api(person: Person) -> bytes:
    """Return the list of logs as the web interface gives it, newest first."""
    logs = list(_logs(person, main_key="isMainSleep"))[::-1]
    body = {
        "pagination": {"afterDate": str(person.nights[0].date), "limit": 100, "next": "", "offset": 0, "previous": "",
                       "sort": "desc"},
        "sleep": logs,
    }  # fmt: skip
    return json.dumps(body).encode()


def is_classic(index: int) -> bool:
    """Whether the night at `index` of the person's nights is told without stages."""
    return index % CLASSIC_EVERY == CLASSIC_EVERY - 1


def _files(person: Person, logs: list[Log]) -> Iterator[tuple[str, list[Log]]]:
    first = person.nights[0].date
    for begin in range(0, len(person.nights), FILE_DAYS):
        low, high = str(first + dt.timedelta(days=begin)), str(first + dt.timedelta(days=begin + FILE_DAYS))
        # Evening naps of the last day keep their own date, the day on which they ended.
        inside = [k for k, log in enumerate(logs) if low <= str(log["dateOfSleep"]) < high]
        if inside:
            start = max(0, inside[0] - 1)
            yield f"sleep-{low}.json", logs[start : inside[-1] + 1][::-1]


def _logs(person: Person, *, main_key: str) -> Iterator[Log]:
    number = 40_000_000_000 + person.seed % 1_000_000 * 10_000
    for index, night in enumerate(person.nights):
        sleeps = [(nap, False) for nap in night.naps]
        if night.device_worn:
            sleeps.append((night.slept, True))
        for slept, main in sorted(sleeps, key=lambda pair: pair[0].bed_start):
            number += 1
            classic = not main or is_classic(index)
            yield _log(slept, number=number, main=main, main_key=main_key, classic=classic)


def _log(slept: Slept, *, number: int, main: bool, main_key: str, classic: bool) -> Log:
    shift = dt.timedelta(minutes=offset_min(slept.bed_start, zone(slept.zone)))
    end = slept.bed_end + shift
    in_bed = int(slept.tib_min)
    asleep = int(slept.tst_min)
    return {
        "logId": number,
        "dateOfSleep": str(end.date()),
        "startTime": _stamp(slept.bed_start + shift),
        "endTime": _stamp(end),
        "duration": in_bed * 60_000,
        "minutesToFallAsleep": 0,
        "minutesAsleep": asleep,
        "minutesAwake": in_bed - asleep,
        "minutesAfterWakeup": 0,
        "timeInBed": in_bed,
        "efficiency": round(100 * asleep / in_bed),
        "type": "classic" if classic else "stages",
        "infoCode": 2 if classic and main else 0,
        "logType": "auto_detected",
        "levels": _classic(slept, shift) if classic else _staged(slept, shift),
        main_key: main,
    }


def _stamp(wall: dt.datetime) -> str:
    return f"{wall:%Y-%m-%dT%H:%M:%S}.000"


def _runs(slept: Slept) -> list[Run]:
    return [(s.start, round(60 * minutes(s.start, s.end)), _LEVELS[s.stage]) for s in slept.segments]


def _staged(slept: Slept, shift: dt.timedelta) -> dict[str, object]:
    """Return levels in which short awakenings lie over the stage they interrupt."""
    runs = _runs(slept)
    data: list[Run] = []
    short: list[Run] = []
    for k, (start, seconds, level) in enumerate(runs):
        if level == "wake" and seconds <= SHORT_S and 0 < k < len(runs) - 1:
            short.append((start, seconds, level))
            begin, length, before = data[-1]
            data[-1] = (begin, length + seconds, before)
        elif data and data[-1][2] == level:
            begin, length, _ = data[-1]
            data[-1] = (begin, length + seconds, level)
        else:
            data.append((start, seconds, level))
    summary = {
        level: {
            "count": sum(1 for run in runs if run[2] == level),
            "minutes": sum(run[1] for run in runs if run[2] == level) // 60,
            "thirtyDayAvgMinutes": 0,
        }
        for level in ("deep", "wake", "light", "rem")
    }
    return {"summary": summary, "data": _levels(data, shift), "shortData": _levels(short, shift)}


def _classic(slept: Slept, shift: dt.timedelta) -> dict[str, object]:
    data: list[Run] = []
    for start, seconds, level in _runs(slept):
        name = "asleep" if level != "wake" else "restless" if seconds <= SHORT_S else "awake"
        if data and data[-1][2] == name:
            begin, length, _ = data[-1]
            data[-1] = (begin, length + seconds, name)
        else:
            data.append((start, seconds, name))
    summary = {
        name: {
            "count": sum(1 for run in data if run[2] == name),
            "minutes": sum(run[1] for run in data if run[2] == name) // 60,
        }
        for name in ("restless", "awake", "asleep")
    }
    return {"summary": summary, "data": _levels(data, shift)}


def _levels(runs: list[Run], shift: dt.timedelta) -> list[Level]:
    return [{"dateTime": _stamp(start + shift), "level": level, "seconds": seconds} for start, seconds, level in runs]
