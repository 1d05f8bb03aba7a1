"""Writer of a WHOOP account export, its tables in English or in Spanish."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence

from noctiflora.core import offset_min, zone
from noctiflora.sample._google import numbered
from noctiflora.sample._records import Person, Slept
from noctiflora.sleep import Stage

SLEEPS = (
    "Cycle start time",
    "Cycle end time",
    "Cycle timezone",
    "Sleep onset",
    "Wake onset",
    "Sleep performance %",
    "Respiratory rate (rpm)",
    "Asleep duration (min)",
    "In bed duration (min)",
    "Light sleep duration (min)",
    "Deep (SWS) duration (min)",
    "REM duration (min)",
    "Awake duration (min)",
    "Sleep need (min)",
    "Sleep debt (min)",
    "Sleep efficiency %",
    "Sleep consistency %",
    "Nap",
)
JOURNAL = ("Cycle start time", "Cycle end time", "Cycle timezone", "Question text", "Answered yes", "Notes")
QUESTIONS = ("Have any alcoholic drinks?", "Took a probiotic supplement?")
BLANK_EVERY = 60
"""Each so many rows one without numbers follows, as seen in real exports (1 of 183, 8 of 969)."""


def whoop_export(person: Person) -> bytes:
    """Return the zip of an account export, newest rows first, the running cycle without an end."""
    sleeps = [slept for _, slept in numbered(person)][::-1]
    nights = {night.slept.bed_start for night in person.nights}
    tables = {
        "sleeps.csv": (SLEEPS, list(_rows(sleeps, nights))),
        "physiological_cycles.csv": (_cycle_columns(), list(_cycles(sleeps))),
        "journal_entries.csv": (JOURNAL, list(_journal(sleeps))),
    }
    out = io.BytesIO()
    day = person.nights[-1].date
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (columns, rows) in tables.items():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(columns)
            writer.writerows(rows)
            info = zipfile.ZipInfo(f"my_whoop_data/{name}", (day.year, day.month, day.day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.getvalue())
    return out.getvalue()


def _cycle(sleeps: Sequence[Slept], k: int) -> tuple[str, str, str]:
    slept = sleeps[k]
    return _wall(slept, slept.bed_start), _wall(sleeps[k - 1], sleeps[k - 1].bed_start) if k else "", _zone(slept)


def _rows(sleeps: Sequence[Slept], nights: set[dt.datetime]) -> Iterator[Sequence[object]]:
    for k, slept in enumerate(sleeps):
        yield (
            *_cycle(sleeps, k),
            *(_wall(slept, slept.bed_start), _wall(slept, slept.bed_end), 90, 14.2),
            *(round(slept.tst_min), round(slept.tib_min)),
            *(round(slept.stage_min(s)) for s in (Stage.LIGHT, Stage.DEEP, Stage.REM)),
            *(round(slept.tib_min - slept.tst_min), 480, 30, round(100 * slept.tst_min / slept.tib_min), 80),
            "false" if slept.bed_start in nights else "true",
        )
        if k % BLANK_EVERY == BLANK_EVERY - 1:
            yield (*_cycle(sleeps, k), *[""] * (len(SLEEPS) - 4), "false")


def _cycle_columns() -> tuple[str, ...]:
    return (*SLEEPS[:3], "Recovery score %", "Day Strain", *SLEEPS[3:-1])


def _cycles(sleeps: Sequence[Slept]) -> Iterator[Sequence[object]]:
    for k, slept in enumerate(sleeps):
        yield (*_cycle(sleeps, k), 60, 11.2, _wall(slept, slept.bed_start), _wall(slept, slept.bed_end), 90)


def _journal(sleeps: Sequence[Slept]) -> Iterator[Sequence[object]]:
    for k in range(len(sleeps)):
        for n, question in enumerate(QUESTIONS):
            yield (*_cycle(sleeps, k), question, "true" if (k + n) % 3 == 0 else "false", "")


def _wall(slept: Slept, instant: dt.datetime) -> str:
    """Return local time; WHOOP keeps one offset through a cycle, that of its start."""
    shift = offset_min(slept.bed_start, zone(slept.zone))
    return f"{instant + dt.timedelta(minutes=shift):%Y-%m-%d %H:%M:%S}"


def _zone(slept: Slept) -> str:
    shift = offset_min(slept.bed_start, zone(slept.zone))
    return f"UTC{'-' if shift < 0 else '+'}{abs(shift) // 60:02d}:{abs(shift) % 60:02d}"
