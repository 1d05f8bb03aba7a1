"""Tests of the WHOOP writer, by an independent reading of what it wrote."""

import csv
import datetime as dt
import io
import zipfile

from noctiflora.sample import Person, export
from noctiflora.sample._google import numbered
from noctiflora.sample._whoop import BLANK_EVERY, JOURNAL, SLEEPS


def table(someone: Person, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(export(someone, "whoop"))) as archive:
        text = archive.read(f"my_whoop_data/{name}").decode()
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text)))


def test_sleeps_are_newest_first_with_rows_of_no_numbers(someone: Person) -> None:
    rows = table(someone, "sleeps.csv")
    assert tuple(rows[0]) == SLEEPS
    assert rows[0]["Cycle end time"] == ""
    starts = [row["Sleep onset"] for row in rows if row["Sleep onset"]]
    assert starts == sorted(starts, reverse=True)
    assert len(rows) - len(starts) == len(starts) // BLANK_EVERY > 0


def test_local_times_and_offset_give_the_instant(shortly: Person) -> None:
    rows = [row for row in table(shortly, "sleeps.csv") if row["Sleep onset"]]
    truth = sorted((slept.bed_start for _, slept in numbered(shortly)), reverse=True)
    for row, start in zip(rows, truth, strict=True):
        zone = row["Cycle timezone"].removeprefix("UTC")
        assert dt.datetime.fromisoformat(row["Sleep onset"] + zone) == start


def test_the_journal_answers_every_cycle(shortly: Person) -> None:
    rows = table(shortly, "journal_entries.csv")
    assert tuple(rows[0]) == JOURNAL
    assert {row["Answered yes"] for row in rows} == {"true", "false"}
    assert len(rows) == 2 * len(list(numbered(shortly)))
