"""Writers of the same diary as other people's tables: questions of the consensus diary, a spreadsheet, Sleepmeter."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator

from noctiflora.core import zone
from noctiflora.sample._records import DiaryEntry, Person

QUESTIONS = (
    "Today's date",
    "What time did you get into bed?",
    "What time did you try to go to sleep?",
    "How long did it take you to fall asleep?",
    "How many times did you wake up, not counting your final awakening?",
    "In total, how long did these awakenings last?",
    "What time was your final awakening?",
    "What time did you get out of bed for the day?",
    "How would you rate the quality of your sleep? (0-10)",
    "Time zone",
)
SLEEPMETER = "wake,sleep,bedtime,holes,type,dreams,aid,hindrances,tags,quality,notes\n"
CUSTOM = 'custom_aid_id,class,name\nCUSTOM_0001,HERBAL,"tea, with "honey"\n"\n\n'
"""A word of the person's own; the app escapes neither quotes nor line ends."""

STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<")


def consensus_csv(person: Person) -> bytes:
    """Return the diary between semicolons, its times as clock readings alone."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(QUESTIONS)
    for entry in _entries(person):
        clocks = [f"{t:%H:%M}" for t in _walls(entry)]
        length = f"{entry.awake_min // 60}:{entry.awake_min % 60:02d}"
        numbers = (f"{entry.latency_min} min", entry.awakenings, length)
        writer.writerow([entry.date, *clocks[:2], *numbers, *clocks[2:], entry.quality, entry.zone])
    return out.getvalue().encode()


def diary_sheet(person: Person) -> bytes:
    """Return the diary as a spreadsheet, its times as cells of a clock reading, a title above the headings."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["My sleep"])
    sheet.append(list(QUESTIONS))
    for entry in _entries(person):
        clocks = [t.time() for t in _walls(entry)]
        numbers = (entry.latency_min, entry.awakenings, dt.timedelta(minutes=entry.awake_min))
        sheet.append([entry.date, *clocks[:2], *numbers, *clocks[2:], entry.quality, entry.zone])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(book: bytes) -> bytes:
    """Return a workbook without the time at which it was written, so that the same diary is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = STAMP.sub(b"2025-01-01T00:00:00Z<", old.read(member))
            info = zipfile.ZipInfo(member.filename, (2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return out.getvalue()


def sleepmeter_csv(person: Person) -> bytes:
    """Return ``sleep_history.csv`` of the app: newest first, one hole for all that was lain awake."""
    rows = [_row(entry) for entry in _entries(person)]
    return (CUSTOM + SLEEPMETER + "".join(rows[::-1])).encode()


def _entries(person: Person) -> Iterator[DiaryEntry]:
    return (night.diary for night in person.nights if night.diary is not None)


def _walls(entry: DiaryEntry) -> list[dt.datetime]:
    tz = zone(entry.zone)
    instants = (entry.attempt, entry.attempt, entry.final_awakening, entry.out_of_bed)
    return [t.astimezone(tz) for t in instants]


def _row(entry: DiaryEntry) -> str:
    tz = zone(entry.zone)
    slept = entry.attempt + dt.timedelta(minutes=entry.latency_min)
    stamps = ",".join(f'"{t.astimezone(tz):%Y-%m-%d %H:%M%z}"' for t in (entry.final_awakening, slept, entry.attempt))
    whole = int((entry.final_awakening - slept) / dt.timedelta(minutes=1))
    first = (whole - entry.awake_min) // 2
    hole = f"{first}-{first + entry.awake_min}" if entry.awake_min else ""
    return f'{stamps},{hole},NIGHT_SLEEP,NONE,NONE,NONE,NONE,{entry.quality},"a note, "quoted"\nand broken"\n'
