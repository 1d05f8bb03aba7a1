"""Writer of Open mHealth data points: sleep episodes, with points of another measure between them."""

import json
from collections.abc import Iterator

from noctiflora.core import zone
from noctiflora.sample._google import numbered
from noctiflora.sample._records import Person, Slept

OTHER_EVERY = 5
"""Each so many sleeps a heart rate follows, which is not of sleep (assumed)."""


def open_mhealth(person: Person) -> bytes:
    """Return a JSON list of data points of sleep-episode 1.1, from sleep onset to final awakening."""
    return json.dumps(list(_points(person))).encode()


def _points(person: Person) -> Iterator[object]:
    nights = {night.slept.bed_start for night in person.nights}
    for number, slept in numbered(person):
        yield _point(number, "sleep-episode", "1.1", _body(slept, main=slept.bed_start in nights))
        if number % OTHER_EVERY == 0:
            frame = {"date_time": slept.bed_end.isoformat()}
            beats = {"heart_rate": {"value": 60, "unit": "beats/min"}, "effective_time_frame": frame}
            yield _point(10**6 + number, "heart-rate", "2.0", beats)


def _point(number: int, name: str, version: str, body: object) -> object:
    header = {
        "id": f"{number:08x}",
        "creation_date_time": "2025-12-01T08:00:00Z",
        "schema_id": {"namespace": "omh", "name": name, "version": version},
        "acquisition_provenance": {"source_name": "A watch"},
    }
    return {"header": header, "body": body}


def _body(slept: Slept, *, main: bool) -> object:
    tz = zone(slept.zone)
    after = (slept.bed_end - slept.offset).total_seconds()
    return {
        "effective_time_frame": {
            "time_interval": {
                "start_date_time": slept.onset.astimezone(tz).isoformat(),
                "end_date_time": slept.offset.astimezone(tz).isoformat(),
            }
        },
        "latency_to_sleep_onset": {"value": slept.sol_min, "unit": "min"},
        "latency_to_arising": {"value": after, "unit": "sec"},
        "total_sleep_time": {"value": slept.tst_min / 60, "unit": "h"},
        "wake_after_sleep_onset": {"value": slept.waso_min, "unit": "min"},
        "is_main_sleep": main,
    }
