"""The result of a finished trial: the series it rests on, and the doses as taken."""

import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from noctiflora.actions import import_files
from noctiflora.actions._result import expected_effect, result, run_in, trial_priors
from noctiflora.core import Outcome
from noctiflora.sample import Person, Vendor, check_ins, doses, export
from noctiflora.store import Store
from noctiflora.trial import Dose
from tests.actions.test_trial_document import PLAN


def finished(store: Store, sample: Person, folder: Path) -> None:
    path = folder / "diary.csv"
    path.write_bytes(export(sample, Vendor.DIARY))
    import_files(store, [path], zone=sample.home)
    store.diary.save_checkins(check_ins(sample))
    store.diary.save_doses(doses(sample, product="x"))


def test_the_series_is_that_of_the_diary(store: Store, sample: Person, tmp_path: Path) -> None:
    finished(store, sample, tmp_path)
    plan = replace(PLAN, first_night=sample.nights[0].date, schedule=sample.course.schedule)
    found = result(store, plan)
    for night, y in zip(sample.nights[28:], found.series.y, strict=True):
        assert math.isnan(y) if night.diary is None else math.isclose(y, night.diary.efficiency, abs_tol=0.01)
    assert found.doses_planned == int(sum(plan.schedule.dose))
    assert 0 < found.doses_taken <= found.doses_planned


def test_a_rating_is_taken_from_the_check_ins(store: Store, sample: Person, tmp_path: Path) -> None:
    finished(store, sample, tmp_path)
    plan = replace(
        PLAN, first_night=sample.nights[0].date, schedule=sample.course.schedule, outcome=Outcome.RATING, useful=0.5
    )
    found = result(store, plan)
    wanted = [math.nan if n.diary is None else float(n.diary.quality) for n in sample.nights[28:]]
    np.testing.assert_array_equal(found.series.y, wanted)


def test_a_missed_dose_counts_as_missed(store: Store, sample: Person, tmp_path: Path) -> None:
    finished(store, sample, tmp_path)
    plan = replace(PLAN, first_night=sample.nights[0].date, schedule=sample.course.schedule)
    before = result(store, plan)
    night = next(plan.date_of(n) for n in range(29, 85) if plan.schedule.dose[n - 1] > 0)
    store.diary.save_doses([Dose(night=night, product="x", taken=0.0, assigned=1.0)])
    after = result(store, plan)
    assert after.doses_taken in (before.doses_taken, before.doses_taken - 1)
    assert after.series.dose[(night - plan.date_of(29)).days] == 0.0


def test_a_short_run_in_sets_no_scale() -> None:
    expected = expected_effect(PLAN)
    few, many = np.array([80.0, 81.0]), np.arange(70.0, 90.0)
    assert "mu" not in trial_priors(PLAN, expected, few).coefficients
    assert trial_priors(PLAN, expected, many).coefficients["mu"].mean == many.mean()
    assert run_in(PLAN, dict.fromkeys(range(1, 100), 80.0)).size == 28
    assert dt.date(2025, 1, 1) == PLAN.first_night
