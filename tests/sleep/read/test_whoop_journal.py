import io

import pytest

from noctiflora.core import FormatError
from noctiflora.sleep import Exposure, Reading, read
from noctiflora.sleep.read._whoop_journal import sniff
from tests.sleep.vendors import JOURNAL_HEAD as HEAD
from tests.sleep.vendors import JOURNAL_ROW as ROW


def reading(text: str) -> Reading:
    return read(io.BytesIO(text.encode()), "journal_entries.csv")


def told(text: str) -> list[Exposure]:
    return list(reading(text).exposures)


def test_an_answer() -> None:
    (one,) = told(HEAD + ROW)
    assert (one.source, str(one.date), one.question, one.answer, one.note) == (
        "whoop",
        "2026-01-03",
        "Have any alcoholic drinks?",
        True,
        "Wine, two glasses",
    )


def test_a_cycle_that_starts_after_midnight_keeps_its_date() -> None:
    assert [str(e.date) for e in told(HEAD + ROW.replace("2026-01-02 23", "2026-01-03 01"))] == ["2026-01-03"]


def test_without_the_end_of_the_cycle_and_in_another_language() -> None:
    head = "Cycle start time,Cycle timezone,Question text,Answered yes/no,Notes\n"
    short = head + "2026-01-02 23:00:00,UTC+01:00,Coffee?,false,\n"
    assert [(e.question, e.answer) for e in told(short)] == [("Coffee?", False)]
    spanish = "Inicio,Fin,Zona horaria,Pregunta,Respondió sí,Notas\n" + ROW
    assert [e.answer for e in told(spanish)] == [True]


def test_an_open_answer_is_unknown() -> None:
    assert [e.answer for e in told(HEAD + ROW.replace("true", ""))] == [None]


def test_bad_rows_are_counted() -> None:
    found = reading(HEAD + ROW + ROW.replace("2026-01-02", "2026-99-02"))
    assert (len(found.exposures), found.skipped[0].place) == (1, "line 3")
    with pytest.raises(FormatError, match="cannot be read"):
        reading(HEAD + ROW.replace("2026-01-02", "2026-99-02"))


def test_a_journal_holds_no_sleep_and_other_tables_are_no_journal() -> None:
    assert reading(HEAD + ROW).episodes == ()
    assert not sniff(b"a,b,c,d,e,f\n1,2,3,4,5,6\n")
    assert not sniff(b"")
