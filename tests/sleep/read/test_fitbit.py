import datetime as dt
import io
import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Kind, Night, Reading, Stage, read, resolve
from noctiflora.sleep.read._fitbit import sniff
from tests.sleep.exports import fitbit_json, fitbit_log, utc

EVENING = dt.datetime(2024, 1, 15, 23, 0)
LEVELS = [("wake", 600), ("light", 7200), ("deep", 3600), ("rem", 1800), ("light", 7200), ("wake", 300)]


def reading(logs: object, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(json.dumps(logs).encode()), "sleep-2024-01-01.json", zone=zone)


def one(log: object, *, zone: str = "Europe/Berlin") -> Night:
    return resolve(reading([log], zone=zone).episodes).nights[0]


def test_stages() -> None:
    night = one(fitbit_log(EVENING, LEVELS))
    assert night.stages_min == {Stage.AWAKE: 15, Stage.LIGHT: 240, Stage.DEEP: 60, Stage.REM: 30}
    assert (night.sol_min, night.waso_min, night.tst_min, night.terminal_wake_min) == (10, 0, 330, 5)
    assert night.onset == utc(2024, 1, 15, 22, 10)


def test_short_wakes_lie_over_the_stages() -> None:
    log = fitbit_log(EVENING, LEVELS)
    log["levels"]["shortData"] = [  # type: ignore[index]
        {"dateTime": "2024-01-16T00:00:00.000", "level": "wake", "seconds": 60},
        {"dateTime": "2024-01-16T02:30:30.000", "level": "wake", "seconds": 150},
    ]
    night = one(log)
    assert (night.tst_min, night.waso_min, night.awakenings) == (326.5, 3.5, 2)
    assert sum(night.stages_min.values()) == 345


def test_classic_restless_is_awake_as_fitbit_counts() -> None:
    night = one(fitbit_log(EVENING, [("asleep", 3600), ("restless", 120), ("awake", 60), ("asleep", 3600)]))
    assert (night.tst_min, night.waso_min, night.awakenings, night.sol_min) == (120, 3, 1, None)


def test_minutes_of_the_first_interface() -> None:
    rows = [{"dateTime": f"23:{n:02d}:00", "value": v} for n, v in enumerate("3" * 5 + "1" * 40 + "2" * 3 + "1" * 12)]
    log = fitbit_log(EVENING, [("x", 3600)], levels={"data": []}, minuteData=rows, isMainSleep=True)
    night = one(log)
    assert (night.sol_min, night.tst_min, night.waso_min) == (5, 52, 3)


def test_sums_that_leave_all_of_the_night_open_are_unknown_not_zero() -> None:
    def bare(**sums: int) -> Night:
        return one(fitbit_log(EVENING, [("x", 28_800)], levels={"data": []}, timeInBed=480, **sums))

    blank = bare(minutesAsleep=0, minutesAwake=0, minutesToFallAsleep=0, minutesAfterWakeup=0)
    assert (blank.tib_min, blank.tst_min, blank.se_pct, blank.waso_min) == (480, None, None, None)
    assert "no sleep was measured" in blank.notes
    awake = bare(minutesAsleep=0, minutesAwake=480, minutesToFallAsleep=0, minutesAfterWakeup=0)
    assert (awake.tib_min, awake.tst_min, awake.se_pct) == (480, 0, 0)


def test_the_zone_is_needed() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading([fitbit_log(EVENING, LEVELS)], zone=None)
    assert reading({"sleep": [], "summary": {"totalSleepRecords": 0}}, zone=None).episodes == ()


def test_in_a_clock_change_the_stamps_keep_the_offset_of_the_start() -> None:
    log = fitbit_log(dt.datetime(2024, 3, 30, 23, 0), [("light", 4 * 3600), ("rem", 4 * 3600)])
    night = one(log)
    assert night.tib_min == 480
    assert night.offset == utc(2024, 3, 31, 6)
    assert night.offset_zone_offset_min == 120


def test_where_duration_says_so_the_stamps_are_the_clock() -> None:
    log = fitbit_log(
        dt.datetime(2024, 3, 30, 23, 0), [("light", 4 * 3600), ("rem", 4 * 3600)], duration=7 * 3600 * 1000
    )
    log["timeInBed"] = 420
    log["levels"]["data"] = [  # type: ignore[index]
        {"dateTime": "2024-03-30T23:00:00.000", "level": "light", "seconds": 3 * 3600},
        {"dateTime": "2024-03-31T03:00:00.000", "level": "rem", "seconds": 4 * 3600},
    ]
    night = one(log)
    assert (night.tib_min, night.tst_min, night.waso_min) == (420, 420, 0)
    assert night.offset == utc(2024, 3, 31, 5)


