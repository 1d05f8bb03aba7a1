"""Small writers of exports of telephone apps, databases and spreadsheets in their makers' form, for tests."""

import datetime as dt
import io
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

SAA_COLUMNS = "Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo"
OFF = dt.timezone(dt.timedelta(hours=1))


def ms(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)


def saa_record(
    start: dt.datetime,
    hours: float,
    *,
    tz: str = "Europe/Berlin",
    adjust: str = "0",
    rating: str = "0.0",
    comment: str = "",
    events: Sequence[tuple[str, dt.datetime]] = (),
) -> str:
    """Return one record of Sleep as Android, its header line before it."""
    head = SAA_COLUMNS + ',"7:00","7:05"' + ',"Event"' * len(events)
    cells = [str(ms(start)), tz, "01. 01. 2020 1:00", "01. 01. 2020 2:00", "01. 01. 2020 3:00", f"{hours:.3f}", rating]
    cells += [comment, "10007", "-1", "-1.0", "3", "0.4", adjust, "", "0.1", "2.5"]
    cells += [f"{name}-{ms(at)}" for name, at in events]
    return head + "\n" + ",".join('"' + c.replace('"', '""') + '"' for c in cells) + "\n"


SLEEP_CYCLE_HEADS = (
    "Start;End;Sleep quality;Time in bed;Wake up;Sleep Notes;Heart rate;Activity (steps)",
    "Start;End;Sleep Quality;Regularity;Mood;Steps;Alarm mode;Air Pressure (Pa);City;Movements per hour;"
    "Time in bed(seconds);Window start;Window stop;Did snore;Snore time;Weather temperature (°F);Weather type;Notes",
    "Start;End;Sleep Quality;Regularity;Awake (seconds);Dream (seconds);Light (seconds);Deep (seconds);Mood;"
    "Heart rate (bpm);Steps;Alarm mode;Air Pressure (Pa);City;Movements per hour;Time in bed (seconds);"
    "Time asleep (seconds);Time before sleep (seconds);Window start;Window stop;Snore time (seconds);"
    "Weather temperature (°F);Weather type;Notes;Body temperature deviation (degrees Celsius)",
)
SLEEP_CYCLE_ROWS = (
    "2024-01-15 23:00:00;2024-01-16 07:00:00;82%;8:00;:);;;0",
    "2024-01-15 23:00:00;2024-01-16 07:00:00;67%;—;;0;No alarm;;;65.2;28800.4;;;false;0;;;late",
    "2024-01-15 23:00:00;2024-01-16 07:00:00;82%;75%;1200;6000;15000;6000;;58;0;Normal;;;4.2;28800;27000;600"
    ";;;300;68;;;",
)


def health_connect(
    sessions: Sequence[Sequence[object]],
    stages: Sequence[Sequence[object]] = (),
    *,
    apps: Mapping[int, str] | None = None,
    script: str = "",
) -> bytes:
    """Return a database of sessions (start, end, offset, offset, app) and stages (parent, code, start, end)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "health_connect_export.db"
        base = sqlite3.connect(path)
        base.executescript(
            "CREATE TABLE application_info_table(row_id INTEGER PRIMARY KEY, package_name TEXT, app_name TEXT);"
            "CREATE TABLE sleep_session_record_table(row_id INTEGER PRIMARY KEY, start_time INTEGER, end_time INTEGER,"
            " start_zone_offset INTEGER, end_zone_offset INTEGER, app_info_id INTEGER, title TEXT,"
            " notes TEXT, uuid BLOB);"
            "CREATE TABLE sleep_stages_table(parent_key INTEGER, stage_type INTEGER, stage_start_time INTEGER,"
            " stage_end_time INTEGER);"
        )
        for key, name in (apps or {1: "Samsung Health"}).items():
            base.execute("INSERT INTO application_info_table VALUES (?, ?, ?)", (key, "a.b", name))
        for n, row in enumerate(sessions, 1):
            values = (n, *row[:5], None, None, bytes([n]) * 16)
            base.execute("INSERT INTO sleep_session_record_table VALUES (?,?,?,?,?,?,?,?,?)", values)
        base.executemany("INSERT INTO sleep_stages_table VALUES (?,?,?,?)", stages)
        base.executescript(script)
        base.commit()
        base.close()
        return path.read_bytes()


SLEEPMETER_HEAD = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n"
SLEEPMETER_ROW = (
    '"2024-01-16 07:00+0100","2024-01-15 23:20+0100","2024-01-15 23:00+0100",60-90,NIGHT_SLEEP,'
    'NONE,MELATONIN|CUSTOM_0001,NONE,NONE,7,"a note, with ""quotes and\na line"\n'
)
SLEEPMETER_CUSTOM = 'custom_aid_id,class,name\nCUSTOM_0001,HERBAL,"tea "\',\n"\n\n'


def workbook(rows: Sequence[Sequence[object]], *, coloured: Sequence[tuple[int, int]] = ()) -> bytes:
    """Return a spreadsheet of rows; coloured cells are given as (row, column) from 1."""
    import openpyxl
    from openpyxl.styles import PatternFill

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for r, c in coloured:
        sheet.cell(row=r, column=c).fill = PatternFill("solid", fgColor="FF0000FF")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hypnogram(start: dt.datetime, marks: Sequence[tuple[float, float | None, str]]) -> bytes:
    """Return an EDF+ file that begins at a clock reading, its annotations as (onset s, length s, text)."""
    import edfio

    signal = edfio.EdfSignal(np.zeros(10), sampling_frequency=1, label="EEG", physical_range=(-1, 1))
    recording = edfio.Edf(
        [signal],
        recording=edfio.Recording(startdate=start.date()),
        starttime=start.time(),
        annotations=[edfio.EdfAnnotation(*mark) for mark in marks],
    )
    return recording.to_bytes()


OMH_EPISODE: dict[str, object] = {
    "effective_time_frame": {
        "time_interval": {"start_date_time": "2024-01-15T23:10:00+01:00", "end_date_time": "2024-01-16T06:50:00+01:00"}
    },
    "latency_to_sleep_onset": {"value": 10, "unit": "min"},
    "latency_to_arising": {"value": 600, "unit": "sec"},
    "total_sleep_time": {"value": 7, "unit": "h"},
    "wake_after_sleep_onset": {"value": 40, "unit": "min"},
    "number_of_awakenings": 3,
    "is_main_sleep": True,
}


def omh_point(body: Mapping[str, object], name: str, version: str, *, source: str = "a watch") -> dict[str, object]:
    """Return a body as a data point of its schema."""
    header = {
        "id": "1",
        "creation_date_time": "2024-01-16T08:00:00Z",
        "schema_id": {"namespace": "omh", "name": name, "version": version},
        "acquisition_provenance": {"source_name": source},
    }
    return {"header": header, "body": dict(body)}
