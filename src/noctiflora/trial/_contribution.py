"""What one trial says of its person's effect and kinetics, in a form that many trials can be pooled from.

Given the hyperparameters the likelihood of theta is exp(slope * theta - precision * theta^2 / 2), exactly
(the Kalman pass integrates everything else out). A contribution is a handful of such curves with their
weights, each standing for a neighbourhood of draws alike in effect and time constants, whose mean and
variance it keeps, and how theta leans on the time constants there (a slow onset goes with a large effect:
without that many people together would seem to gain more than they do); the prior of theta that they were
drawn with is divided out.
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

CURVES = 512
"""Curves kept of each trial (assumed; 256 to 4,096): fewer make the onset of many people seem slower."""
LEAST_VARIANCE = 1e-9
"""Log time constants of a neighbourhood that vary less than this are one."""


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
    var_tau_on, var_tau_off : (K,), optional
        Variance of the log time constants about each curve's; nothing when left out.
    tilt_on, tilt_off : (K,), optional
        How theta rises with each log time constant inside a curve's neighbourhood; not at all when left out.
    vague_sd : float
        SD of the prior of theta that the neighbourhoods were drawn under and that was divided out; 0 where
        there are no tilts.
    """

    slope: Floats
    precision: Floats
    log_tau_on: Floats
    log_tau_off: Floats
    log_weight: Floats
    kinetics: tuple[tuple[float, float], tuple[float, float]]
    unit: float
    var_tau_on: Floats | None = None
    var_tau_off: Floats | None = None
    tilt_on: Floats | None = None
    tilt_off: Floats | None = None
    vague_sd: float = 0.0


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
    on, off = (full.hyper[name] for name in ("log_tau_on", "log_tau_off"))
    wide_sd = wide.parts[0][2]
    var = 1.0 / (draws.detail[:, 2] + 1.0 / wide_sd**2)
    at = np.column_stack([var * draws.detail[:, 1], draws.z[:, 3], draws.z[:, 4], np.log(var)])
    mass, mean, spread, shared = _cells(draws.weight, at, curves, within=var)
    theta_var = np.minimum(spread[:, 0], (1.0 - 1e-9) * wide_sd**2)
    slope, precision = mean[:, 0] / theta_var, 1.0 / theta_var - 1.0 / wide_sd**2
    log_weight = np.log(mass) - log_area(slope, precision, 0.0, wide_sd)
    return Contribution(
        slope=slope,
        precision=precision,
        log_tau_on=mean[:, 1],
        log_tau_off=mean[:, 2],
        log_weight=log_weight - np.max(log_weight),
        kinetics=((on.mean, on.sd), (off.mean, off.sd)),
        unit=float(np.exp(full.hyper["log_sigma"].mean)),
        var_tau_on=spread[:, 1],
        var_tau_off=spread[:, 2],
        tilt_on=_tilt(mass, shared[:, 0], spread[:, 1]),
        tilt_off=_tilt(mass, shared[:, 1], spread[:, 2]),
        vague_sd=wide_sd,
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


def _tilt(mass: Floats, shared: Floats, var: Floats) -> Floats:
    """Return how theta rises with a time constant inside neighbourhoods, one figure for all of a person's.

    Each neighbourhood by itself has too few draws to tell, and in 2,000 people the ones that err most would win.
    """
    within = float(mass @ var)
    lean = float(mass @ shared) / within if within > LEAST_VARIANCE * float(mass.sum()) else 0.0
    return np.full(mass.size, lean)


def _cells(weight: Floats, at: Floats, n: int, *, within: Floats) -> tuple[Floats, ...]:
    """Gather weighted points into n neighbourhoods of alike many, halving each where it is widest.

    Parameters
    ----------
    weight : (N,)
        Of each point.
    at : (N, d)
        Where it stands.
    n : int
        Cells; the next power of 2 is taken, and of few points each is its own.
    within : (N,)
        Variance of each point's own curve, added to that of its first coordinate.

    Returns
    -------
    (K,), (K, d), (K, d), (K, 2)
        Mass, mean and variance of those that have any mass, and the covariances of the first coordinate with
        the second and the third.
    """
    n = 1 << (min(n, weight.size) - 1).bit_length()
    short = -weight.size % n
    # whoever fills up the last cell weighs nothing
    heavy = np.pad(weight, (0, short))[None, :]
    place = np.pad(np.column_stack([at, within]), ((0, short), (0, 0)))[None, :, :]
    d = at.shape[1]
    unit = np.maximum(at.std(axis=0), 1e-6)
    while place.shape[0] < n:
        mass = heavy[:, None, :]
        total = np.maximum(mass.sum(axis=2), 1e-300)
        first = (mass @ place[:, :, :d])[:, 0] / total
        second = (mass @ place[:, :, :d] ** 2)[:, 0] / total
        widest = np.argmax((second - first**2) * total / unit**2, axis=1)
        along = np.take_along_axis(place, widest[:, None, None], axis=2)[:, :, 0]
        middle = along.shape[1] // 2
        order = np.argpartition(along, middle, axis=1)
        cells = 2 * place.shape[0]
        heavy = np.take_along_axis(heavy, order, axis=1).reshape(cells, middle)
        place = np.take_along_axis(place, order[:, :, None], axis=1).reshape(cells, middle, d + 1)
    mass = heavy.sum(axis=1)
    held = mass > 0
    mass, place = mass[held], place[held]
    share = heavy[held] / mass[:, None]
    mean = (share[:, :, None] * place[:, :, :d]).sum(axis=1)
    away = place[:, :, :d] - mean[:, None]
    spread = (share[:, :, None] * away**2).sum(axis=1)
    spread[:, 0] += (share * place[:, :, d]).sum(axis=1)
    return mass, mean, spread, (share[:, :, None] * away[:, :, :1] * away[:, :, 1:3]).sum(axis=1)
