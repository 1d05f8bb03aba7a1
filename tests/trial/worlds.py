"""Series and parameters drawn from the model, for the tests of this room."""

from dataclasses import dataclass

import numpy as np

from noctiflora.core import Normal
from noctiflora.trial._defaults import HYPER_PRIORS
from noctiflora.trial._exposure import exposure
from noctiflora.trial._null import Noise, ar1
from noctiflora.trial._priors import HYPER, Prior, Priors
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


def drawn(rng: np.random.Generator, n: int = 84, length: int = 21, missing: float = 0.07) -> tuple[Series, Truth]:
    """Draw all parameters from `PRIORS`, then a series from them."""
    z = {name: rng.normal(PRIORS.hyper[name].mean, PRIORS.hyper[name].sd) for name in HYPER}
    _, mean, sd = PRIORS.parts[0 if rng.random() < PRIORS.weight else 1]
    theta = rng.normal(mean, sd)
    dose = periods(n, length)
    noise = Noise(
        sigma=float(np.exp(z["log_sigma"])), phi=float(np.tanh(z["atanh_phi"])), white=1 / (1 + np.exp(-z["logit_r"]))
    )
    night = np.arange(n)
    columns = {"weekend": np.isin(night % 7, (5, 6)).astype(float), "alcohol": (rng.random(n) < 0.3).astype(float)}
    b = {name: rng.normal(prior.mean, prior.sd) for name, prior in PRIORS.coefficients.items()}
    e = exposure(dose, float(np.exp(z["log_tau_on"])), float(np.exp(z["log_tau_off"])))
    y = b["mu"] + b["trend"] * (night - night.mean()) / 28 + theta * e + ar1(rng, dose, noise)
    for name, column in columns.items():
        y = y + b[name] * column
    y[rng.random(n) < missing] = np.nan
    return Series(nights=night + 1, y=y, dose=dose, covariates=columns), Truth(theta=theta, z=z)
