"""Tests of the series, the doses and the check-ins."""

import csv
import datetime as dt
import io
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import Outcome
from noctiflora.intake import ITEMS, check_entry, doubts
from noctiflora.sample import PRODUCT, Person, check_ins, doses, series
from noctiflora.trial import Arm, Schedule, parse_series


def _rows(someone: Person, outcome: Outcome | str = Outcome.EFFICIENCY) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(series(someone, outcome))))


def test_each_night_has_its_row_and_gaps_are_blank(someone: Person) -> None:
    rows = _rows(someone)
    assert [int(r["night"]) for r in rows] == list(range(1, 197))
    for row, night in zip(rows, someone.nights, strict=True):
        assert (row["y"] == "") == (night.diary is None)
        assert float(row["dose"]) == (night.dose_taken if night.dose_logged else night.dose_assigned)
        assert row["weekend"] == str(int(night.date.isoweekday() > 5))
        if night.diary:
            assert float(row["y"]) == pytest.approx(night.diary.efficiency, abs=1e-4)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_can_be_told(someone: Person, outcome: Outcome) -> None:
    found = [float(r["y"]) for r in _rows(someone, str(outcome)) if r["y"]]
    assert len(set(found)) > 5
    assert min(found) >= 0
    assert outcome not in (Outcome.RATING, Outcome.EFFICIENCY) or max(found) <= (
        10 if outcome is Outcome.RATING else 100
    )


def test_doses_are_those_of_the_trial_and_unlogged_ones_unknown(someone: Person) -> None:
    log = doses(someone)
    assert len(log) == 168
    assert log[0].night == someone.nights[28].date
    assert {d.product for d in log} == {PRODUCT}
    by_date = {n.date: n for n in someone.nights}
    for dose in log:
        night = by_date[dose.night]
        assert dose.taken == (night.dose_taken if night.dose_logged else None)
        assert dose.assigned == night.dose_assigned
    assert any(d.taken is None for d in log)


def test_the_sealed_log_is_the_same_whatever_the_capsules_hold(someone: Person) -> None:
    swapped = {Arm.PRODUCT: Arm.COMPARATOR, Arm.COMPARATOR: Arm.PRODUCT, Arm.RUN_IN: Arm.RUN_IN}
    periods = tuple(replace(p, arm=swapped[p.arm]) for p in someone.course.schedule.periods)
    twin = replace(someone, course=replace(someone.course, schedule=Schedule(periods=periods)))
    assert doses(someone, sealed=True) == doses(twin, sealed=True)
    sealed = doses(someone, sealed=True)
    assert len({d.product for d in sealed}) == 6
    assert all(d.assigned is None for d in sealed)
    missed = [d.taken for d in sealed if d.taken is not None]
    assert 0.85 < sum(missed) / len(missed) < 0.99


def test_check_ins_are_made_on_diary_mornings(someone: Person) -> None:
    made = [c.date for c in check_ins(someone) if c.item == "quality"]
    assert made == [n.date for n in someone.nights if n.diary]
    entries = check_ins(someone)
    assert all(check_entry(e) is e for e in entries)
    assert {e.item for e in entries} < set(ITEMS)
    by_date: dict[dt.date, dict[str, float]] = {}
    for e in entries:
        by_date.setdefault(e.date, {})[e.item] = e.value
    assert not any(doubts(values) for values in by_date.values())
    assert sum(v["travel"] for v in by_date.values()) >= 4
    assert sum("capsule" in v for v in by_date.values()) > 140


def test_the_clock_times_of_a_check_in_give_the_diarys_efficiency(someone: Person) -> None:
    values = {(c.date, c.item): c.value for c in check_ins(someone)}
    for night in someone.nights:
        if night.diary is None or night.date in (dt.date(2024, 10, 27), dt.date(2025, 3, 30)):
            continue
        d = night.date
        in_bed = 60 * ((values[d, "rise_time_h"] - values[d, "bed_time_h"]) % 24)
        lying = 60 * ((values[d, "wake_time_h"] - values[d, "bed_time_h"]) % 24)
        slept = lying - values[d, "latency_min"] - values[d, "wake_min"]
        assert 100 * slept / in_bed == pytest.approx(night.diary.efficiency, abs=1e-9)


def test_the_series_is_read_by_the_trial_as_it_was_written(someone: Person) -> None:
    read = parse_series(series(someone), where="series.csv")
    assert len(read.nights) == 196
    assert np.isnan(read.y).sum() == sum(n.diary is None for n in someone.nights)
    assert list(read.covariates) == ["weekend"]
