import io
import json

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Kind, Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._oura import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import oura_json, oura_period


def reading(*rows: object, zone: str | None = None) -> Reading:
    return read(io.BytesIO(oura_json(*rows)), "sleep.json", zone=zone)


def one(**more: object) -> Night:
    return resolve(reading(oura_period(**more)).episodes).nights[0]


def test_the_finer_row_of_stages() -> None:
    night = one()
    assert (night.tib_min, night.sol_min, night.waso_min, night.tst_min, night.terminal_wake_min) == (
        480,
        20,
        10,
        440,
        10,
    )
    assert night.stages_min == {Stage.AWAKE: 40, Stage.LIGHT: 200, Stage.DEEP: 100, Stage.REM: 140}
    assert (night.onset, night.onset_zone_offset_min) == (utc(2024, 1, 15, 22, 20), 60)


def test_the_coarser_row_where_there_is_no_finer() -> None:
    assert one(sleep_phase_30_sec=None).tst_min == 440
    assert one(sleep_phase_30_sec="").tst_min == 440


def test_a_row_that_is_too_short_is_a_hole_not_wakefulness() -> None:
    short = "4" * 40 + "2" * 300
    night = one(sleep_phase_30_sec=short)
    assert (night.tst_min, night.stages_min[Stage.DEEP]) == (440, 100)
    assert any("stop 310 min before" in note for note in night.notes)
    hole = one(sleep_phase_30_sec=short, total_sleep_duration=None, light_sleep_duration=None,
               deep_sleep_duration=None, rem_sleep_duration=None)  # fmt: skip
    assert hole.tst_min is None
    assert any("hole" in note for note in hole.notes)


def test_a_total_may_be_missing() -> None:
    assert one(total_sleep_duration=None, sleep_phase_30_sec=None, sleep_phase_5_min=None).tst_min == 440


def test_deleted_and_rejected_periods_are_left_out_and_told() -> None:
    found = reading(oura_period(), oura_period(id="b", type="deleted"), oura_period(id="c", type="rest"))
    assert len(found.episodes) == 1
    assert found.notes == ("left out, for they were deleted or rejected as rest in the app: 2",)
    assert reading(oura_period(type="rest")).episodes == ()


def test_a_late_nap_counts_for_the_next_day() -> None:
    nap = oura_period(
        id="nap",
        type="late_nap",
        bedtime_start="2024-01-16T17:30:00+01:00",
        bedtime_end="2024-01-16T18:30:00+01:00",
        sleep_phase_30_sec="2" * 120,
        sleep_phase_5_min="2" * 12,
    )
    found = resolve(reading(oura_period(), nap).episodes)
    assert [(str(n.date), n.tst_min) for n in found.naps] == [("2024-01-17", 60)]
    assert reading(nap).episodes[0].kind is Kind.NAP


def test_wherever_the_export_keeps_the_periods() -> None:
    period = oura_period()
    for shape in (
        period,
        [period],
        {"sleep": [period]},
        {"sleep": {"data": [period]}},
        {"daily_activity": [], "sleep": [period]},
    ):
        data = json.dumps(shape).encode()
        assert sniff(data)
        assert len(read(io.BytesIO(data), "x.json").episodes) == 1
    assert read(io.BytesIO(b'{"data": [{"bedtime_start_delta": 1}], "ring_configuration": []}'), "x").episodes == ()


def test_version_1() -> None:
    old = {
        "summary_date": "2019-01-05",
        "period_id": 0,
        "is_longest": 1,
        "timezone": 60,
        "bedtime_start": "2019-01-05T23:00:00+01:00",
        "bedtime_end": "2019-01-06T07:00:00+01:00",
        "hypnogram_5min": "4" * 4 + "2" * 60 + "1" * 32,
        "total": 27_600,
        "awake": 1_200,
        "onset_latency": 1_200,
    }
    (night,) = resolve(read(io.BytesIO(json.dumps({"sleep": [old]}).encode()), "x").episodes).nights
    assert (night.tst_min, night.sol_min, str(night.date)) == (460, 20, "2019-01-06")


def test_nothing_to_go_by_is_refused() -> None:
    empty = dict.fromkeys(
        ("sleep_phase_30_sec", "sleep_phase_5_min", "total_sleep_duration", "light_sleep_duration",
         "deep_sleep_duration", "rem_sleep_duration")
    )  # fmt: skip
    with pytest.raises(FormatError, match="neither stages nor minutes"):
        reading(oura_period(**empty))
    with pytest.raises(FormatError, match="cannot be read"):
        reading(oura_period(bedtime_end="2024-01-15T20:00:00+01:00"))


def test_times_without_offset_need_the_zone() -> None:
    bare = oura_period(bedtime_start="2024-01-15T23:00:00", bedtime_end="2024-01-16T07:00:00")
    assert reading(bare, zone="Europe/Berlin").episodes[0].start == utc(2024, 1, 15, 22)
    for text in (bare, oura_period(bedtime_start="2024-01-15T22:00:00Z")):
        with pytest.raises(RangeError, match="--zone NAME"):
            reading(text)
