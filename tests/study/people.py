"""Made-up people for tests of the study: their nights, and what their trials say."""

import math

import numpy as np

from noctiflora.study._sample import Truth, _person
from noctiflora.trial import Contribution, Prior, Priors, Series, contribution

PRIORS = Priors(hyper={"log_sigma": Prior(mean=math.log(4.3), sd=0.5)}, vague_sd=8.6, useful=2.0)


def series_of(number: int, *, seed: int = 5, truth: Truth | None = None) -> tuple[Series, float]:
    """Return one made-up person's nights and their true effect."""
    table, theta = _person(number, seed, Truth() if truth is None else truth)
    y = table["y"].fill_null(float("nan")).to_numpy()
    return Series(nights=table["night"].to_numpy(), y=y, dose=table["dose"].to_numpy()), theta


def contribution_of(number: int, *, curves: int = 128, seed: int = 5, truth: Truth | None = None) -> Contribution:
    """Return what one made-up person's trial says."""
    return contribution(series_of(number, seed=seed, truth=truth)[0], PRIORS, curves=curves)


def told(mean: float, sd: float, *, onset: tuple[float, float] = (2.6, 0.5), n: int = 1) -> Contribution:
    """Return the contribution of a person of whom the effect is known to be N(mean, sd^2), whatever the kinetics."""
    rng = np.random.default_rng(1)
    return Contribution(
        slope=np.full(n, mean / sd**2),
        precision=np.full(n, sd**-2),
        log_tau_on=onset[0] + onset[1] * rng.standard_normal(n),
        log_tau_off=2.3 + 0.6 * rng.standard_normal(n),
        log_weight=np.zeros(n),
        kinetics=(onset, (2.3, 0.6)),
        unit=4.3,
    )
