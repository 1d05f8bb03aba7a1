"""Corrections outlive imports."""

import datetime as dt
from typing import Any

import pytest

from noctiflora.core import RangeError
from noctiflora.store import EditRow, Store

DAY = dt.date(2025, 1, 2)


def test_a_correction_comes_back_with_its_kind_of_value(store: Store, clock: Any) -> None:
    for field, value in {"tst_min": 400.25, "note": "late\x00 \ud800train", "waso_min": None}.items():
        assert store.edits.save(DAY, field, value) == EditRow(date=DAY, field=field, value=value, at=clock.at)
    assert [(e.field, e.value) for e in store.edits.all()] == [
        ("note", "late\x00 \ud800train"),
        ("tst_min", 400.25),
        ("waso_min", None),
    ]


def test_the_newest_correction_counts(store: Store, clock: Any) -> None:
    store.edits.save(DAY, "tst_min", 400.0)
    clock.at += dt.timedelta(hours=1)
    newest = store.edits.save(DAY, "tst_min", 410.0)
    assert store.edits.all() == (newest,)


def test_no_import_touches_a_correction(store: Store, sleep_of: Any, batch_of: Any) -> None:
    store.imports.save(batch_of("a", sleep_of(0), reading="x"))
    edit = store.edits.save(DAY, "tst_min", 400.0)
    store.imports.save(batch_of("a", sleep_of(0)))
    store.imports.save(batch_of("b", sleep_of(0, hours=8)))
    store.imports.save(batch_of("a", reading="y"))
    assert store.edits.all() == (edit,)


def test_taking_back(store: Store) -> None:
    for field in ("a", "b", "c"):
        store.edits.save(DAY, field, 1.0)
    store.edits.save(DAY + dt.timedelta(days=1), "a", 1.0)
    assert store.edits.remove(DAY, "a") == 1
    assert store.edits.remove(DAY, "a") == 0
    assert store.edits.remove(DAY) == 2
    assert len(store.edits.all()) == 1


def test_a_correction_is_a_finite_number(store: Store) -> None:
    with pytest.raises(RangeError, match="finite"):
        store.edits.save(DAY, "tst_min", float("nan"))
