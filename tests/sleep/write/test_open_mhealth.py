import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings

from noctiflora.sleep import Night, Stage, measure, nights_omh, read, resolve
from noctiflora.sleep.write._open_mhealth import writable
from tests.sleep.exports import episode, utc
from tests.sleep.write.nights import nights

NOW = utc(2024, 2, 1, 12)
ALIKE = ("date", "onset", "offset", "onset_zone_offset_min", "offset_zone_offset_min", "tst_min", "sol_min", "waso_min")
STAGES = [(Stage.AWAKE, 12.5), (Stage.LIGHT, 200.0), (Stage.AWAKE, 1 / 3), (Stage.REM, 190.0), (Stage.AWAKE, 7.0)]


def back(text: str) -> Night:
    found = read(io.BytesIO(text.encode()), "omh.json", zone="UTC")
    one = resolve(found.episodes)
    return (*one.nights, *one.naps)[0]


@pytest.mark.parametrize("has_in_bed", [True, False])
@pytest.mark.parametrize("start", [utc(2024, 1, 15, 22), utc(2024, 3, 30, 22), utc(2024, 10, 26, 22)])
def test_our_own_reader_gives_the_night_back(start: dt.datetime, has_in_bed: bool) -> None:
    night = measure(episode(start, STAGES, has_in_bed=has_in_bed))
    told = back(nights_omh([night], now=NOW))
    for name in (*ALIKE, "awakenings"):
        assert getattr(told, name) == (
            pytest.approx(getattr(night, name)) if name == "waso_min" else getattr(night, name)
        )
    if has_in_bed:
        assert (told.tib_min, told.terminal_wake_min) == (pytest.approx(night.tib_min), night.terminal_wake_min)
    assert told.source == "open mhealth: a"


@settings(max_examples=60)
@given(nights())
def test_any_night_is_left_out_or_says_what_is_known(night: Night) -> None:
    points = json.loads(nights_omh([night], now=NOW))
    assert len(points) == writable(night)
    for point in points:
        body = point["body"]
        assert ("total_sleep_time" in body) is (night.tst_min is not None)
        assert body["is_main_sleep"] is not night.nap
        assert "sleep_maintenance_efficiency_percentage" not in body or night.waso_min is not None
        assert point["header"]["schema_id"]["name"] == "sleep-episode"


def test_the_same_night_is_the_same_data_point() -> None:
    night = measure(episode(utc(2024, 1, 15, 22), STAGES))
    one, two = (json.loads(nights_omh([replace(night, tst_min=m)], now=NOW))[0]["header"]["id"] for m in (1.0, 2.0))
    assert one == two


def test_the_schema_of_open_mhealth_accepts_it(shared: Path) -> None:
    schema = json.loads((shared / "samples/sleep/openmhealth/sleep-episode-1.1.schema.json").read_text())
    amount = {"type": "object", "required": ["value", "unit"], "properties": {"value": {"type": "number"}}}
    minutes = {"allOf": [amount, {"properties": {"unit": {"enum": ["sec", "min", "h"]}}}]}
    frame = {"type": "object", "required": ["time_interval"]}
    parts = {"unit-value": amount, "duration-unit-value": minutes, "time-frame": frame, "date-time": {"type": "string"}}
    asked = {f"{name}-1.x.json": part for name, part in parts.items()}
    check = jsonschema_rs.Draft7Validator(schema, retriever=lambda address: asked[address.rsplit("/", 1)[-1]])
    night = measure(episode(utc(2024, 1, 15, 22), STAGES, has_in_bed=True))
    for some in (night, replace(night, sol_min=None, tst_min=None, awakenings=None)):
        (point,) = json.loads(nights_omh([some], now=NOW))
        check.validate(point["body"])
    with pytest.raises(jsonschema_rs.ValidationError):
        check.validate({"total_sleep_time": {"value": 1}})
