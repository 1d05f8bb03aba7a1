"""Series and parameters drawn from the model, for the tests of this room."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import Normal
from noctiflora.trial._defaults import HYPER_PRIORS
from noctiflora.trial._exposure import exposure
from noctiflora.trial._null import Noise, ar1
from noctiflora.trial._priors import HYPER, Prior, Priors
from noctiflora.trial._ratings import CUTPOINT_STRENGTH
from noctiflora.trial._series import Series

PRIORS = Priors(
    coefficients={
        "mu": Prior(mean=85.0, sd=15.0),
        "trend": Prior(mean=0.0, sd=2.0),
        "weekend": Prior(mean=0.0, sd=2.0),
        "alcohol": Prior(mean=0.0, sd=3.0),
    },
    theta=(Normal(weight=1.0, mean=1.0, sd=2.0),),
    weight=0.8,
    vague_sd=4.3,
    hyper={**HYPER_PRIORS, "log_sigma": Prior(mean=np.log(4.3), sd=0.5)},
    useful=2.0,
)


@dataclass(frozen=True, kw_only=True)
class Truth:
    theta: float
    z: dict[str, float]


def periods(n: int, length: int) -> np.ndarray:
    return (np.arange(n) // length % 2).astype(float)


RATED = Priors(
    coefficients={"mu": Prior(mean=5.0, sd=1.0), "trend": Prior(mean=0.0, sd=0.3)},
    theta=(Normal(weight=1.0, mean=0.4, sd=0.8),),
    weight=0.8,
    vague_sd=1.9,
    hyper={**HYPER_PRIORS, "log_sigma": Prior(mean=np.log(1.9), sd=0.4)},
    useful=0.5,
    errors="ordinal",
    scale=(0, 10),
)


def drawn(rng: np.random.Generator, n: int = 84, length: int = 21, missing: float = 0.07) -> tuple[Series, Truth]:
    """Draw all parameters from `PRIORS`, then a series from them."""
    return _drawn(rng, PRIORS, n, length, missing)


def drawn_heavy(rng: np.random.Generator) -> tuple[Series, Truth]:
    """The same with Student-t nights of 4 degrees of freedom."""
    return _drawn(rng, PRIORS, 84, 21, 0.07, freedom=4.0)


def drawn_ratings(rng: np.random.Generator) -> tuple[Series, Truth]:
    """Draw from `RATED`: a latent outcome between cutpoints that are drawn too."""
    series, truth = _drawn(rng, RATED, 84, 21, 0.07)
    cuts = 0.5 + 9 * np.cumsum(rng.dirichlet(np.full(9, CUTPOINT_STRENGTH)))
    rating = np.searchsorted(np.concatenate([[0.5], cuts]), series.y).astype(float)
    return replace(series, y=np.where(np.isnan(series.y), np.nan, rating)), truth


def _drawn(
    rng: np.random.Generator, priors: Priors, n: int, length: int, missing: float, freedom: float = 0.0
) -> tuple[Series, Truth]:
    z = {name: rng.normal(priors.hyper[name].mean, priors.hyper[name].sd) for name in HYPER}
    _, mean, sd = priors.parts[0 if rng.random() < priors.weight else 1]
    theta = rng.normal(mean, sd)
    dose = periods(n, length)
    phi, white = float(np.tanh(z["atanh_phi"])), 1 / (1 + np.exp(-z["logit_r"]))
    noise = Noise(sigma=float(np.exp(z["log_sigma"])), phi=phi, white=white)
    night = np.arange(n)
    columns = {"weekend": np.isin(night % 7, (5, 6)).astype(float), "alcohol": (rng.random(n) < 0.3).astype(float)}
    columns = {name: column for name, column in columns.items() if name in priors.coefficients}
    b = {name: rng.normal(prior.mean, prior.sd) for name, prior in priors.coefficients.items()}
    e = exposure(dose, float(np.exp(z["log_tau_on"])), float(np.exp(z["log_tau_off"])))
    if freedom:
        slow = Noise(sigma=noise.sigma * np.sqrt(1 - white), phi=phi, white=0.0)
        off = ar1(rng, dose, slow) + noise.sigma * np.sqrt(white) * rng.standard_t(freedom, n)
    else:
        off = ar1(rng, dose, noise)
    y = b["mu"] + b["trend"] * (night - night.mean()) / 28 + theta * e + off
    for name, column in columns.items():
        y = y + b[name] * column
    y[rng.random(n) < missing] = np.nan
    return Series(nights=night + 1, y=y, dose=dose, covariates=columns), Truth(theta=theta, z=z)
