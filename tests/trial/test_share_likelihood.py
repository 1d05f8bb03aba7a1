"""The shared likelihood: with the prior put back it is the posterior, whatever the prior was."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from noctiflora.core import Normal, NotConverged
from noctiflora.trial import Prior, Series, likelihood, posterior
from tests.trial.worlds import PRIORS, drawn


@pytest.mark.parametrize("seed", [3, 8])
@pytest.mark.parametrize("theta", [PRIORS.theta, (Normal(weight=1.0, mean=-3.0, sd=1.0),)])
def test_likelihood_times_prior_is_the_posterior(seed: int, theta: tuple[Normal, ...]) -> None:
    series, _ = drawn(np.random.default_rng(seed))
    priors = replace(PRIORS, theta=theta)
    found = likelihood(series, priors)
    prior = sum(w * norm.pdf(found.theta, m, s) for w, m, s in priors.parts)
    weight = prior * np.exp(found.log_likelihood)
    weight /= weight.sum()
    mean = float(weight @ found.theta)
    sd = float(np.sqrt(weight @ (found.theta - mean) ** 2))
    whole = posterior(series, priors)
    assert mean == pytest.approx(whole.theta.mean, abs=0.08 * whole.theta.sd)
    assert sd == pytest.approx(whole.theta.sd, rel=0.05)


def test_the_prior_of_the_effect_does_not_enter() -> None:
    series, _ = drawn(np.random.default_rng(3))
    one = likelihood(series, PRIORS)
    two = likelihood(series, replace(PRIORS, theta=(Normal(weight=1.0, mean=9.0, sd=0.1),), weight=0.5, useful=7.0))
    assert np.array_equal(one.theta, two.theta)
    assert np.array_equal(one.log_likelihood, two.log_likelihood)


def test_with_all_else_known_it_is_the_normal_of_regression() -> None:
    rng = np.random.default_rng(1)
    dose = np.repeat([0.0, 1.0], 40)
    y = 2.0 * dose + rng.standard_normal(80)
    fixed = {"atanh_phi": 0.0, "log_sigma": 0.0, "logit_r": 20.0, "log_tau_on": -20.0, "log_tau_off": -20.0}
    priors = replace(
        PRIORS,
        coefficients={"mu": Prior(mean=0.0, sd=0.0), "trend": Prior(mean=0.0, sd=0.0)},
        hyper={name: Prior(mean=mean, sd=0.0) for name, mean in fixed.items()},
    )
    found = likelihood(Series(nights=np.arange(1, 81), y=y, dose=dose), priors)
    plain = norm.logpdf(y[40:, None], loc=found.theta).sum(axis=0)
    assert np.allclose(found.log_likelihood, plain - plain.max(), atol=1e-6)
    assert found.log_likelihood.max() == 0.0


def test_nights_without_an_outcome_say_nothing() -> None:
    series = Series(nights=[1, 2, 3, 4], y=[np.nan] * 4, dose=[0, 1, 1, 0])
    with pytest.raises(NotConverged, match="so little"):
        likelihood(series, PRIORS_WITHOUT_COLUMNS)


def test_the_grid_holds_the_whole_likelihood() -> None:
    for seed in range(4):
        series, _ = drawn(np.random.default_rng(seed))
        found = likelihood(series, PRIORS)
        assert max(found.log_likelihood[0], found.log_likelihood[-1]) < np.log(0.01)


PRIORS_WITHOUT_COLUMNS = replace(PRIORS, coefficients={name: PRIORS.coefficients[name] for name in ("mu", "trend")})


def test_points_that_do_not_carry_it_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    series, _ = drawn(np.random.default_rng(3))
    monkeypatch.setattr("noctiflora.trial._share_likelihood.LEAST_POINTS", 1e9)
    with pytest.raises(NotConverged):
        likelihood(series, PRIORS)