def test_main_and_other_sleep_in_both_spellings() -> None:
    logs = [
        fitbit_log(EVENING, LEVELS, mainSleep=True),
        fitbit_log(EVENING + dt.timedelta(hours=14), [("asleep", 3600)], mainSleep=False),
        fitbit_log(EVENING + dt.timedelta(hours=24), LEVELS, mainSleep=None, isMainSleep=True),
    ]
    assert [e.kind for e in reading(logs).episodes] == [Kind.MAIN, Kind.NAP, Kind.MAIN]


@pytest.mark.parametrize(
    "change",
    [
        {"startTime": "soon"},
        {"startTime": None},
        {"duration": float("nan")},
        {"timeInBed": "many"},
        {"levels": {"data": [{"dateTime": "2024-01-15T23:00:00.000", "level": "dreaming", "seconds": 60}]}},
        {"levels": {"data": [{"dateTime": "2024-01-15T23:00:00.000", "level": "light", "seconds": -60}]}},
        {"endTime": "2024-01-17T05:00:00.000"},
        {"endTime": "2024-01-15T22:00:00.000"},
        {"startTime": "0001-01-01T00:00:00"},
        {"minuteData": [{"value": "1"}] * 2000},
        {"minuteData": [{"value": "9"}]},
        {"levels": [], "minutesAsleep": 3},
        {"levels": {}, "endTime": None, "duration": None},
        {"levels": {}, "endTime": None, "duration": 1e300},
    ],
)
def test_a_bad_log_is_counted_and_the_rest_kept(change: dict[str, object]) -> None:
    bad = fitbit_log(EVENING + dt.timedelta(days=3), LEVELS, **change)
    found = reading([fitbit_log(EVENING, LEVELS), bad])
    assert len(found.episodes) == 1
    assert [(s.place, s.count) for s in found.skipped] == [("log 2", 1)]
    with pytest.raises(FormatError, match="cannot be read"):
        reading([bad])


def test_a_hole_in_the_levels_is_unknown() -> None:
    log = fitbit_log(EVENING, LEVELS)
    log["levels"]["data"].pop(2)  # type: ignore[index]
    night = one(log)
    assert (night.tst_min, night.waso_min) == (None, None)
    assert night.stages_min[Stage.UNKNOWN] == 60


def test_sums_alone() -> None:
    log = fitbit_log(EVENING, [("x", 28800)], levels={}, minutesAsleep=420, minutesAwake=50, minutesToFallAsleep=10)
    night = one(log)
    assert (night.tst_min, night.tib_min, night.sol_min, night.waso_min) == (420, 480, 10, 50)


def test_not_a_list_of_logs() -> None:
    with pytest.raises(FormatError, match="no list"):
        reading({"sleep": 3, "totalSleepRecords": 0})


def test_sniffing_is_by_content() -> None:
    assert sniff(fitbit_json([fitbit_log(EVENING, LEVELS)]))
    assert not sniff(b'[{"dateTime": "01/01/24 00:00:00", "value": {"bpm": 60}}]')
    assert not sniff(b'a "dateOfSleep": of no document')


def test_the_account_is_known_from_the_next_page_only() -> None:
    page = {
        "sleep": [],
        "pagination": {"next": "https://api.fitbit.com/1.2/user/ABC123/sleep/list.json"},
        "dateOfSleep": 1,
    }
    assert reading(page).person is not None
    page["pagination"] = {"next": "https://api.fitbit.com/1.2/user/-/sleep/list.json"}
    assert reading(page).person is None


def fitbit_sample(shared: Path, name: str) -> Reading:
    with (shared / "samples" / "sleep" / "fitbit" / name).open("rb") as stream:
        return read(stream, name, zone="Europe/Berlin")


def test_sample_of_a_day(shared: Path) -> None:
    found = resolve(fitbit_sample(shared, "fitbit-sleep-date.json").episodes)
    (night,), (nap,) = found.nights, found.naps
    assert (night.tib_min, night.tst_min, night.waso_min) == (118, 112, 6)
    assert (nap.tib_min, nap.tst_min) == (63.5, 63)  # prints 63; its stamps are half a minute further apart
    assert night.date == nap.date == dt.date(2016, 12, 13)


def test_sample_of_nothing(shared: Path) -> None:
    assert fitbit_sample(shared, "fitbit-sleep-date-empty-sleep-list.json").episodes == ()


def test_sample_whose_parts_do_not_add_up(shared: Path) -> None:
    (night,) = resolve(fitbit_sample(shared, "sleep_log_list.json").episodes).nights
    assert (night.date, night.tib_min, night.tst_min) == (dt.date(2023, 1, 1), 480, 480)
    assert (night.se_pct, night.waso_min, night.sol_min) == (None, None, None)
    assert night.notes
