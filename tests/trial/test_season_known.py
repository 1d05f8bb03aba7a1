"""Belief beside the product: its figures, its prior, and the threshold that allows for it."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.core import Instrument, Outcome
from noctiflora.trial import (
    BELIEVED,
    Prior,
    Series,
    belief_of,
    believing,
    posterior,
)
from tests.trial.worlds import PRIORS

PLAIN = replace(PRIORS, coefficients={name: PRIORS.coefficients[name] for name in ("mu", "trend")})


@pytest.mark.parametrize(
    ("outcome", "g"), [(Outcome.LATENCY, 0.27), (Outcome.TOTAL_SLEEP, 0.32), (Outcome.RATING, 0.58)]
)
def test_figures_are_those_of_the_review(outcome: Outcome, g: float) -> None:
    found = belief_of(outcome, Instrument.DIARY)
    assert (found.mean, found.sd, found.source.ref) == (g, g, "PMID 28554719")
    assert belief_of(outcome, Instrument.WEARABLE).mean == 0.0


@pytest.mark.parametrize("better", [True, False])
def test_belief_points_to_benefit(better: bool) -> None:
    found = believing(replace(PLAIN, higher_is_better=better), belief_of(Outcome.RATING, Instrument.DIARY), 2.0)
    assert found.coefficients[BELIEVED] == Prior(mean=1.16 if better else -1.16, sd=1.16)


def test_a_sudden_gain_is_laid_to_belief_and_a_slow_one_to_the_product() -> None:
    rng = np.random.default_rng(1)
    dose = np.tile(np.repeat([0.0, 1.0], 28), 3)
    priors = believing(PLAIN, belief_of(Outcome.RATING, Instrument.DIARY), 4.3)
    y = 85 + 3.0 * dose + 2 * rng.standard_normal(168)
    series = Series(nights=np.arange(1, 169), y=y, dose=dose, covariates={BELIEVED: dose})
    blind = posterior(replace(series, covariates={}), PLAIN)
    known = posterior(series, priors)
    assert known.theta.mean < blind.theta.mean
    assert known.theta.sd > blind.theta.sd
    assert known.params[BELIEVED].mean > 1.5
