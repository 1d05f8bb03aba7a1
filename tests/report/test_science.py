from dataclasses import replace

import pytest

from noctiflora.core import Outcome
from noctiflora.report._effect import Measure
from noctiflora.report._science import effect_curves, evidence_basis, evidence_drawing, evidence_rows, method
from noctiflora.report.chart import Mark
from noctiflora.trial import Status
from tests.report.made_up import assessed, evidence, full, posterior

MEASURE = Measure(outcome=Outcome.EFFICIENCY, tib_min=480)


def test_evidence_is_turned_so_that_right_is_better() -> None:
    rows = {r.mark: r for r in evidence_rows(evidence())}
    assert rows[Mark.REVIEW].centre == pytest.approx(0.59)
    assert (rows[Mark.REVIEW].low, rows[Mark.REVIEW].high) == pytest.approx((0.35, 0.83))
    assert rows[Mark.POPULATION].centre == pytest.approx(3 * 0.197)
    person = rows[Mark.NEW_PERSON]
    assert person.low == pytest.approx(3 * (0.197 - 1.6449 * 0.244), abs=1e-3)
    assert person.low < 0 < person.high


def test_without_a_conversion_the_review_in_points_is_not_mixed_in() -> None:
    rows = evidence_rows(replace(evidence(), psqi_sd=None))
    assert Mark.REVIEW not in {r.mark for r in rows}
    figure = evidence_drawing(replace(evidence(), psqi_sd=None))
    assert figure is not None
    assert "standard deviations" in figure.caption


def test_no_evidence_is_no_drawing() -> None:
    assert evidence_drawing(None) is None
    bare = replace(evidence(), review_psqi=None, population_smd=None, predictive=None)
    assert evidence_drawing(bare) is None


def test_the_basis_names_trials_and_people() -> None:
    assert evidence_basis(evidence()) == "Review of 2026: 13 randomised trials with 890 people."
    assert "unknown number" in evidence_basis(replace(evidence(), n_trials=None))


def test_the_method_names_engine_priors_and_seed() -> None:
    rows = dict(method(full(), MEASURE))
    assert rows["Engine"].startswith("gauss")
    assert rows["Pareto k of the weights"] == "0.12"
    assert rows["Random numbers"] == "scrambled Sobol, seed 20260101"
    assert rows["Order"] == "4 periods of 42 nights, drawn by chance, sealed until the end"
    assert rows["Nights to build up"].startswith("centre 13.5")
    assert "%" not in " ".join(rows.values())
    assert method(assessed(), MEASURE) == ()


def test_curves_need_a_settled_result() -> None:
    assert effect_curves(full()) is not None
    assert effect_curves(full(None, replace(posterior(), status=Status.NOT_CONVERGED))) is None
    data = full()
    assert data.trial is not None
    alone = effect_curves(replace(data, trial=replace(data.trial, prior=None, vague_sd=None)))
    assert alone is not None
    assert alone.prior is None
    assert alone.evidence is None
