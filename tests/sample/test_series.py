"""Tests of the series, the doses and the check-ins."""

import csv
import io

import pytest

from noctiflora.core import Outcome
from noctiflora.sample import PRODUCT, Person, check_ins, doses, series


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
    assert all(d.assigned is None for d in doses(someone, sealed=True))


def test_check_ins_are_made_on_diary_mornings(someone: Person) -> None:
    made = [c.date for c in check_ins(someone) if c.item == "quality"]
    assert made == [n.date for n in someone.nights if n.diary]
    assert all(0 <= c.value <= 10 for c in check_ins(someone) if c.item == "quality")
