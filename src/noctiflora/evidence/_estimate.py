"""Summaries of a mixture: mean, interval, and what a new person may expect."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from noctiflora.core import Normal, Predictive, Source
from noctiflora.evidence._pooled import Estimate
from noctiflora.evidence.model import Mixture, half_normal

Array = NDArray[np.float64]
PERSON_NODES = 6
FINE_NODES = 4096
HALVINGS = 50


def summarise(mixture: Mixture, *, omega_person_scale: float, told: tuple[tuple[float, float], ...] = ()) -> Estimate:
    """Return mean, SD, 95 % interval and predictive of one product.

    The predictive keeps one part for each node of tau and of omega_person: its variance there is that of
    mu + g + s, plus tau^2, plus omega_person^2. The reporting excess stays out of it.

    Parameters
    ----------
    mixture : Mixture
        mu + g + s of the product (SMD).
    omega_person_scale : float
        Half-normal scale of the spread between people (SMD).
    told : tuple of (mean, sd)
        What studies of many personal trials of this product found of that spread (SMD).
    """
    mean, var = _moments(mixture.weight, mixture.mean, mixture.var)
    sd_person, w_person = _between_people(omega_person_scale, told)
    parts = []
    for tau in np.unique(mixture.tau):
        here = mixture.tau == tau
        weight = float(mixture.weight[here].sum())
        if weight <= 0:
            continue
        part_mean, part_var = _moments(mixture.weight[here] / weight, mixture.mean[here], mixture.var[here])
        for omega, w in zip(sd_person, w_person, strict=True):
            sd = math.sqrt(part_var + float(tau) ** 2 + float(omega) ** 2)
            parts.append((weight * float(w), part_mean, sd))
    total = sum(p[0] for p in parts)
    return Estimate(
        mean=mean,
        sd=math.sqrt(var),
        ci95=(_quantile(mixture, 0.025), _quantile(mixture, 0.975)),
        parts=tuple(Normal(weight=w / total, mean=m, sd=max(s, 1e-9)) for w, m, s in parts),
    )


def _between_people(scale: float, told: tuple[tuple[float, float], ...]) -> tuple[Array, Array]:
    """Return nodes and weights of the spread between people: assumed, or as studies found it."""
    if not told or scale == 0:
        return half_normal(scale, PERSON_NODES)
    top = max(4.0 * scale, *(mean + 5.0 * sd for mean, sd in told))
    omega = (np.arange(FINE_NODES) + 0.5) * top / FINE_NODES
    log = -0.5 * (omega / scale) ** 2
    for mean, sd in told:
        log = log - 0.5 * ((omega - mean) / sd) ** 2
    weight = np.exp(log - log.max())
    # so many nodes of equal weight, each the root mean square of its part
    reach = np.cumsum(weight) / weight.sum()
    part = np.minimum((reach * PERSON_NODES).astype(np.int64), PERSON_NODES - 1)
    mass = np.bincount(part, weight, PERSON_NODES)
    square = np.bincount(part, weight * omega**2, PERSON_NODES)
    held = mass > 0
    return np.sqrt(square[held] / mass[held]), mass[held] / mass.sum()


def expect(subject: str, effect: Estimate, sources: tuple[Source, ...] = ()) -> Predictive:
    """Return the effect in a new person on the SMD scale, negative = better."""
    return Predictive(
        subject=subject,
        outcome="psqi_smd",
        unit="SMD",
        higher_is_better=False,
        parts=effect.parts,
        sources=sources,
    )


def _moments(weight: Array, mean: Array, var: Array) -> tuple[float, float]:
    centre = float(weight @ mean)
    return centre, max(float(weight @ (var + (mean - centre) ** 2)), 0.0)


def _quantile(mixture: Mixture, p: float) -> float:
    """Return a quantile by halving an interval that is sure to hold it."""
    sd = np.sqrt(np.maximum(mixture.var, 1e-18))
    low, high = float((mixture.mean - 9 * sd).min()), float((mixture.mean + 9 * sd).max())
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if float(mixture.weight @ ndtr((middle - mixture.mean) / sd)) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2
