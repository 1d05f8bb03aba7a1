"""The chains: against importance sampling where both answer, gates, several products."""

from dataclasses import replace

import numpy as np
import pytest

from noctiflora.trial import Prior, Status, posterior
from noctiflora.trial import _gibbs as gibbs
from noctiflora.trial._exposure import exposure
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._gibbs import run_chains
from noctiflora.trial._priors import HYPER
from tests.trial.worlds import PRIORS, drawn, periods


def test_normal_nights_agree_with_importance_sampling(monkeypatch: pytest.MonkeyPatch) -> None:
    series, _ = drawn(np.random.default_rng(11))
    known = posterior(series, PRIORS)
    monkeypatch.setattr("noctiflora.trial._importance.LEAST_ESS", 1.1)
    found = posterior(series, PRIORS)
    assert found.status is Status.CONVERGED
    assert "importance sampling did not settle" in found.engine
    assert found.engine.startswith("gauss, collapsed Gibbs sampling, 4 chains of 6000 sweeps, R-hat 1.0")
    for name, one in known.params.items():
        assert found.params[name].mean == pytest.approx(one.mean, abs=0.1 * one.sd), name
        assert found.params[name].sd == pytest.approx(one.sd, rel=0.08), name
    assert found.p_benefit == pytest.approx(known.p_benefit, abs=0.01)


def test_thirty_degrees_of_freedom_are_nearly_normal() -> None:
    series, _ = drawn(np.random.default_rng(12))
    known, found = posterior(series, PRIORS), posterior(series, replace(PRIORS, errors="t30"))
    assert found.theta.mean == pytest.approx(known.theta.mean, abs=0.15 * known.theta.sd)
    assert found.theta.sd == pytest.approx(known.theta.sd, rel=0.1)


def test_heavy_tails_shrug_off_a_wild_night() -> None:
    series, _ = drawn(np.random.default_rng(13))
    wild = series.y.copy()
    at = np.flatnonzero((series.dose > 0) & ~np.isnan(wild))[-1]
    wild[at] -= 60.0
    moved = [
        abs(posterior(replace(series, y=wild), p).theta.mean - posterior(series, p).theta.mean)
        for p in (PRIORS, replace(PRIORS, errors="t4"))
    ]
    assert moved[1] < 0.5 * moved[0]


def test_the_same_input_gives_the_same_answer() -> None:
    series, _ = drawn(np.random.default_rng(14), n=40)
    one, two = (posterior(series, replace(PRIORS, errors="t4")) for _ in range(2))
    assert one == two


def test_chains_too_short_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gibbs, "SWEEPS", 60)
    monkeypatch.setattr(gibbs, "WARMUP", 30)
    series, _ = drawn(np.random.default_rng(15), n=40)
    found = posterior(series, replace(PRIORS, errors="t4"))
    assert found.status is Status.NOT_CONVERGED
    assert found.engine.endswith("not converged")
    assert "240 sweeps" in found.engine


def test_a_second_product_of_known_kinetics_is_a_covariate() -> None:
    series, _ = drawn(np.random.default_rng(16))
    other = np.roll(periods(84, 14), 7)
    both = replace(series, y=series.y + 2 * other, others={"second": other})
    data = frame(both, fill(both, replace(PRIORS, others={"second": Prior(mean=0.0, sd=3.0)}))[0])
    sd = data.z_sd.copy()
    sd[5:] = 0.0
    chains = run_chains(replace(data, z_sd=sd))
    e = exposure(other, float(np.exp(data.z_mean[5])), float(np.exp(data.z_mean[6])))
    plain = replace(both, others={}, covariates={**both.covariates, "e": e})
    known = posterior(plain, replace(PRIORS, coefficients={**PRIORS.coefficients, "e": Prior(mean=0.0, sd=3.0)}))
    for j, name in enumerate(HYPER):
        assert chains.z[:, j].mean() == pytest.approx(known.params[name].mean, abs=0.1 * known.params[name].sd)
    total = chains.precision[:, 1] + 1 / 9
    assert (chains.slope[:, 1] / total).mean() == pytest.approx(known.params["e"].mean, abs=0.1 * known.params["e"].sd)
    assert chains.trusted


def test_two_products_are_both_told() -> None:
    series, _ = drawn(np.random.default_rng(17))
    other = np.roll(periods(84, 14), 7)
    both = replace(series, product="first", others={"second": other}, y=series.y + 12 * other)
    found = posterior(both, PRIORS)
    assert [one.product for one in found.effects] == ["first", "second"]
    assert found.effects[0].theta == found.theta
    assert found.params["theta_second"] == found.effects[1].theta
    assert found.effects[1].p_benefit > 0.95
    assert {"log_tau_on_second", "log_tau_off_second"} <= set(found.params)
