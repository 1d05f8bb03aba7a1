"""How regular the nights are, and how they are built."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import import_files, list_nights, list_rhythm
from noctiflora.core import RangeError
from noctiflora.sample import Person
from noctiflora.sleep import regularity_windows, sleep_debt, summarise
from noctiflora.store import Store
from tests.actions.conftest import NOW
from tests.actions.test_list_nights import fill

TODAY = NOW.date()


def test_the_sample_person(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    rows = {m.measure: m for m in list_rhythm(store, today=TODAY, need_min=480)}
    found = list_nights(store)
    whole = summarise(found.nights, naps=found.naps)
    assert whole.regularity is not None
    assert rows["sleep regularity index"].value == whole.regularity.sri
    assert len(rows["sleep regularity index"].published) == 2
    last = regularity_windows(found.nights, found.naps)[-1]
    assert last.regularity is not None
    assert rows[f"regularity, 4 weeks to {last.last}"].value == last.regularity.sri
    debt = sleep_debt([*found.nights, *found.naps], need_min=480, last=found.nights[-1].date)
    assert debt is not None
    assert rows["sleep debt"].value == debt.debt_min
    stability = rows["interdaily stability of sleep"].value
    assert stability is not None
    assert 0 < stability < 1
    assert rows["deep sleep"].value is not None
    assert all(m.definition and m.rests_on for m in rows.values())


def test_without_nights_nothing_is_told(store: Store) -> None:
    found = list_rhythm(store, today=TODAY, need_min=480)
    assert {m.value for m in found} == {None}
    assert not any(m.measure == "sleep debt" for m in list_rhythm(store, today=TODAY))


def test_an_impossible_need_is_refused(store: Store) -> None:
    with pytest.raises(RangeError, match="need"):
        list_rhythm(store, today=TODAY, need_min=1500)


def test_midsleep_of_free_days_is_corrected_for_sleeping_in(store: Store, tmp_path: Path) -> None:
    lines = ["date,lights_out,final_awakening,sol_min,waso_min"]
    for day in range(6, 20):  # from a Monday on: six hours to 6:00, on free days nine hours to 9:00
        wake = 9 if dt.date(2025, 1, day).weekday() in (5, 6) else 6
        lines.append(f"2025-01-{day:02d},2025-01-{day:02d}T00:00,2025-01-{day:02d}T{wake:02d}:00,0,0")
    (tmp_path / "diary.csv").write_text("\n".join(lines))
    import_files(store, [tmp_path / "diary.csv"], zone="Europe/Berlin")
    rows = {m.measure: m for m in list_rhythm(store, today=dt.date(2025, 1, 20))}
    found = rows["midsleep on free days, corrected for sleeping in"]
    week = (5 * 6 + 2 * 9) / 7
    assert found.value == pytest.approx(4.5 - (9 - week) / 2)
    assert found.rests_on == "4 free, 10 working nights"
