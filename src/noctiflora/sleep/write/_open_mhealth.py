"""Nights as Open mHealth data points of sleep-episode 1.1.

An episode runs from sleep onset to final awakening, so a night whose onset or end is unknown cannot be
written and is left out. Stages have no place in the schema.

References
----------
.. [1] https://github.com/openmhealth/schemas, schema/omh/sleep-episode-1.1.json (Apache-2.0)
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable

from noctiflora.sleep._metrics import maintenance_pct
from noctiflora.sleep._night import Night
from noctiflora.sleep.write._plain import stamp

SCHEMA = {"namespace": "omh", "name": "sleep-episode", "version": "1.1"}
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/openmhealth/sleep-episode")
"""Name space of the identities, so that a night exported twice is the same data point."""


def writable(night: Night) -> bool:
    """Return whether a night has the two times that an episode needs."""
    return night.onset is not None and night.offset is not None and night.offset >= night.onset


def nights_omh(nights: Iterable[Night], *, now: dt.datetime) -> str:
    """Return nights as a JSON list of Open mHealth data points.

    Parameters
    ----------
    nights : iterable of Night
        Those without onset or end are left out (`writable` tells).
    now : datetime
        Written as the time at which the data points were made (aware).

    Returns
    -------
    str
        Our own reader gives onset, end, TST, SOL, WASO and awakenings back unchanged.
    """
    points = [_point(night, now) for night in nights if writable(night)]
    return json.dumps(points, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _point(night: Night, now: dt.datetime) -> dict[str, object]:
    identity = f"{night.source}|{night.date.isoformat()}|{night.onset}|{night.nap}"
    return {
        "header": {
            "id": str(uuid.uuid5(SPACE, identity)),
            "creation_date_time": now.isoformat(timespec="seconds"),
            "schema_id": SCHEMA,
            "acquisition_provenance": {"source_name": night.source},
        },
        "body": _body(night),
    }


def _body(night: Night) -> dict[str, object]:
    minutes = {
        "latency_to_sleep_onset": night.sol_min,
        "latency_to_arising": night.terminal_wake_min,
        "total_sleep_time": night.tst_min,
        "wake_after_sleep_onset": night.waso_min,
    }
    body: dict[str, object] = {
        "effective_time_frame": {
            "time_interval": {
                "start_date_time": stamp(night.onset, night.onset_zone_offset_min),
                "end_date_time": stamp(night.offset, night.offset_zone_offset_min),
            }
        },
        **{name: {"value": m, "unit": "min"} for name, m in minutes.items() if m is not None},
        "is_main_sleep": not night.nap,
    }
    if night.awakenings is not None:
        body["number_of_awakenings"] = night.awakenings
    # Without known wakefulness the share of sleep would read as 100 %.
    efficiency = None if night.waso_min is None else maintenance_pct(night)
    if efficiency is not None:
        body["sleep_maintenance_efficiency_percentage"] = {"value": efficiency, "unit": "%"}
    return body
