"""Covariates that never vary, or that go with the dose, are said to."""

import numpy as np

from noctiflora.trial import Priors, Series, posterior
from noctiflora.trial._covariate_notes import ENTANGLED, covariate_notes
from noctiflora.trial._season_known import BELIEVED
from tests.trial.worlds import periods

DOSE = periods(56, 14)
RNG = np.random.default_rng(1)


def told(**columns: np.ndarray) -> tuple[str, ...]:
    y = 80 + RNG.standard_normal(DOSE.size)
    return covariate_notes(Series(nights=np.arange(1, DOSE.size + 1), y=y, dose=DOSE, covariates=columns))


def test_an_ordinary_covariate_is_not_spoken_of() -> None:
    assert told(alcohol=(np.arange(DOSE.size) % 3 == 0).astype(float)) == ()


def test_a_copy_of_the_dose_is_named_whatever_its_sign_and_scale() -> None:
    [same, turned] = told(copy=DOSE, turned=5 - 3 * DOSE)
    assert same.startswith("copy goes with the dose (correlation 1.00)")
    assert turned.startswith("turned goes with the dose (correlation -1.00)")


def test_half_way_is_not_entangled() -> None:
    half = np.where(np.arange(DOSE.size) % 4 == 0, 1 - DOSE, DOSE)
    assert abs(np.corrcoef(half, DOSE)[0, 1]) < ENTANGLED
    assert told(half=half) == ()


def test_what_varies_on_nights_without_an_outcome_alone_does_not_vary() -> None:
    y = 80 + RNG.standard_normal(DOSE.size)
    y[3] = np.nan
    ill = np.zeros(DOSE.size)
    ill[3] = 1
    nights = Series(nights=np.arange(1, DOSE.size + 1), y=y, dose=DOSE, covariates={"ill": ill})
    assert covariate_notes(nights)[0].startswith("ill is the same")


def test_belief_follows_the_dose_by_design() -> None:
    assert told(**{BELIEVED: DOSE}) == ()


def test_the_posterior_passes_it_on() -> None:
    y = 80 + RNG.standard_normal(DOSE.size)
    nights = Series(nights=np.arange(1, DOSE.size + 1), y=y, dose=DOSE, covariates={"copy": DOSE})
    assert any("goes with the dose" in note for note in posterior(nights, Priors()).notes)
