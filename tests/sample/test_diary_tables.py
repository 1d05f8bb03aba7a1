"""Tests of the writers of other people's diary tables, by an independent reading of what they wrote."""

import csv
import io

import openpyxl

from noctiflora.sample import Person, export
from noctiflora.sample._diary_tables import QUESTIONS


def test_the_questions_with_clock_readings_alone(shortly: Person) -> None:
    rows = list(csv.DictReader(io.StringIO(export(shortly, "diary_questions").decode()), delimiter=";"))
    written = [n.diary for n in shortly.nights if n.diary]
    assert tuple(rows[0]) == QUESTIONS
    assert [row[QUESTIONS[0]] for row in rows] == [str(e.date) for e in written]
    assert all(len(row[QUESTIONS[6]]) == 5 for row in rows)


def test_the_spreadsheet_holds_the_same_and_no_time_of_writing(shortly: Person) -> None:
    data = export(shortly, "diary_sheet")
    assert data == export(shortly, "diary_sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert tuple(rows[1]) == QUESTIONS
    assert len(rows) - 2 == sum(n.diary is not None for n in shortly.nights)


def test_sleepmeter_breaks_its_own_quotes(shortly: Person) -> None:
    text = export(shortly, "sleepmeter").decode()
    assert text.startswith("custom_aid_id,")
    assert text.count("NIGHT_SLEEP") == sum(n.diary is not None for n in shortly.nights)
    assert '"quoted"\nand broken"' in text
