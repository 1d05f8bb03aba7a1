import io
import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Kind, Reading, Stage, read, resolve
from tests.sleep.exports import utc
from tests.sleep.vendors import garmin_night

NOTHING = dict.fromkeys(("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds", "awakeSleepSeconds"))


def reading(data: object, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(json.dumps(data).encode()), "2026-02-13_2026-05-24_1_sleepData.json", zone=zone)


def answer(**more: object) -> dict[str, object]:
    """Return an answer of Connect in UTC-5."""
    return {
        "dailySleepDTO": {
            "calendarDate": "2021-07-20",
            "sleepTimeSeconds": 25_740,
            "sleepStartTimestampGMT": 1_626_758_400_000,
            "sleepEndTimestampGMT": 1_626_785_940_000,
            "sleepStartTimestampLocal": 1_626_740_400_000,
            "sleepEndTimestampLocal": 1_626_767_940_000,
            "deepSleepSeconds": 4_440,
            "lightSleepSeconds": 18_720,
            "remSleepSeconds": 2_580,
            "awakeSleepSeconds": 1_800,
        },
        **more,
    }


def level(start: str, end: str, code: float) -> dict[str, object]:
    return {"startGMT": f"2021-07-20T{start}:00.0", "endGMT": f"2021-07-20T{end}:00.0", "activityLevel": code}


TIMELINE = [
    level("05:20", "06:34", 0.0),
    level("06:34", "11:46", 1.0),
    level("11:46", "12:16", 3.0),
    level("12:16", "12:59", 2.0),
]


def test_a_night_of_the_account_export() -> None:
    (night,) = resolve(reading([garmin_night(), {"retro": False}]).episodes).nights
    assert (str(night.date), night.tst_min, night.waso_min) == ("2026-02-14", 450, 30)
    assert (night.tib_min, night.sol_min) == (None, None)
    assert (night.onset, night.onset_zone_offset_min) == (utc(2026, 2, 13, 21, 40, 9), 60)
    assert night.stages_min[Stage.DEEP] == 80


def test_local_time_is_wall_time_written_as_if_utc() -> None:
    (night,) = resolve(reading(answer(), zone=None).episodes).nights
    assert (night.onset, night.onset_zone_offset_min) == (utc(2021, 7, 20, 5, 20), -300)
    assert (str(night.date), night.tst_min, night.source) == ("2021-07-20", 429, "garmin: connect")


def test_the_timeline_is_used_where_it_agrees_with_the_sums() -> None:
    (night,) = resolve(reading(answer(sleepLevels=TIMELINE)).episodes).nights
    assert (night.awakenings, night.waso_min, len(night.segments)) == (1, 30, 4)
    other = [x | {"activityLevel": {0.0: 1.0, 1.0: 0.0}.get(float(str(x["activityLevel"])), 3.0)} for x in TIMELINE]
    (doubtful,) = resolve(reading(answer(sleepLevels=other)).episodes).nights
    assert (doubtful.segments, doubtful.stages_min[Stage.DEEP]) == ((), 74)
    assert any("does not agree" in note for note in doubtful.notes)


def test_windows_in_which_nothing_was_measured_are_no_nights() -> None:
    phantom = garmin_night(**NOTHING, sleepTimeSeconds=25_200, sleepWindowConfirmationType="UNCONFIRMED")
    nulls = garmin_night(**NOTHING, sleepStartTimestampGMT=None, sleepEndTimestampGMT=None)
    found = reading([phantom, nulls, {"retro": False}])
    assert (found.episodes, found.skipped) == ((), ())
    assert len(found.notes) == 2
    by_hand = answer()
    by_hand["dailySleepDTO"] |= {**NOTHING, "sleepWindowConfirmed": True}  # type: ignore[operator]
    assert resolve(reading(by_hand).episodes).nights[0].tst_min == 429


def test_naps_beside_and_without_a_night() -> None:
    nap = {
        "napTimeSec": 1500,
        "napStartTimestampGMT": "2021-07-20T18:00:00",
        "napEndTimestampGMT": "2021-07-20T18:30:00",
    }
    found = resolve(reading(answer(dailyNapDTOS=[nap, nap]), zone=None).episodes)
    assert [(n.tst_min, n.waso_min, n.onset_zone_offset_min) for n in found.naps] == [(25, 5, -300)]
    alone = reading([{"calendarDate": "2021-07-20", "napList": [nap]}])
    assert [e.kind for e in alone.episodes] == [Kind.NAP]


def test_time_that_could_not_be_measured_is_said() -> None:
    (night,) = resolve(reading([garmin_night(unmeasurableSeconds=1200)]).episodes).nights
    assert any("20 min could not be measured" in note for note in night.notes)


def test_a_date_that_the_named_zone_does_not_give_is_said() -> None:
    night = garmin_night(sleepStartTimestampGMT="2026-02-13T14:00:00.0", sleepEndTimestampGMT="2026-02-13T22:00:00.0")
    (home,) = reading([night]).episodes
    assert any("another zone" in note for note in home.notes)
    (there,) = reading([night], zone="Asia/Tokyo").episodes
    assert there.notes == ()


def test_without_local_times_the_zone_is_needed() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading([garmin_night()], zone=None)


@pytest.mark.parametrize(
    "more",
    [
        {"sleepEndTimestampGMT": "2026-02-13T20:00:00.0"},
        {"sleepStartTimestampGMT": "2026-02-13T21:40:09+03:00"},
        {"deepSleepSeconds": -4},
        {"deepSleepSeconds": "many"},
        {"sleepStartTimestampGMT": 1e300},
    ],
)
def test_impossible_nights_are_refused(more: dict[str, object]) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        reading([garmin_night(**more)])


@pytest.mark.parametrize(
    ("name", "date", "tst", "awake"),
    [
        ("connect_daily_sleep_0.json", "2021-07-20", 429, 30),
        ("connect_daily_sleep_list_1.json", "2021-07-19", 376, 24),
        ("connect_daily_sleep_list_2.json", "2021-07-18", 435, 14),
    ],
)
def test_samples(shared: Path, name: str, date: str, tst: float, awake: float) -> None:
    with (shared / "samples" / "sleep" / "garmin" / name).open("rb") as stream:
        (night,) = resolve(read(stream, name).episodes).nights
    assert (str(night.date), night.tst_min, night.waso_min, night.onset_zone_offset_min) == (date, tst, awake, -300)
