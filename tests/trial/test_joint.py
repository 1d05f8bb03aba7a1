"""The joint verdict: the primary decides, the secondary outcomes shrink together."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from noctiflora.core import RangeError
from noctiflora.trial import LEVELS, Marginal, Posterior, Status, Verdict, Word, joint_verdict
from noctiflora.trial._joint import COMMON_SD, SPREAD_SD

PRIMARY = Verdict(
    word=Word.CANNOT_TELL, reason="", threshold=0.95, p_benefit_evidence=0.8, p_useful_evidence=0.3,
    p_benefit_sceptical=0.7, p_benefit_vague=0.7,
)  # fmt: skip


def found(mean: float, sd: float, *, better: bool = True, status: Status = Status.CONVERGED) -> Posterior:
    theta = Marginal(mean=mean, sd=sd, q=dict.fromkeys(LEVELS, mean))
    return Posterior(
        status=status, theta=theta, theta_mixture=((1.0, mean, sd),), params={}, p_benefit=0.5, p_useful=0.5,
        p_harm=0.5, useful=1.0, higher_is_better=better, engine="", ess=1.0, pareto_k=0.0, seconds=0.0, n_nights=84,
        n_missing=0,
    )  # fmt: skip


def by_brute_force(estimate: np.ndarray, variance: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    """Draw m, tau and the effects from their priors and weigh them by the estimates."""
    rng = np.random.default_rng(1)
    m = COMMON_SD * rng.normal(size=(400_000, 1))
    effects = m + SPREAD_SD * np.abs(rng.normal(size=m.shape)) * rng.normal(size=(400_000, estimate.size))
    noise = correlation * np.sqrt(np.outer(variance, variance))
    weight = np.exp(multivariate_normal.logpdf(effects, estimate, noise))
    weight /= weight.sum()
    mean = weight @ effects
    return np.column_stack([mean, np.sqrt(weight @ (effects - mean) ** 2), weight @ (effects > 0)])


@pytest.mark.parametrize("rho", [0.0, 0.7])
def test_the_grid_agrees_with_brute_force(rho: float) -> None:
    correlation = np.full((3, 3), rho) + (1 - rho) * np.eye(3)
    estimate, variance = np.array([0.5, 0.1, -0.3]), np.array([0.04, 0.09, 0.02])
    # what each says alone, with the prior N(0, 1) multiplied in
    sd = np.sqrt(1 / (1 / variance + 1))
    alone = {f"o{j}": found(2 * estimate[j] / variance[j] * sd[j] ** 2, 2 * sd[j]) for j in range(3)}
    told = joint_verdict(PRIMARY, alone, dict.fromkeys(alone, 2.0), correlation).secondaries
    rows = np.array([[one.mean / 2, one.sd / 2, one.p_benefit] for one in told.values()])
    assert rows == pytest.approx(by_brute_force(estimate, variance, correlation), abs=0.01)


def test_the_primary_decides_whatever_the_others_say() -> None:
    told = joint_verdict(PRIMARY, {"waso": found(-9.0, 1.0, better=False)}, {"waso": 30.0})
    assert told.primary is PRIMARY
    assert told.secondaries["waso"].p_benefit > 0.9
    assert "decides nothing" in told.secondaries["waso"].label


def test_one_odd_outcome_among_many_is_drawn_to_the_others() -> None:
    alone = {"odd": found(0.6, 0.25), **{f"o{j}": found(0.0, 0.25) for j in range(5)}}
    told = joint_verdict(PRIMARY, alone, dict.fromkeys(alone, 1.0)).secondaries
    assert told["odd"].mean < 0.5 * 0.6
    assert told["odd"].p_benefit < norm.cdf(0.6 / 0.25)


def test_what_told_nothing_or_did_not_settle_is_left_out_by_name() -> None:
    alone = {"a": found(0.0, 1.0), "b": found(0.2, 0.3, status=Status.NOT_CONVERGED), "c": found(0.2, 0.3)}
    told = joint_verdict(PRIMARY, alone, dict.fromkeys(alone, 1.0))
    assert told.left_out == ("a", "b")
    assert list(told.secondaries) == ["c"]
    assert joint_verdict(PRIMARY, {}, {}).secondaries == {}


def test_each_needs_its_sd() -> None:
    with pytest.raises(RangeError, match="night-to-night SD"):
        joint_verdict(PRIMARY, {"a": replace(found(0.0, 0.5))}, {})


def test_shared_noise_makes_two_outcomes_tell_less_than_twice_as_much() -> None:
    alone = {"a": found(0.3, 0.25), "b": found(0.3, 0.25)}
    sds = dict.fromkeys(alone, 1.0)
    apart = joint_verdict(PRIMARY, alone, sds).secondaries["a"]
    together = joint_verdict(PRIMARY, alone, sds, np.array([[1.0, 0.9], [0.9, 1.0]])).secondaries["a"]
    assert together.p_benefit < apart.p_benefit
    assert together.sd > apart.sd


def test_the_correlation_follows_those_left_in_and_must_fit() -> None:
    alone = {"a": found(0.0, 1.0), "b": found(0.2, 0.3), "c": found(0.2, 0.3)}
    shared = np.eye(3)
    shared[1, 2] = shared[2, 1] = 0.8
    told = joint_verdict(PRIMARY, alone, dict.fromkeys(alone, 1.0), shared)
    two = {name: alone[name] for name in ("b", "c")}
    assert told.secondaries == joint_verdict(PRIMARY, two, dict.fromkeys(two, 1.0), shared[1:, 1:]).secondaries
    with pytest.raises(RangeError, match="correlation"):
        joint_verdict(PRIMARY, alone, dict.fromkeys(alone, 1.0), np.eye(2))
