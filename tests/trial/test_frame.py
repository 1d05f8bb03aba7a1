"""The arrays of the engine, and what is filled in when a prior is left out."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import RangeError
from noctiflora.trial import Prior, Priors, Series, posterior
from noctiflora.trial import _defaults as defaults
from noctiflora.trial._frame import EXPECTATION, WEEKDAYS, fill, frame
from noctiflora.trial._priors import HYPER
from tests.trial.worlds import PRIORS, drawn


def series(**changes: object) -> Series:
    told = {"nights": [1, 2, 5, 6], "y": [10.0, np.nan, 14.0, 30.0], "dose": [0.0, 1.0, 0.5, 0.0], **changes}
    return Series(**told)  # type: ignore[arg-type]


def test_the_calendar_is_filled_and_carries_the_last_dose() -> None:
    data = frame(series(), fill(series(), Priors())[0])
    assert data.dose.tolist() == [0, 1, 1, 1, 0.5, 0]
    assert data.seen.tolist() == [True, False, False, False, True, True]


def test_columns_are_centred_and_scaled_by_their_priors() -> None:
    nights = series(covariates={"x": [1.0, 2.0, 3.0, 4.0]})
    priors = Priors(
        coefficients={"mu": Prior(mean=10, sd=5), "trend": Prior(mean=1, sd=2), "x": Prior(mean=2, sd=3)},
    )
    data = frame(nights, fill(nights, priors)[0])
    s = (np.arange(6) - 2.5) / 28
    assert data.cols[0, 1:] == pytest.approx([5, 2 * s[0], 3 * 1])
    assert data.cols[5, 0] == pytest.approx(30 - 10 - s[5] - 2 * 4)


def test_a_fixed_coefficient_leaves_the_columns() -> None:
    priors = Priors(coefficients={"trend": Prior(mean=7, sd=0)})
    data = frame(series(), fill(series(), priors)[0])
    assert data.cols.shape == (6, 2)
    assert data.scale[1] == 0


def test_a_given_trend_regressor_replaces_the_built_in_one() -> None:
    nights = series(s=[5.0, 6.0, 7.0, 8.0])
    priors = Priors(coefficients={"trend": Prior(mean=0, sd=1)})
    assert frame(nights, fill(nights, priors)[0]).cols[[0, 4, 5], 2].tolist() == [5, 7, 8]


def test_defaults_follow_the_spread_of_the_nights_and_say_so() -> None:
    full, notes = fill(series(), Priors())
    spread = np.std([10, 14, 30], ddof=1)
    assert full.coefficients["mu"].mean == 14
    assert full.coefficients["mu"].sd == pytest.approx(15 / 8.4 * spread)
    assert full.coefficients["trend"].sd == pytest.approx(2 / 8.4 * spread)
    assert full.hyper["log_sigma"] == Prior(mean=pytest.approx(np.log(spread)), sd=0.5)
    assert full.vague_sd == pytest.approx(spread)
    assert set(full.hyper) == set(HYPER)
    assert len(notes) == 3


def test_a_given_log_sigma_sets_the_scale_in_place_of_the_nights() -> None:
    full, notes = fill(series(), Priors(hyper={"log_sigma": Prior(mean=np.log(8.4), sd=0.1)}))
    assert full.coefficients["trend"].sd == pytest.approx(2)
    assert not any("SD of the nights" in note for note in notes)


def test_scale_of_the_outcome_scales_every_default() -> None:
    small, _ = fill(series(), Priors())
    large, _ = fill(series(y=1000 * series().y), Priors())
    for name in ("mu", "trend"):
        assert large.coefficients[name].sd == pytest.approx(1000 * small.coefficients[name].sd)
    assert large.theta is not None
    assert small.theta is not None
    assert large.theta[0].sd == pytest.approx(1000 * small.theta[0].sd)


def test_a_graded_covariate_is_scaled_and_a_yes_no_one_is_not() -> None:
    priors = Priors(hyper={"log_sigma": Prior(mean=np.log(8.4), sd=0.1)})
    nights = series(covariates={"grams": [0.0, 10.0, 20.0, 30.0], "late": [0.0, 1.0, 1.0, 0.0], "same": [5.0] * 4})
    full, _ = fill(nights, priors)
    assert full.coefficients["grams"].sd == pytest.approx(3 / np.std([0, 10, 20, 30]))
    assert full.coefficients["late"].sd == pytest.approx(3)
    assert full.coefficients["same"].sd == pytest.approx(3)


@pytest.mark.parametrize("y", [[np.nan] * 4, [5.0, np.nan, np.nan, np.nan], [5.0, 5.0, 5.0, 5.0]])
def test_nights_that_tell_no_spread_are_taken_as_one_unit(y: list[float]) -> None:
    full, notes = fill(series(y=y), Priors())
    assert full.hyper["log_sigma"].mean == np.log(defaults.UNKNOWN_SD)
    assert any("could not be told" in note for note in notes)


def test_a_prior_of_no_column_is_refused() -> None:
    with pytest.raises(RangeError, match="found alcohol"):
        fill(series(), Priors(coefficients={"alcohol": Prior(mean=0, sd=1)}))


def test_default_kinetics_stand_at_14_and_10_nights() -> None:
    assert np.exp(defaults.HYPER_PRIORS["log_tau_on"].mean) == pytest.approx(14)
    assert np.exp(defaults.HYPER_PRIORS["log_tau_off"].mean) == pytest.approx(10)
    assert set(defaults.HYPER_SOURCES) == set(defaults.HYPER_PRIORS)


def test_weekdays_sum_to_zero_and_keep_their_prior_where_nothing_is_seen() -> None:
    monday = dt.date(2026, 3, 2)
    series = Series(
        nights=np.arange(1, 15), y=np.full(14, np.nan), dose=np.zeros(14),
        dates=tuple(monday + dt.timedelta(days=k) for k in range(14)),
    )  # fmt: skip
    priors = Priors(weekday=True, coefficients={"weekday": Prior(mean=0.0, sd=2.0)})
    data = frame(series, fill(series, priors)[0])
    assert data.names[2:] == WEEKDAYS
    columns = data.cols[:, 3:] / 2.0
    assert columns.sum(axis=1) == pytest.approx(np.zeros(14))
    assert columns[0] == pytest.approx([6 / 7, *[-1 / 7] * 6])
    # N(0, 2^2) less the mean of seven
    assert posterior(series, priors).params["weekday_tue"].sd == pytest.approx(2 * np.sqrt(6 / 7), rel=1e-3)


def test_weekdays_are_told_as_effects_that_sum_to_zero() -> None:
    series, _ = drawn(np.random.default_rng(5))
    sunday = dt.date(2026, 3, 1)
    dates = tuple(sunday + dt.timedelta(days=k) for k in range(84))
    series = replace(series, dates=dates, y=series.y + 9.0 * np.array([d.weekday() == 4 for d in dates]))
    found = posterior(series, replace(PRIORS, weekday=True)).params
    effects = [found[name].mean for name in WEEKDAYS]
    assert sum(effects) == pytest.approx(0.0, abs=1e-6)
    assert int(np.argmax(effects)) == 4


def test_a_known_treatment_has_its_own_column() -> None:
    series, _ = drawn(np.random.default_rng(6))
    known = replace(PRIORS, known=Prior(mean=1.0, sd=1.0))
    data = frame(series, fill(series, known)[0])
    assert data.names[-1] == EXPECTATION
    assert data.cols[:, -1] == pytest.approx((series.dose > 0).astype(float))
    blind, open_label = posterior(series, PRIORS), posterior(series, known)
    assert open_label.theta.sd > blind.theta.sd
    assert EXPECTATION in open_label.params


def test_names_that_fit_no_column_are_refused() -> None:
    series, _ = drawn(np.random.default_rng(7))
    with pytest.raises(RangeError, match="no further product"):
        fill(series, replace(PRIORS, others={"fibre": Prior(mean=0.0, sd=1.0)}))
    with pytest.raises(RangeError, match="weekdays need dates"):
        fill(series, replace(PRIORS, weekday=True))
