"""Writer of a Sleep as Android export: a header line before each record, the newest record first."""

import csv
import datetime as dt
import io
import math
import zipfile

from noctiflora.core import zone
from noctiflora.sample._google import numbered
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

COLUMNS = (
    "Id",
    "Tz",
    "From",
    "To",
    "Sched",
    "Hours",
    "Rating",
    "Comment",
    "Framerate",
    "Snore",
    "Noise",
    "Cycles",
    "DeepSleep",
    "LenAdjust",
    "Geo",
)
NAMES = {Stage.AWAKE: "AWAKE", Stage.LIGHT: "LIGHT", Stage.DEEP: "DEEP", Stage.REM: "REM"}
MOVEMENT_MIN = 30


def sleep_as_android(person: Person) -> bytes:
    """Return ``sleep-export.zip`` with the table and the two files that stand beside it."""
    text = io.StringIO()
    for _, slept in [*numbered(person)][::-1]:
        _record(text, slept)
    out = io.BytesIO()
    day = person.nights[-1].date
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("sleep-export.csv", text.getvalue()), ("prefs.xml", "<map />"), ("alarms.json", "[]")):
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _record(text: io.StringIO, slept: Slept) -> None:
    tz = zone(slept.zone)
    edges = [(s, edge) for s in slept.segments for edge in ("START", "END")]
    events = [f"{NAMES[s.stage]}_{edge}-{_ms(s.start if edge == 'START' else s.end)}" for s, edge in edges]
    steps = range(0, int(slept.tib_min), MOVEMENT_MIN)
    clocks = [_clock(slept.bed_start + dt.timedelta(minutes=m), tz, day=False) for m in steps]
    # Up, so that three decimals never cut the last stage short.
    hours = math.ceil(slept.tib_min / 60 * 1000) / 1000
    times = [_clock(t, tz, day=True) for t in (slept.bed_start, slept.bed_end, slept.bed_end)]
    deep = slept.stage_min(Stage.DEEP) / slept.tib_min
    cells = [_ms(slept.bed_start), slept.zone, *times, f"{hours:.3f}", "0.0", ' \\n #sport "late"', 10007, -1, "-1.0"]
    cells += [4, f"{deep:.4f}", 0, "", *(f"{m % 7}.5" for m in steps), *events]
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    text.write(",".join(COLUMNS) + "".join(f',"{c}"' for c in (*clocks, *["Event"] * len(events))) + "\n")
    writer.writerow(cells)


def _clock(instant: dt.datetime, tz: dt.tzinfo, *, day: bool) -> str:
    """Return a clock reading as the app prints it, its hour without a leading zero."""
    wall = instant.astimezone(tz)
    return f"{wall:%d. %m. %Y }{wall.hour}:{wall:%M}" if day else f"{wall.hour}:{wall:%M}"


def _ms(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)
