"""Simulation-based calibration of theta: parameters from the prior, series from the parameters.

If the engine is right, the chance it leaves below the true theta is uniform (Talts 2018,
arXiv:1804.06788). The thresholds can fail: a posterior sd 15 % too small already moves the
coverage of the 90 % interval by 0.04.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from scipy.stats import chi2, kstest, norm

from noctiflora.trial import Priors, Series, Status, _gibbs, posterior
from tests.trial.worlds import PRIORS, RATED, Truth, drawn, drawn_heavy, drawn_ratings

BINS = 10


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What a campaign found: chances below the truth, and the engine's own complaints."""

    below: np.ndarray
    not_converged: int
    ess: np.ndarray

    @property
    def uniform_p(self) -> float:
        return float(kstest(self.below, "uniform").pvalue)

    @property
    def bins_p(self) -> float:
        counts = np.histogram(self.below, bins=BINS, range=(0, 1))[0]
        expected = self.below.size / BINS
        return float(chi2.sf(np.sum((counts - expected) ** 2) / expected, BINS - 1))

    def cover(self, share: float) -> float:
        return float(np.mean(np.abs(self.below - 0.5) <= share / 2))


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of nightly noise: how it is drawn and which priors analyse it."""

    priors: Priors
    draw: Callable[[np.random.Generator], tuple[Series, Truth]]


KINDS = {
    "gauss": Kind(priors=PRIORS, draw=drawn),
    "t4": Kind(priors=replace(PRIORS, errors="t4"), draw=drawn_heavy),
    "ordinal": Kind(priors=RATED, draw=drawn_ratings),
}


@pytest.fixture
def short_chains(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 2 chains of 1,500 sweeps answer, ungated: their error is small beside the posterior and the ranks."""
    short = {"CHAINS": 2, "SWEEPS": 1500, "WARMUP": 500, "LEAST_EFFECTIVE": 0.0, "LARGEST_R_HAT": np.inf}
    for name, value in short.items():
        monkeypatch.setattr(_gibbs, name, value)


def calibrate(draws: int, seed: int, *, narrow: float = 1.0, kind: str = "gauss") -> Calibration:
    """Run a campaign; `narrow` scales the posterior's parts, to show that the test can fail."""
    rng = np.random.default_rng(seed)
    below, ess, bad = [], [], 0
    for _ in range(draws):
        series, truth = KINDS[kind].draw(rng)
        found = posterior(series, KINDS[kind].priors)
        bad += found.status is not Status.CONVERGED
        weight, mean, sd = np.array(found.theta_mixture).T
        centre = weight @ mean
        below.append(weight @ norm.cdf((truth.theta - centre - narrow * (mean - centre)) / (narrow * sd)))
        ess.append(found.ess)
    return Calibration(below=np.array(below), not_converged=bad, ess=np.array(ess))


def check(found: Calibration, *, least_ess: float = 0.5) -> None:
    n = found.below.size
    assert found.uniform_p > 0.005
    assert found.bins_p > 0.005
    # three standard errors of a coverage
    assert found.cover(0.5) == pytest.approx(0.5, abs=3 * np.sqrt(0.25 / n))
    assert found.cover(0.9) == pytest.approx(0.9, abs=3 * np.sqrt(0.09 / n))
    assert found.not_converged <= 0.01 * n
    assert np.median(found.ess) > least_ess


def test_theta_is_calibrated_in_a_small_campaign() -> None:
    check(calibrate(200, seed=1))


@pytest.mark.slow
def test_theta_is_calibrated_in_full() -> None:
    check(calibrate(2000, seed=2))


def test_a_posterior_that_is_too_narrow_is_found_out() -> None:
    found = calibrate(200, seed=1, narrow=0.6)
    assert found.cover(0.9) < 0.9 - 3 * np.sqrt(0.09 / 200)
    assert found.uniform_p < 0.05 or found.bins_p < 0.005


@pytest.mark.usefixtures("short_chains")
@pytest.mark.parametrize("kind", ["t4", "ordinal"])
def test_chains_are_calibrated_in_a_small_campaign(kind: str) -> None:
    check(calibrate(200, seed=3, kind=kind), least_ess=0.02)


@pytest.mark.slow
@pytest.mark.usefixtures("short_chains")
@pytest.mark.parametrize("kind", ["t4", "ordinal"])
def test_chains_are_calibrated_in_full(kind: str) -> None:
    check(calibrate(2000, seed=4, kind=kind), least_ess=0.02)
