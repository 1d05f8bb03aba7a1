"""Marginals from weighted points: mixtures told by their moments, fixed parameters at their values."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.trial import LEVELS, Prior, posterior
from noctiflora.trial._effect import Effect, effect
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._marginals import coefficient_marginals, effect_marginal, hyper_marginals, parts
from tests.trial.worlds import PRIORS, drawn


def test_the_effect_keeps_every_part_and_its_picture_keeps_the_moments() -> None:
    rng = np.random.default_rng(1)
    found = Effect(
        weight=rng.dirichlet(np.ones(6000)).reshape(3000, 2), mean=rng.normal(size=(3000, 2)),
        sd=rng.uniform(0.5, 1, (3000, 2)),
    )  # fmt: skip
    told, picture = effect_marginal(found), np.array(parts(found))
    mean = float(np.sum(found.weight * found.mean))
    assert told.mean == pytest.approx(mean)
    assert told.sd**2 == pytest.approx(float(np.sum(found.weight * (found.sd**2 + found.mean**2))) - mean**2)
    assert len(picture) < 3072
    assert picture[:, 0].sum() == pytest.approx(1.0)
    assert picture[:, 0] @ picture[:, 1] == pytest.approx(mean, abs=1e-9)
    assert list(told.q) == list(LEVELS)


def test_fixed_parameters_stand_at_their_values() -> None:
    series, _ = drawn(np.random.default_rng(2))
    fixed = replace(
        PRIORS, coefficients={**PRIORS.coefficients, "alcohol": Prior(mean=-1.5, sd=0.0)},
        hyper={**PRIORS.hyper, "log_tau_on": Prior(mean=2.0, sd=0.0)},
    )  # fmt: skip
    data = frame(series, fill(series, fixed)[0])
    draws = draw_hyper(data)
    coefficients = coefficient_marginals(data, draws, effect(draws, data.theta))
    assert (coefficients["alcohol"].mean, coefficients["alcohol"].sd) == (-1.5, 0.0)
    assert hyper_marginals(data, draws)["log_tau_on"].q == dict.fromkeys(LEVELS, 2.0)
    assert posterior(series, fixed).params["trend"].sd > 0


def test_smoothing_leaves_mean_and_sd_of_the_points() -> None:
    series, _ = drawn(np.random.default_rng(3))
    data = frame(series, fill(series, PRIORS)[0])
    draws = draw_hyper(data)
    told = hyper_marginals(data, draws)["logit_r"]
    mean = float(draws.weight @ draws.z[:, 2])
    assert told.mean == pytest.approx(mean)
    assert told.sd == pytest.approx(float(np.sqrt(draws.weight @ (draws.z[:, 2] - mean) ** 2)))
