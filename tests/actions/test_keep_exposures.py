"""Answers of a journal: kept where they mean an item of the entry, below what was entered, never twice."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import check_in, import_files
from noctiflora.actions._keep_exposures import KeptAnswers, keep_exposures, meaning
from noctiflora.intake import ITEMS
from noctiflora.sleep import Exposure
from noctiflora.store import Store
from tests.sleep.vendors import JOURNAL_HEAD

DAY = dt.date(2025, 1, 6)


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("Have any alcoholic drinks?", "alcohol"),
        ("Consumed caffeine late in the day?", "late_caffeine"),
        ("Have any caffeine?", None),
        ("Ate food close to bedtime?", "late_meal"),
        ("Ate meat?", None),
        ("Feeling sick or ill?", "illness"),
        ("Still full at night?", None),
        ("Traveled on a plane?", "travel"),
        ("Slept away from home?", "travel"),
        ("¿Bebiste?", None),
    ],
)
def test_a_question_means_an_item_or_none(question: str, item: str | None) -> None:
    assert meaning(question) == item
    assert item is None or item in ITEMS


def answer(question: str, yes: bool | None, days: int = 0) -> Exposure:
    return Exposure(source="whoop", date=DAY + dt.timedelta(days=days), question=question, answer=yes)


def entries(store: Store) -> dict[tuple[dt.date, str], float]:
    return {(e.date, e.item): e.value for e in store.diary.checkins()}


def test_what_was_entered_goes_before(store: Store) -> None:
    check_in(store, DAY, {"alcohol": 0.0}, today=DAY)
    journal = [
        *(answer("Any alcohol?", True), answer("Any alcohol?", True, 1), answer("Feeling sick?", None)),
        *(answer("Slept away from home?", False), answer("Traveled on a plane?", True), answer("Used a sauna?", True)),
    ]
    assert keep_exposures(store, journal) == KeptAnswers(kept=2, before=1, left=("Used a sauna?",))
    after = entries(store)
    assert after == {(DAY, "alcohol"): 0.0, (DAY, "travel"): 1.0, (DAY + dt.timedelta(days=1), "alcohol"): 1.0}
    assert keep_exposures(store, journal).kept == 0
    assert entries(store) == after


def test_an_imported_journal_is_kept_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "journal_entries.csv"
    rows = [
        f"2026-01-0{day} 23:00:00,,UTC+01:00,{question},{told},"
        for day in (2, 3)
        for question, told in (("Have any alcoholic drinks?", "true"), ("Have a sauna?", "false"))
    ]
    path.write_text(JOURNAL_HEAD + "\n".join(rows) + "\n")
    (file,) = import_files(store, [path], zone=None).files
    (part,) = file.parts
    assert (part.n_answers, part.n_kept, part.left) == (4, 2, ("Have a sauna?",))
    assert set(entries(store)) == {(dt.date(2026, 1, 3), "alcohol"), (dt.date(2026, 1, 4), "alcohol")}
    store.diary.remove_checkin(dt.date(2026, 1, 3), "alcohol")
    (again,) = import_files(store, [path], zone=None).files
    assert again.outcome is not None
    assert again.outcome.already
    assert set(entries(store)) == {(dt.date(2026, 1, 4), "alcohol")}
