"""What one trial says of its person's effect and kinetics, in a form that many trials can be pooled from.

Given the hyperparameters the likelihood of theta is exp(slope * theta - precision * theta^2 / 2), exactly
(the Kalman pass integrates everything else out). A contribution is a handful of such curves with their
weights, each at its pair of time constants; the prior of theta that they were drawn with is divided out.
"""

from dataclasses import dataclass

import numpy as np

from noctiflora.core import NotConverged, RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import FINE_POINTS, draw_hyper
from noctiflora.trial._priors import Priors
from noctiflora.trial._rules import vague
from noctiflora.trial._series import Series

CURVES = 128
"""Curves kept of each trial (assumed; 32 to 4,096: the population's answer moves by less than its own error)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contribution:
    """The likelihood of one person's effect as a weighted sum of normal curves.

    Parameters
    ----------
    slope, precision : (K,)
        Of each curve, per unit of the outcome and its square; precision >= 0.
    log_tau_on, log_tau_off : (K,)
        Time constants of each, log nights.
    log_weight : (K,)
        Logarithm of its weight, the largest 0.
    kinetics : ((mean, sd), (mean, sd))
        The priors of both time constants, which are part of the weights.
    unit : float
        The person's night-to-night SD as the priors have it, unit of the outcome.
    """

    slope: Floats
    precision: Floats
    log_tau_on: Floats
    log_tau_off: Floats
    log_weight: Floats
    kinetics: tuple[tuple[float, float], tuple[float, float]]
    unit: float


def contribution(series: Series, priors: Priors, *, curves: int = CURVES) -> Contribution:
    """Return what a trial says of its person's effect, whatever was believed of it before.

    Parameters
    ----------
    series, priors
        As in `posterior`; the informative prior of the effect plays no part.
    curves : int
        How many curves to keep, >= 1.

    Raises
    ------
    RangeError
        If `curves` is below 1, or there are further products.
    NotConverged
        If the points do not carry the answer.

    References
    ----------
    .. [1] The two stages: first each person by themselves, then the population by reweighting what the
       first stage drew (Lunn et al. 2013, doi:10.1111/rssc.12007).
    """
    if curves < 1:
        raise RangeError("at least one curve is needed", where="contribution", found=str(curves), do="give 1 or more")
    if series.others:
        raise RangeError(
            "many trials are pooled by one product at a time",
            where=series.where,
            found=", ".join(series.others),
            do="leave the further products out, or give them as columns of their own",
        )
    full, _ = fill(series, priors)
    wide = vague(full)
    draws = draw_hyper(frame(series, wide), points=FINE_POINTS)
    if not draws.trusted:
        raise NotConverged("the answer did not settle", where=series.where, do="check the nights of this person")
    slope, precision = draws.detail[:, 1], draws.detail[:, 2]
    kept = _resample(draws.weight, slope / (precision + 1.0 / wide.parts[0][2] ** 2), curves)
    on, off = (full.hyper[name] for name in ("log_tau_on", "log_tau_off"))
    log_weight = -log_area(slope[kept], precision[kept], 0.0, wide.parts[0][2])
    return Contribution(
        slope=slope[kept],
        precision=precision[kept],
        log_tau_on=draws.z[kept, 3],
        log_tau_off=draws.z[kept, 4],
        log_weight=log_weight - np.max(log_weight),
        kinetics=((on.mean, on.sd), (off.mean, off.sd)),
        unit=float(np.exp(full.hyper["log_sigma"].mean)),
    )


def log_area(slope: Floats, precision: Floats, mean: float | Floats, sd: float | Floats) -> Floats:
    """Return log of the integral of exp(slope t - precision t^2 / 2) under N(mean, sd^2); sd may be 0.

    Examples
    --------
    >>> round(float(log_area(np.array(2.0), np.array(1.0), 0.5, 0.0)), 3)
    0.875
    """
    var = np.square(sd)
    grown = 1.0 + precision * var
    exponent = (0.5 * slope**2 * var + slope * mean - 0.5 * precision * np.square(mean)) / grown
    return np.asarray(exponent - 0.5 * np.log(grown))


def _resample(weight: Floats, along: Floats, n: int) -> Floats:
    """Return n indices drawn in proportion to the weights, one from each n-th part in order of `along`."""
    order = np.argsort(along, kind="stable")
    reach = np.cumsum(weight[order])
    at = np.searchsorted(reach, (np.arange(n) + 0.5) / n * reach[-1])
    return np.asarray(order[np.minimum(at, weight.size - 1)])
