"""Writers of Withings sleep: the account export's table, and the two answers of the web interface."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator

from noctiflora.core import zone
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Segment, Stage

COLUMNS = (
    "from",
    "to",
    "light (s)",
    "deep (s)",
    "rem (s)",
    "awake (s)",
    "wake up",
    "Duration to sleep (s)",
    "Duration to wake up (s)",
    "Snoring (s)",
    "Snoring episodes",
    "Average heart rate",
    "Heart rate (min)",
    "Heart rate (max)",
    "Night events",
    "Notes",
)
_STATES = {Stage.AWAKE: 0, Stage.LIGHT: 1, Stage.DEEP: 2, Stage.REM: 3}


def withings_csv(person: Person) -> bytes:
    """Return ``sleep.csv`` of an account export: one row for each sleep, newest first, naps included."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for slept in _newest_first(person):
        tz = zone(slept.zone)
        sums = _sums(slept)
        writer.writerow(
            [
                slept.bed_start.astimezone(tz).isoformat(),
                slept.bed_end.astimezone(tz).isoformat(),
                sums["lightsleepduration"],
                sums["deepsleepduration"],
                sums["remsleepduration"],
                sums["wakeupduration"],
                sums["wakeupcount"],
                sums["durationtosleep"],
                sums["durationtowakeup"],
                *(0, 0, 62, 51, 84, "", ""),
            ]
        )
    return out.getvalue().encode()


def withings_summary(person: Person) -> bytes:
    """Return the summary answer: one record for each sleep with its zone, newest first."""
    series = [
        {
            "id": 2_000_000_000 + k,
            "timezone": slept.zone,
            "model": 32,
            "model_id": 63,
            "hash_deviceid": "0" * 40,
            "startdate": _epoch(slept.bed_start),
            "enddate": _epoch(slept.bed_end),
            "date": str(slept.bed_end.astimezone(zone(slept.zone)).date()),
            "data": _sums(slept),
            "created": _epoch(slept.bed_end) + 600,
            "modified": _epoch(slept.bed_end) + 600,
        }
        for k, slept in enumerate(_newest_first(person))
    ]
    return json.dumps({"status": 0, "body": {"series": series, "more": False, "offset": 0}}).encode()


def withings_states(person: Person) -> bytes:
    """Return the states answer: one record for each stretch of a stage; it names no zone."""
    series = [
        {
            "startdate": _epoch(segment.start),
            "state": _STATES[segment.stage],
            "enddate": _epoch(segment.end),
            "model": "Aura Sensor V2",
            "hash_deviceid": "0" * 40,
            "model_id": 63,
        }
        for slept in _newest_first(person)
        for segment in slept.segments
    ]
    return json.dumps({"status": 0, "body": {"series": series, "model": 32}}).encode()


def _newest_first(person: Person) -> Iterator[Slept]:
    sleeps = [nap for night in person.nights for nap in night.naps]
    sleeps += [night.slept for night in person.nights if night.device_worn]
    yield from sorted(sleeps, key=lambda slept: slept.bed_start, reverse=True)


def _epoch(instant: dt.datetime) -> int:
    return round(instant.timestamp())


def _sums(slept: Slept) -> dict[str, float]:
    awake = round(60 * (slept.tib_min - slept.tst_min))
    latency = round(60 * slept.sol_min)
    waso = round(60 * slept.waso_min)
    return {
        "wakeupduration": awake,
        "wakeupcount": len(_wakes(slept)),
        "durationtosleep": latency,
        "remsleepduration": _seconds(slept, Stage.REM),
        "durationtowakeup": awake - latency - waso,
        "total_sleep_time": round(60 * slept.tst_min),
        "sleep_efficiency": round(slept.tst_min / slept.tib_min, 2),
        "sleep_latency": latency,
        "wakeup_latency": awake - latency - waso,
        "waso": waso,
        "nb_rem_episodes": sum(1 for s in slept.segments if s.stage is Stage.REM),
        "out_of_bed_count": 0,
        "lightsleepduration": _seconds(slept, Stage.LIGHT),
        "deepsleepduration": _seconds(slept, Stage.DEEP),
    }


def _seconds(slept: Slept, stage: Stage) -> int:
    return round(60 * slept.stage_min(stage))


def _wakes(slept: Slept) -> list[Segment]:
    return [s for s in slept.segments if s.stage is Stage.AWAKE and slept.onset < s.start and s.end < slept.offset]
