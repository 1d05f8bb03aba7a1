"""Writer of the Google Health takeout of 2026, with the older Fitbit logs of the same nights beside it."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence

from noctiflora.core import offset_min, zone
from noctiflora.sample._fitbit import fitbit_takeout
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

FOLDER = "Takeout/Google Health/Health Fitness Data_GoogleData"
DEVICE = "GOOGLE_FITBIT_AIR"
SLEEPS = (
    "sleep_id",
    "sleep_type",
    "minutes_in_sleep_period",
    "minutes_after_wake_up",
    "minutes_to_fall_asleep",
    "minutes_asleep",
    "minutes_awake",
    "minutes_longest_awakening",
    "minutes_to_persistent_sleep",
    "start_utc_offset",
    "sleep_start",
    "end_utc_offset",
    "sleep_end",
    "data_source",
    "algorithm_version",
    "sleep_created",
    "sleep_last_updated",
)
STAGES = (
    "sleep_id",
    "sleep_stage_id",
    "sleep_stage_type",
    "start_utc_offset",
    "sleep_stage_start",
    "end_utc_offset",
    "sleep_stage_end",
    "data_source",
    "algorithm_version",
    "sleep_stage_created",
    "sleep_stage_last_updated",
)
_NAMES = {Stage.AWAKE: "AWAKE", Stage.LIGHT: "LIGHT", Stage.DEEP: "DEEP", Stage.REM: "REM"}


def google_takeout(person: Person) -> bytes:
    """Return a Takeout zip that tells every sleep three times: as sums, as stages, and as a Fitbit log.

    Times are UTC with the offset beside them; the number of a sleep is not that of the Fitbit log.
    """
    out = io.BytesIO(fitbit_takeout(person))
    day = person.nights[-1].date
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in (
            ("UserSleeps", SLEEPS, _sleeps(person)),
            ("UserSleepStages", STAGES, _stages(person)),
        ):
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
            info = zipfile.ZipInfo(f"{FOLDER}/{name}_{day}.csv", (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.getvalue())
    return out.getvalue()


def numbered(person: Person) -> Iterator[tuple[int, Slept]]:
    """Yield every sleep that a worn device recorded, with a number of its own."""
    sleeps = [nap for night in person.nights for nap in night.naps]
    sleeps += [night.slept for night in person.nights if night.device_worn]
    yield from enumerate(sorted(sleeps, key=lambda slept: slept.bed_start), 7_000_000_000)


def _sleeps(person: Person) -> Iterator[Sequence[object]]:
    for number, slept in numbered(person):
        awake = slept.tib_min - slept.tst_min
        after = awake - slept.sol_min - slept.waso_min
        updated = _utc(slept.bed_end + dt.timedelta(minutes=5))
        yield (
            *(number, "STAGES", int(slept.tib_min), int(after), int(slept.sol_min), int(slept.tst_min), int(awake)),
            *(0, int(slept.sol_min), _offset(slept, slept.bed_start), _utc(slept.bed_start)),
            *(_offset(slept, slept.bed_end), _utc(slept.bed_end), DEVICE, 3, updated, updated),
        )


def _stages(person: Person) -> Iterator[Sequence[object]]:
    for number, slept in numbered(person):
        updated = _utc(slept.bed_end + dt.timedelta(minutes=5))
        for k, segment in enumerate(slept.segments):
            yield (
                *(number, number * 100 + k, _NAMES[segment.stage]),
                *(_offset(slept, segment.start), _utc(segment.start)),
                *(_offset(slept, segment.end), _utc(segment.end), DEVICE, 3, updated, updated),
            )


def _utc(instant: dt.datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _offset(slept: Slept, instant: dt.datetime) -> str:
    shift = offset_min(instant, zone(slept.zone))
    return f"{'-' if shift < 0 else '+'}{abs(shift) // 60:02d}:{abs(shift) % 60:02d}"
