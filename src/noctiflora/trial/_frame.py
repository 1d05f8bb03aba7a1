"""The arrays that the engine works on, made from a series with its priors filled in."""

import math
from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import Normal, RangeError
from noctiflora.trial import _defaults as defaults
from noctiflora.trial._arrays import Flags, Floats
from noctiflora.trial._priors import HYPER, Prior, Priors
from noctiflora.trial._series import Series

NIGHTS_PER_TREND = 28.0
"""The trend is per 28 nights."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """One analysis as arrays over n calendar nights; only the engine reads it.

    Parameters
    ----------
    names : tuple of str
        Coefficients without theta: mu, trend, covariates.
    centre, scale : (len(names),)
        Their prior means and sds; scale 0 means fixed.
    cols : (n, p + 1)
        Outcome less its prior mean, then the p free regressors times their prior sds.
    seen : (n,)
        Nights with an outcome.
    dose : (n,)
        Dose before each night.
    theta : (K, 3)
        Prior of theta: weight, mean, sd.
    z_mean, z_sd : (5,)
        Priors of the hyperparameters; sd 0 means fixed.
    """

    names: tuple[str, ...]
    centre: Floats
    scale: Floats
    cols: Floats
    seen: Flags
    dose: Floats
    theta: Floats
    z_mean: Floats
    z_sd: Floats


def fill(series: Series, priors: Priors) -> tuple[Priors, tuple[str, ...]]:
    """Return the priors with nothing left out, and a sentence for each thing the data had to tell.

    Where no prior gives a scale, level and spread of the person's own outcome set the centres of
    ``mu`` and ``log_sigma``; all other widths follow from that spread by fixed ratios. This uses the
    data twice, weakly: the widths are many times what the data then say.

    Raises
    ------
    RangeError
        If a prior names a column that the series does not have.
    """
    known = {"mu", "trend", *series.covariates}
    for name in priors.coefficients:
        if name not in known:
            raise RangeError(
                "this prior belongs to no column",
                where=f"{priors.where}, coefficients",
                found=name,
                do=f"columns of {series.where}: {', '.join(sorted(known))}, theta",
            )
    notes: list[str] = []
    unit = _unit(series, priors, notes)
    coefficients = {"trend": Prior(mean=0.0, sd=defaults.TREND_SD * unit)}
    for name, column in series.covariates.items():
        coefficients[name] = Prior(mean=0.0, sd=defaults.COVARIATE_SD * unit / _spread(column))
    if "mu" not in priors.coefficients:
        seen = series.y[~np.isnan(series.y)]
        level = float(np.median(seen)) if seen.size else 0.0
        coefficients["mu"] = Prior(mean=level, sd=defaults.MU_SD * unit)
        notes.append("The prior of the level is centred on the median of the nights, because none was given.")
    hyper = {**defaults.HYPER_PRIORS, "log_sigma": Prior(mean=math.log(unit), sd=defaults.LOG_SIGMA_SD)}
    vague = unit if priors.vague_sd is None else priors.vague_sd
    theta = priors.theta
    if theta is None:
        theta = (Normal(weight=1.0, mean=0.0, sd=defaults.THETA_SD * unit),)
        notes.append("No prior of the effect was given: it is centred on no effect, one night-to-night SD wide.")
    full = replace(
        priors,
        coefficients={**coefficients, **priors.coefficients},
        hyper={**hyper, **priors.hyper},
        theta=theta,
        vague_sd=vague,
    )
    return full, tuple(notes)


def frame(series: Series, priors: Priors) -> Frame:
    """Return the arrays of one analysis; `priors` must be filled in."""
    names = ("mu", "trend", *series.covariates)
    n = series.n_nights
    at = series.nights - series.nights[0]
    night = np.arange(n, dtype=np.float64)
    design = np.zeros((n, len(names)))
    design[:, 0] = 1.0
    design[:, 1] = (night - night.mean()) / NIGHTS_PER_TREND
    if series.s is not None:
        design[at, 1] = series.s
    for j, column in enumerate(series.covariates.values(), start=2):
        design[at, j] = column
    y = np.full(n, np.nan)
    y[at] = series.y
    centre = np.array([priors.coefficients[name].mean for name in names])
    scale = np.array([priors.coefficients[name].sd for name in names])
    free = scale > 0
    # nights of the calendar that are not in the series carry the last dose on
    last = np.searchsorted(at, np.arange(n), side="right") - 1
    return Frame(
        names=names,
        centre=centre,
        scale=scale,
        # row by row in memory, as the compiled pass reads it
        cols=np.ascontiguousarray(np.column_stack([y - design @ centre, design[:, free] * scale[free]])),
        seen=~np.isnan(y),
        dose=np.array(series.dose[last]),
        theta=np.array(priors.parts),
        z_mean=np.array([priors.hyper[name].mean for name in HYPER]),
        z_sd=np.array([priors.hyper[name].sd for name in HYPER]),
    )


def _unit(series: Series, priors: Priors, notes: list[str]) -> float:
    """Return the within-person SD that the default widths are measured in."""
    if "log_sigma" in priors.hyper:
        return math.exp(priors.hyper["log_sigma"].mean)
    seen = series.y[~np.isnan(series.y)]
    spread = float(np.std(seen, ddof=1)) if seen.size > 1 else 0.0
    if spread <= 1e-9 * float(np.max(np.abs(seen), initial=0.0)):
        notes.append(f"The night-to-night SD could not be told from the nights; {defaults.UNKNOWN_SD:g} was taken.")
        return defaults.UNKNOWN_SD
    notes.append("The prior of the night-to-night SD is centred on the SD of the nights, because none was given.")
    return spread


def _spread(column: Floats) -> float:
    """Return the SD of a graded covariate; 1 for a 0/1 or constant one."""
    if np.all((column == 0) | (column == 1)) or np.ptp(column) == 0:
        return 1.0
    return float(np.std(column))
