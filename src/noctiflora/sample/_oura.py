"""Writers of Oura sleep periods: the answer of the interface, and the table of the account export."""

import csv
import io
import json
from collections.abc import Iterator
from typing import TypedDict

from noctiflora.core import EVENING_H, zone
from noctiflora.sample._google import numbered
from noctiflora.sample._hypnogram import EPOCH_S
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

REJECTED_EVERY = 10
"""After each so many sleeps one is told twice more: once deleted, once rejected as rest (assumed)."""

_CODES = {Stage.DEEP: "1", Stage.LIGHT: "2", Stage.REM: "3", Stage.AWAKE: "4"}


class Period(TypedDict):
    """One sleep period."""

    id: str
    day: str
    type: str
    bedtime_start: str
    bedtime_end: str
    sleep_phase_5_min: str
    sleep_phase_30_sec: str
    total_sleep_duration: int | None
    awake_time: int
    light_sleep_duration: int
    deep_sleep_duration: int
    rem_sleep_duration: int
    latency: int
    time_in_bed: int
    efficiency: int


def oura_api(person: Person) -> bytes:
    """Return the answer about sleep periods, oldest first, deleted and rejected ones among them."""
    return json.dumps({"data": list(_periods(person)), "next_token": None}).encode()


def oura_csv(person: Person) -> bytes:
    """Return ``sleepmodel.csv`` of an account export: the same fields between semicolons."""
    out = io.StringIO()
    writer = csv.DictWriter(out, sorted(Period.__annotations__), delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "null" if v is None else v for k, v in row.items()} for row in _periods(person))
    return out.getvalue().encode()


def _periods(person: Person) -> Iterator[Period]:
    for number, slept in numbered(person):
        one = _period(slept, f"{number:032x}")
        yield one
        if number % REJECTED_EVERY == 0:
            yield {**one, "id": f"{number:031x}d", "type": "deleted"}
            yield {**one, "id": f"{number:031x}e", "type": "rest", "total_sleep_duration": None}


def _period(slept: Slept, name: str) -> Period:
    tz = zone(slept.zone)
    start, end = slept.bed_start.astimezone(tz), slept.bed_end.astimezone(tz)
    fine = "".join(_CODES[s.stage] * round((s.end - s.start).total_seconds() / EPOCH_S) for s in slept.segments)
    long = slept.tst_min >= 180
    late = not long and end.hour >= EVENING_H
    return {
        "id": name,
        "day": str(end.date()),
        "type": "long_sleep" if long else "late_nap" if late else "sleep",
        "bedtime_start": start.isoformat(timespec="milliseconds"),
        "bedtime_end": end.isoformat(timespec="milliseconds"),
        "sleep_phase_5_min": fine[:: 300 // EPOCH_S],
        "sleep_phase_30_sec": fine,
        "total_sleep_duration": round(60 * slept.tst_min),
        "awake_time": round(60 * (slept.tib_min - slept.tst_min)),
        "light_sleep_duration": round(60 * slept.stage_min(Stage.LIGHT)),
        "deep_sleep_duration": round(60 * slept.stage_min(Stage.DEEP)),
        "rem_sleep_duration": round(60 * slept.stage_min(Stage.REM)),
        "latency": round(60 * slept.sol_min),
        "time_in_bed": round(60 * slept.tib_min),
        "efficiency": round(100 * slept.tst_min / slept.tib_min),
    }
