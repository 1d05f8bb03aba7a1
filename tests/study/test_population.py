"""The population: its limits, its agreement with the plain normal model, its calibration."""

import os
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import kstest

from noctiflora.core import NotConverged
from noctiflora.study import Belief, fit_population, likelihood_of, person_effects, stack
from noctiflora.study._population import summarise
from noctiflora.study._sample import Truth
from tests.study.people import contribution_of, told

BELIEF = Belief(strains={"a": (0.0, 4.0)}, covariates={}, omega_scale=2.0, onset=(2.6, 0.5), washout=(2.3, 0.6))


def test_one_person_moves_the_mean_by_what_they_say() -> None:
    """With one person the mean is the prior times a normal of their own variance plus omega squared."""
    pile = stack([told(2.0, 0.5)], [0])
    found = fit_population(likelihood_of(pile, BELIEF), BELIEF, n_people=1)
    omega = np.abs(2.0 * np.random.default_rng(1).standard_normal(200_000))
    var = 0.25 + omega**2
    weight = np.exp(-0.5 * 4.0 / (var + 16.0)) / np.sqrt(var + 16.0)
    expected = np.sum(weight * 2.0 * 16.0 / (16.0 + var)) / weight.sum()
    assert found.pooled.mean == pytest.approx(expected, abs=0.05)
    assert found.omega_person.mean == pytest.approx(np.sum(weight * omega) / weight.sum(), abs=0.06)


def test_people_alike_are_pooled_as_one() -> None:
    """Without spread the mean is that of all nights together, and each person's effect is the mean."""
    belief = replace(BELIEF, omega_scale=1e-4)
    pile = stack([told(m, 1.0) for m in (0.0, 1.0, 2.0, 3.0)], [0] * 4)
    found = fit_population(likelihood_of(pile, belief), belief, n_people=4)
    precision = 4.0 + 1 / 16.0
    assert found.pooled.mean == pytest.approx(6.0 / precision, abs=0.02)
    assert found.pooled.sd == pytest.approx(precision**-0.5, rel=0.05)
    effects = person_effects(pile, found, belief, useful=1.0)
    assert effects[:, 0] == pytest.approx([found.pooled.mean] * 4, abs=0.03)


def test_many_exact_people_give_their_own_mean_and_spread() -> None:
    rng = np.random.default_rng(2)
    thetas = 1.0 + 1.5 * rng.standard_normal(400)
    pile = stack([told(t, 0.05) for t in thetas], [0] * 400)
    found = fit_population(likelihood_of(pile, BELIEF), BELIEF, n_people=400)
    assert found.pooled.mean == pytest.approx(thetas.mean(), abs=0.02)
    assert found.omega_person.mean == pytest.approx(thetas.std(), rel=0.03)
    assert found.predictive_sd["a"] == pytest.approx(np.hypot(found.pooled.sd, thetas.std()), rel=0.05)
    effects = person_effects(pile, found, BELIEF, useful=1.0)
    assert np.max(np.abs(effects[:, 0] - thetas)) < 0.05


def test_shrinkage_pulls_the_noisy_further() -> None:
    pile = stack([told(4.0, 0.3), told(4.0, 3.0), *(told(0.5, 0.3) for _ in range(20))], [0] * 22)
    found = fit_population(likelihood_of(pile, BELIEF), BELIEF, n_people=22)
    sharp, noisy = person_effects(pile, found, BELIEF, useful=1.0)[:2, 0]
    assert 3.0 < sharp < 4.0
    assert noisy < 2.0


def test_strains_and_covariates_are_told_apart() -> None:
    rng = np.random.default_rng(3)
    age, strain = rng.standard_normal(300), np.arange(300) % 2
    thetas = np.where(strain == 0, 1.0, -1.0) + 0.8 * age + 0.5 * rng.standard_normal(300)
    belief = replace(BELIEF, strains={"a": (0.0, 4.0), "b": (0.0, 4.0)}, covariates={"age": 2.0})
    pile = stack([told(t, 0.3) for t in thetas], strain.tolist(), age[:, None])
    found = fit_population(likelihood_of(pile, belief), belief, n_people=300, share=np.array([0.5, 0.5]))
    assert found.strains["a"].mean == pytest.approx(1.0, abs=0.15)
    assert found.strains["b"].mean == pytest.approx(-1.0, abs=0.15)
    assert found.covariates["age"].mean == pytest.approx(0.8, abs=0.1)
    assert found.pooled.mean == pytest.approx(0.0, abs=0.12)


def test_an_answer_that_does_not_settle_is_not_given() -> None:
    def rough(rows: np.ndarray) -> np.ndarray:
        return 12.0 * np.sin(1e6 * rows.sum(axis=1))

    with pytest.raises(NotConverged, match="did not settle"):
        fit_population(rough, BELIEF, n_people=3)


def test_weighted_figures() -> None:
    found = summarise(np.array([1.0, 2.0, 3.0]), np.array([0.25, 0.5, 0.25]))
    assert (found.mean, found.q[0.5]) == (2.0, 2.0)
    assert found.sd == pytest.approx(0.5**0.5)


def ranks(count: int, people: int) -> np.ndarray:
    """Return where the truth lies in the posterior of mean and omega, in worlds drawn from the belief."""
    out = []
    for world in range(count):
        rng = np.random.default_rng([7, world])
        mean, omega = 4.0 * rng.standard_normal(), abs(2.0 * rng.standard_normal())
        on, off = (BELIEF.centre[2:] + BELIEF.scale[2:] * rng.standard_normal()).tolist()
        truth = Truth(
            mean=mean,
            omega=omega,
            log_tau_on=(on, float(BELIEF.spreads[0])),
            log_tau_off=(off, float(BELIEF.spreads[1])),
        )
        pile = stack([contribution_of(n, seed=world, truth=truth) for n in range(people)], [0] * people)
        found = fit_population(likelihood_of(pile, BELIEF), BELIEF, n_people=people)
        rows, weight = found.points.rows, found.points.weight
        out.append([weight[rows[:, 0] < mean].sum(), weight[rows[:, 1] < np.log(omega)].sum()])
    return np.array(out)


@pytest.mark.parametrize("count", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_the_truth_lies_anywhere_in_the_posterior(count: int) -> None:
    """Simulation-based calibration of mean and omega (Talts 2018, arXiv:1804.06788)."""
    found = ranks(count, 20)
    if os.environ.get("NOCTIFLORA_SHOW"):
        print(found.mean(axis=0), [kstest(c, "uniform").pvalue for c in found.T])  # noqa: T201
    for column in found.T:
        assert kstest(column, "uniform").pvalue > 0.005
