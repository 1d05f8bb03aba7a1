"""The effect after a number of nights of full dose, joined over effect and speed of onset."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from noctiflora.trial._arrays import Floats
from noctiflora.trial._effect import Effect, effect
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import draw_hyper
from noctiflora.trial._posterior import LEVELS, Marginal
from noctiflora.trial._priors import Priors
from noctiflora.trial._series import Series

LOG_TAU_ON = 3
"""Place of log tau_on among the hyperparameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyEffect:
    """The effect after `nights` nights of full dose, units of the outcome; chance of the useful amount by then."""

    nights: int
    effect: Marginal
    p_useful: float


def effect_after(series: Series, priors: Priors, *, nights: int = 28) -> EarlyEffect:
    """Return the effect after so many nights of full dose: ``theta (1 - exp(-nights / tau_on))``.

    Effect and onset are taken together: where the onset may be slow, a large effect may be on its way.

    Parameters
    ----------
    series, priors
        As in `posterior`.
    nights : int
        Nights of full dose from no exposure.
    """
    full, _ = fill(series, priors)
    data = frame(series, full)
    draws = draw_hyper(data)
    found = effect(draws, data.theta)
    share = -np.expm1(-nights / np.exp(draws.z[:, LOG_TAU_ON]))[:, None]
    mean, sd = found.mean * share, np.maximum(found.sd * share, 1e-12)
    early = Effect(weight=found.weight, mean=mean, sd=sd)
    return EarlyEffect(
        nights=nights,
        effect=_marginal(early),
        p_useful=early.p_above(full.useful, higher_is_better=full.higher_is_better),
    )


def _marginal(found: Effect) -> Marginal:
    weight, mean, sd = found.weight.ravel(), found.mean.ravel(), found.sd.ravel()
    centre = float(weight @ mean)
    spread = float(np.sqrt(weight @ (sd**2 + (mean - centre) ** 2)))
    ends = (float(np.min(mean - 9 * sd)), float(np.max(mean + 9 * sd)))
    return Marginal(mean=centre, sd=spread, q={level: _quantile(weight, mean, sd, level, ends) for level in LEVELS})


def _quantile(weight: Floats, mean: Floats, sd: Floats, level: float, ends: tuple[float, float]) -> float:
    """Return a quantile of a mixture of normals by bisection between `ends`."""
    low, high = ends
    for _ in range(60):
        middle = 0.5 * (low + high)
        below = float(weight @ ndtr((middle - mean) / sd)) < level
        low, high = (middle, high) if below else (low, middle)
    return 0.5 * (low + high)
