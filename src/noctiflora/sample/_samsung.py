"""Writer of a Samsung Health export: sleeps and stages in the layout with a first line of its own."""

import csv
import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence

from noctiflora.core import offset_min, zone
from noctiflora.sample._google import numbered
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

PREFIX = "com.samsung.health.sleep."
APP = "com.sec.android.app.shealth"
SLEEPS = (
    "sleep_type",
    "efficiency",
    "sleep_score",
    "sleep_duration",
    *(PREFIX + name for name in ("create_sh_ver", "start_time", "custom", "update_time", "create_time")),
    *(PREFIX + name for name in ("time_offset", "deviceuuid", "comment", "pkg_name", "end_time", "datauuid")),
)
STAGES = (
    "create_sh_ver",
    "start_time",
    "sleep_id",
    "custom",
    "modify_sh_ver",
    "update_time",
    "create_time",
    "stage",
    "time_offset",
    "deviceuuid",
    "pkg_name",
    "end_time",
    "datauuid",
)
_CODES = {Stage.AWAKE: 40001, Stage.LIGHT: 40002, Stage.DEEP: 40003, Stage.REM: 40004}


def samsung_export(person: Person, *, local: bool = False) -> bytes:
    """Return a zip of the export folder; with `local` its times are wall times, as some read them.

    Each row ends with a comma more than the columns have.
    """
    day = person.nights[-1].date
    stamp = f"{day:%Y%m%d}120000"
    tables = (
        ("com.samsung.shealth.sleep", SLEEPS, _sleeps(person, local=local)),
        ("com.samsung.health.sleep_stage", STAGES, _stages(person, local=local)),
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, columns, rows in tables:
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow((name, 6_320_000, 11))
            writer.writerow(columns)
            writer.writerows((*row, "") for row in rows)
            info = zipfile.ZipInfo(f"samsunghealth/{name}.{stamp}.csv", (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.getvalue())
    return out.getvalue()


def _sleeps(person: Person, *, local: bool) -> Iterator[Sequence[object]]:
    for number, slept in numbered(person):
        made = f"{slept.bed_end + dt.timedelta(minutes=4):%Y-%m-%d %H:%M:%S.000}"
        yield (
            *(-1, round(100 * slept.tst_min / slept.tib_min, 1), 80, round(slept.tib_min), 100013),
            *(_time(slept, slept.bed_start, local=local), "", made, made, _offset(slept, slept.bed_start)),
            *("Wx1", "", APP, _time(slept, slept.bed_end, local=local), uuid.UUID(int=number)),
        )


def _stages(person: Person, *, local: bool) -> Iterator[Sequence[object]]:
    for number, slept in numbered(person):
        made = f"{slept.bed_end + dt.timedelta(minutes=4):%Y-%m-%d %H:%M:%S.000}"
        for k, segment in enumerate(slept.segments):
            yield (
                *(100013, _time(slept, segment.start, local=local), uuid.UUID(int=number), "", 100013, made, made),
                *(_CODES[segment.stage], _offset(slept, slept.bed_start), "Wx1", APP),
                *(_time(slept, segment.end, local=local), uuid.UUID(int=number * 1000 + k)),
            )


def _time(slept: Slept, instant: dt.datetime, *, local: bool) -> str:
    shift = offset_min(slept.bed_start, zone(slept.zone)) if local else 0
    return f"{instant + dt.timedelta(minutes=shift):%Y-%m-%d %H:%M:%S.000}"


def _offset(slept: Slept, instant: dt.datetime) -> str:
    shift = offset_min(instant, zone(slept.zone))
    return f"UTC{'-' if shift < 0 else '+'}{abs(shift) // 60:02d}{abs(shift) % 60:02d}"
