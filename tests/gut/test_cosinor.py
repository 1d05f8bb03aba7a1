"""Cosinor against known cosines, simulated coverage, and the published results of Kronos (GPL, read where shared)."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError
from noctiflora.gut import cosinor, cosinor_groups, expect_one_person
from tests.gut.shared import ROOT, needs_samples


@given(st.floats(-5, 5), st.floats(0.1, 9), st.floats(0, 23.99), st.sampled_from([12.0, 24.0, 24.5]))
@settings(max_examples=50, deadline=None)
def test_a_clean_cosine_comes_back(mesor: float, amplitude: float, peak: float, period: float) -> None:
    t = np.array([0.0, 3, 5, 9, 14, 20, 26, 31])
    peak %= period
    fit = cosinor(mesor + amplitude * np.cos(2 * np.pi * (t - peak) / period), t, period_h=period)
    assert fit.mesor[0] == pytest.approx(mesor, abs=1e-9)
    assert fit.amplitude[0] == pytest.approx(amplitude, rel=1e-9)
    apart = abs(fit.acrophase_h[0] - peak)
    assert min(apart, period - apart) < 1e-6
    assert fit.p[0] < 1e-6


def test_errors_hold_what_they_promise() -> None:
    rng = np.random.default_rng(20241)
    t = rng.uniform(0, 24, 60)
    y = 2 + 1.5 * np.cos(2 * np.pi * (t - 6) / 24) + rng.normal(0, 1, (4000, 60))
    fit = cosinor(y, t)
    for value, se, truth in (
        (fit.mesor, fit.mesor_se, 2.0),
        (fit.amplitude, fit.amplitude_se, 1.5),
        (fit.acrophase_h, fit.acrophase_se_h, 6.0),
    ):
        z = (value - truth) / se
        # 95 % of the t distribution with 57 degrees lies within 2.002; 4,000 draws have an error of 0.35 points
        assert np.mean(np.abs(z) < 2.002) == pytest.approx(0.95, abs=0.02)


def test_under_no_rhythm_p_is_uniform() -> None:
    rng = np.random.default_rng(20242)
    t = rng.uniform(0, 24, 30)
    groups = ["A"] * 15 + ["B"] * 15
    y = rng.normal(0, 1, (4000, 30))
    for p in (cosinor(y, t).p, cosinor_groups(y, t, groups).p_differ):
        assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.015)


def test_groups_that_differ_in_phase_are_told_apart() -> None:
    rng = np.random.default_rng(20243)
    t = np.tile(np.arange(0.0, 24, 2), 4)
    groups = ["A"] * 24 + ["B"] * 24
    shift = np.where(np.array(groups) == "A", 3, 12)
    y = np.cos(2 * np.pi * (t - shift) / 24) + rng.normal(0, 0.3, t.size)
    found = cosinor_groups(y, t, groups)
    assert found.groups == ("A", "B")
    assert found.p_differ[0] < 1e-6
    assert found.fits[1].acrophase_h[0] == pytest.approx(12, abs=0.7)


@pytest.mark.parametrize(
    ("values", "hours", "period"),
    [
        ([1, 2, 3], [1, 2], 24),
        ([1, 2, 3], [1, 2, 3], 24),
        ([1, 2, 3, 4], [1, 1, 25, 2], 24),
        ([1, 2, 3, float("nan")], [1, 2, 3, 4], 24),
        ([1, 2, 3, 4], [1, 2, 3, 4], 0),
    ],
)
def test_series_that_carry_no_cosine_are_refused(values: list[float], hours: list[float], period: float) -> None:
    with pytest.raises(RangeError):
        cosinor(values, hours, period_h=period)


def test_one_person_needs_six_clock_times_over_three_days() -> None:
    expect_one_person([1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 3, 3])
    with pytest.raises(RangeError, match="not assessable"):
        expect_one_person([1, 2, 3, 4, 5, 29], [1, 1, 2, 2, 3, 3])
    with pytest.raises(RangeError, match="not assessable"):
        expect_one_person([1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 2, 2])
    with pytest.raises(RangeError, match="two or more"):
        cosinor_groups([1, 2, 3, 4], [1, 7, 13, 19], ["A"] * 4)


@needs_samples
def test_published_results_of_kronos() -> None:
    folder = ROOT / "circadian"
    with (folder / "kronos_bigdata.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))
    with (folder / "kronos_bigmeta.tsv").open(encoding="utf-8") as stream:
        meta = {r[1]: (r[2], float(r[3])) for r in list(csv.reader(stream, delimiter="\t"))[1:]}
    with (folder / "kronos_bigdata_RhythmicityResults.csv").open(encoding="utf-8") as stream:
        expected = list(csv.DictReader(stream))
    y = np.array([[float(x) for x in r[1:]] for r in rows[1:]])
    hours = np.array([meta[i][1] for i in rows[0][1:]])
    found = cosinor_groups(y, hours, [meta[i][0] for i in rows[0][1:]])
    for group, fit in zip(found.groups, found.fits, strict=True):
        for name, mine in (("p.val", fit.p), ("amplitude", fit.amplitude), ("acro", fit.acrophase_h), ("r.sq", fit.r2)):
            np.testing.assert_allclose(mine, [float(r[f"{group}_{name}"]) for r in expected], rtol=1e-10)
    np.testing.assert_allclose(found.p_differ_by_term, [float(r["Group:Time_p.val"]) for r in expected], rtol=1e-10)
