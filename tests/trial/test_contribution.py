"""What one trial says of its person, and the areas it is pooled by."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from noctiflora.core import Normal, RangeError
from noctiflora.trial import Prior, Priors, Series, contribution, likelihood, log_area, posterior
from noctiflora.trial._contribution import _cells

PRIORS = Priors(
    coefficients={"mu": Prior(mean=85.0, sd=15.0), "trend": Prior(mean=0.0, sd=2.0)},
    hyper={"log_sigma": Prior(mean=math.log(4.3), sd=0.5)},
    useful=1.0,
    vague_sd=4.3,
)


def trial(seed: int, *, n: int = 84, theta: float = 3.0) -> Series:
    rng = np.random.default_rng(seed)
    dose = np.repeat([0.0, 1.0, 1.0, 0.0], n // 4)
    y = 85.0 + theta * dose + rng.normal(0.0, 4.3, n)
    return Series(nights=np.arange(1, n + 1), y=y, dose=dose)


@pytest.mark.parametrize(("count", "n"), [(256, 16), (100, 16), (5, 128), (1, 4)])
def test_cells_keep_mass_mean_and_variance(count: int, n: int) -> None:
    rng = np.random.default_rng(count)
    weight, at, within = rng.gamma(0.5, size=count), rng.normal(3.0, 2.0, (count, 3)), rng.gamma(2.0, size=count)
    mass, mean, spread, shared = _cells(weight, at, n, within=within)
    assert mass.size <= max(n, count)
    assert mass.sum() == pytest.approx(weight.sum())
    centre = weight @ at / weight.sum()
    assert mass @ mean / mass.sum() == pytest.approx(centre)
    total = weight @ ((at - centre) ** 2 + np.column_stack([within, 0 * within, 0 * within])) / weight.sum()
    assert mass @ ((mean - centre) ** 2 + spread) / mass.sum() == pytest.approx(total)
    assert np.all(spread >= -1e-12)
    both = weight @ ((at - centre)[:, :1] * (at - centre)[:, 1:]) / weight.sum()
    between = (mean - centre)[:, :1] * (mean - centre)[:, 1:]
    assert mass @ (between + shared) / mass.sum() == pytest.approx(both)


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(-3, 3), st.floats(0.05, 3))
def test_the_area_is_the_integral(slope: float, precision: float, mean: float, sd: float) -> None:
    def under(t: float) -> float:
        return math.exp(slope * t - 0.5 * precision * t * t - 0.5 * ((t - mean) / sd) ** 2) / (
            sd * math.sqrt(2 * math.pi)
        )

    peak = (slope + mean / sd**2) / (precision + 1 / sd**2)
    wide = 12 / math.sqrt(precision + 1 / sd**2)
    area, _ = quad(under, peak - wide, peak + wide, epsabs=0, epsrel=1e-10)
    assert float(log_area(np.array(slope), np.array(precision), mean, sd)) == pytest.approx(math.log(area), abs=1e-7)


def test_no_spread_is_the_curve_itself() -> None:
    assert float(log_area(np.array(2.0), np.array(3.0), 1.5, 0.0)) == pytest.approx(2.0 * 1.5 - 1.5 * 1.5**2)


def test_it_is_the_shared_likelihood() -> None:
    """Summed over its curves it is the log-likelihood on the grid, up to a constant."""
    series = trial(1)
    found = contribution(series, PRIORS, curves=4096)
    shared = likelihood(series, PRIORS)
    near = shared.log_likelihood > -3
    logs = (
        found.slope[:, None] * shared.theta
        - 0.5 * found.precision[:, None] * shared.theta**2
        + found.log_weight[:, None]
    )
    mine = np.logaddexp.reduce(logs, axis=0)
    gap = (mine - shared.log_likelihood)[near]
    assert np.ptp(gap) < 0.15


def test_under_the_prior_it_gives_the_posterior() -> None:
    series = trial(2)
    mean, sd = 0.5, 2.0
    alone = posterior(series, replace(PRIORS, theta=(Normal(weight=1.0, mean=mean, sd=sd),), weight=1.0))
    found = contribution(series, PRIORS, curves=2048)
    weight = np.exp(found.log_weight + log_area(found.slope, found.precision, mean, sd))
    grown = 1.0 + found.precision * sd**2
    each = (found.slope * sd**2 + mean) / grown
    pooled = float(np.sum(weight * each) / weight.sum())
    assert pooled == pytest.approx(alone.theta.mean, abs=0.05 * alone.theta.sd)


def test_it_is_the_same_each_time_and_as_long_as_asked() -> None:
    one, two = (contribution(trial(3), PRIORS, curves=32) for _ in range(2))
    assert one.slope.tolist() == two.slope.tolist()
    assert one.slope.shape == one.log_weight.shape == (32,)
    assert np.all(one.precision >= 0)


def test_what_cannot_be_pooled_is_refused() -> None:
    with pytest.raises(RangeError, match="at least one"):
        contribution(trial(4), PRIORS, curves=0)
