import datetime as dt
import io

import pytest

from noctiflora.core import FormatError, RangeError
from noctiflora.sleep import Reading, Stage, read, resolve
from noctiflora.sleep.read import _garmin_fit
from noctiflora.sleep.read._garmin_fit import sniff
from tests.sleep.exports import utc
from tests.sleep.vendors import FIT_NIGHT, fit_file, minute_levels

START = utc(2024, 1, 15, 22)


def reading(data: bytes, *, zone: str | None = "Europe/Berlin") -> Reading:
    return read(io.BytesIO(data), "1_SLEEP_DATA.fit", zone=zone)


def test_a_night_of_minutes() -> None:
    (night,) = resolve(reading(FIT_NIGHT).episodes).nights
    assert night.stages_min == {Stage.LIGHT: 220, Stage.DEEP: 60, Stage.AWAKE: 10, Stage.REM: 90}
    assert (night.onset, night.onset_zone_offset_min, night.tst_min) == (START, 60, 370)
    assert (night.tib_min, night.sol_min, night.waso_min) == (None, None, 10)


def test_stages_told_only_where_they_change() -> None:
    levels = [(START, 2), (START + dt.timedelta(minutes=100), 3), (START + dt.timedelta(minutes=160), 4)]
    (night,) = resolve(reading(fit_file(levels)).episodes).nights
    assert night.stages_min == {Stage.LIGHT: 100, Stage.DEEP: 60, Stage.REM: 1}


def test_unmeasurable_time_is_unknown() -> None:
    (night,) = resolve(reading(fit_file(minute_levels(START, [(2, 200), (0, 30), (3, 100)]))).episodes).nights
    assert (night.tst_min, night.waso_min, night.stages_min[Stage.UNKNOWN]) == (300, None, 30)


def test_two_sleeps_in_one_file() -> None:
    nap = minute_levels(START + dt.timedelta(hours=15), [(2, 40)])
    found = resolve(reading(fit_file(minute_levels(START, [(2, 400)]) + nap)).episodes)
    assert ([n.tst_min for n in found.nights], [n.tst_min for n in found.naps]) == ([400], [40])


def test_the_zone_is_needed_only_for_sleep() -> None:
    with pytest.raises(RangeError, match="--zone NAME"):
        reading(FIT_NIGHT, zone=None)
    assert reading(fit_file([]), zone=None).episodes == ()


def test_other_files_of_the_watch_are_not_taken() -> None:
    assert sniff(FIT_NIGHT)
    assert not sniff(fit_file(minute_levels(START, [(2, 3)]), message=20))
    assert not sniff(b"\x0e\x20.FIT")


@pytest.mark.parametrize("data", [FIT_NIGHT[:-400], FIT_NIGHT[:60], fit_file([(START, 2)], crc=False)])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="damaged or cut short"):
        reading(data)


def test_years_of_no_watch_and_files_beyond_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FormatError, match=r"1990|damaged"):
        reading(fit_file([(utc(1989, 12, 31, 1), 2)]))
    monkeypatch.setattr(_garmin_fit, "LARGEST_BYTES", 100)
    with pytest.raises(FormatError, match="larger than a night"):
        reading(FIT_NIGHT)
