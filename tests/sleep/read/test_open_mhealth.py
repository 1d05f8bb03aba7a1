import io
import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Kind, Night, Reading, read, resolve
from noctiflora.sleep.read._open_mhealth import sniff
from tests.sleep.apps import OMH_EPISODE, omh_point
from tests.sleep.exports import utc

FRAME = OMH_EPISODE["effective_time_frame"]
DURATION = {"sleep_duration": {"value": 7, "unit": "h"}, "effective_time_frame": FRAME}
TOTAL = {"total_sleep_time": {"value": 420, "unit": "min"}, "effective_time_frame": FRAME}


def reading(data: object, *, zone: str | None = None) -> Reading:
    return read(io.BytesIO(json.dumps(data).encode()), "omh.json", zone=zone)


def one(data: object) -> Night:
    return resolve(reading(data).episodes).nights[0]


def test_an_episode() -> None:
    night = one(OMH_EPISODE)
    assert (night.onset, night.offset) == (utc(2024, 1, 15, 22, 10), utc(2024, 1, 16, 5, 50))
    assert (night.tst_min, night.sol_min, night.waso_min, night.awakenings) == (420, 10, 40, 3)
    assert (night.tib_min, night.terminal_wake_min) == (480, 10)
    assert reading(OMH_EPISODE).episodes[0].kind is Kind.MAIN


def test_an_episode_without_latencies_bounds_no_time_in_bed() -> None:
    bare = {k: v for k, v in OMH_EPISODE.items() if "latency" not in k}
    night = one(bare)
    assert (night.onset, night.tib_min, night.sol_min, night.tst_min) == (utc(2024, 1, 15, 22, 10), None, None, 420)
    half = one({k: v for k, v in OMH_EPISODE.items() if k != "latency_to_arising"})
    assert (half.onset, half.offset, half.sol_min, half.tib_min) == (night.onset, night.offset, 10, None)


@pytest.mark.parametrize("body", [DURATION, TOTAL])
def test_a_duration_is_dated_by_its_frame_not_bounded_by_it(body: object) -> None:
    night = one(body)
    assert (night.tst_min, night.onset, night.offset, night.tib_min, night.waso_min) == (420, None, None, None, None)
    assert night.date.isoformat() == "2024-01-16"


def test_data_points_of_other_measures_are_passed_over() -> None:
    points = [omh_point(OMH_EPISODE, "sleep-episode", "1.1"), omh_point(DURATION, "heart-rate", "2.0")]
    found = reading(points)
    assert [e.source for e in found.episodes] == ["open mhealth: a watch"]
    assert found.notes == ("measures that are not of sleep, passed over: 1",)


@pytest.mark.parametrize(
    ("interval", "hours"),
    [
        ({"start_date_time": "2024-03-30T23:00:00Z", "duration": {"value": 8, "unit": "h"}}, 8),
        ({"end_date_time": "2024-03-31T06:00:00Z", "duration": {"value": 480, "unit": "min"}}, 8),
    ],
)
def test_a_duration_in_place_of_an_end(interval: object, hours: float) -> None:
    body = {**TOTAL, "effective_time_frame": {"time_interval": interval}}
    with pytest.raises(RangeError, match="--zone"):
        reading(body)
    (episode,) = reading(body, zone="Europe/Berlin").episodes
    assert (episode.end - episode.start).total_seconds() == hours * 3600
    assert episode.end_offset_min == 120


@pytest.mark.parametrize(
    "change",
    [
        {"effective_time_frame": {"date_time": "2024-01-16T07:00:00Z"}},
        {"effective_time_frame": {"time_interval": {"start_date_time": "2024-01-16T07:00:00+01:00"}}},
        {"effective_time_frame": {"time_interval": {"date": "2024-01-16", "part_of_day": "night"}}},
        {"sleep_duration": {"value": 7, "unit": "s"}},
        {"sleep_duration": {"value": 7}},
        {"sleep_duration": {"value": -7, "unit": "h"}},
        {"sleep_duration": {"value": 25, "unit": "h"}},
        {"sleep_duration": {"value": 1, "unit": "d"}},
    ],
)
def test_what_breaks_the_schema_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        reading({**DURATION, **change})
    assert len(reading([DURATION, {**DURATION, **change}]).episodes) == 1


def test_the_samples(shared: Path) -> None:
    folder = shared / "samples/sleep/openmhealth"
    told: dict[str, list[float | None]] = {"shouldPass": [], "shouldFail": []}
    for path in sorted(folder.glob("*__should*.json")):
        verdict = path.name.split("__")[2]
        try:
            found = read(io.BytesIO(path.read_bytes()), path.name, zone="Europe/London")
        except FormatError:
            told[verdict].append(-1.0)
        else:
            told[verdict].append(found.episodes[0].totals.tst_min)
    assert told["shouldFail"] == [-1.0] * 4
    assert told["shouldPass"] == [960, 360, 360, 450, 510, 465]


def test_sniffing() -> None:
    assert sniff(json.dumps(DURATION).encode())
    assert not sniff(b'{"effective": 1}')
    assert not sniff(b"effective_time_frame")
    assert not sniff(b'{"$schema": "x", "properties": {"effective_time_frame": {}}}')
