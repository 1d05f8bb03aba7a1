"""The arrays that the engine works on, made from a series with its priors filled in."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from noctiflora.core import Normal, RangeError
from noctiflora.trial import _defaults as defaults
from noctiflora.trial._arrays import Flags, Floats, Integers
from noctiflora.trial._priors import HYPER, Prior, Priors
from noctiflora.trial._series import Series

WEEKDAYS = tuple(f"weekday_{day}" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
EXPECTATION = "expectation"
"""Name of the term for nights on which something believed active was taken."""
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
    z_mean, z_sd : (5 + 2 (P - 1),)
        Priors of the hyperparameters; sd 0 means fixed.
    others : tuple of str
        Names of the products after the first; each has its own two time constants in z.
    other_dose : (P - 1, n)
        Their doses before each night.
    other_theta : (P - 1, 3)
        Priors of their effects: weight 1, mean, sd.
    prior_mean : (n,)
        What was taken from the outcome of each night; needed for ratings only.
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
    others: tuple[str, ...] = ()
    other_dose: Floats = field(default_factory=lambda: np.empty((0, 0)))
    other_theta: Floats = field(default_factory=lambda: np.empty((0, 3)))
    prior_mean: Floats = field(default_factory=lambda: np.empty(0))

    @property
    def doses(self) -> Floats:
        """Dose of every product before each night, (P, n)."""
        return np.vstack([self.dose[None], self.other_dose]) if self.others else self.dose[None]

    @property
    def thetas(self) -> Floats:
        """Priors of all effects, (P, K, 3), filled up with parts of weight 0."""
        out = np.zeros((1 + len(self.others), self.theta.shape[0], 3))
        out[:, :, 2] = 1.0
        out[0] = self.theta
        out[1:, 0] = self.other_theta
        return out

    @property
    def offset(self) -> Floats:
        """What was taken from each night, (n,); zeros where it does not matter."""
        return self.prior_mean if self.prior_mean.size else np.zeros(self.dose.size)

    @property
    def hyper_names(self) -> tuple[str, ...]:
        """Names of the hyperparameters in the order of z."""
        return HYPER + tuple(f"{tau}_{name}" for name in self.others for tau in HYPER[3:])


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
    _check_names(series, priors)
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
        others={name: Prior(mean=0.0, sd=defaults.THETA_SD * unit) for name in series.others} | dict(priors.others),
    )
    return full, tuple(notes)


def _check_names(series: Series, priors: Priors) -> None:
    known = {"mu", "trend", *series.covariates}
    if priors.weekday:
        known.add("weekday")
    for name in priors.coefficients:
        if name not in known:
            raise RangeError(
                "this prior belongs to no column",
                where=f"{priors.where}, coefficients",
                found=name,
                do=f"columns of {series.where}: {', '.join(sorted(known))}, theta",
            )
    for name in priors.others:
        if name not in series.others:
            raise RangeError(
                "this prior belongs to no further product",
                where=f"{priors.where}, coefficients",
                found=f"theta_{name}",
                do=f"further products of {series.where}: {', '.join(series.others) or 'none'}",
            )
    if priors.weekday and series.dates is None:
        raise RangeError("weekdays need dates", where=series.where, do='add a column "date", or leave "weekday" out')


def frame(series: Series, priors: Priors) -> Frame:
    """Return the arrays of one analysis; `priors` must be filled in."""
    n = series.n_nights
    at = series.nights - series.nights[0]
    # nights of the calendar that are not in the series carry the last dose on
    last = np.searchsorted(at, np.arange(n), side="right") - 1
    columns, prior = _columns(series, priors, last)
    y = np.full(n, np.nan)
    y[at] = series.y
    design = np.column_stack(list(columns.values()))
    centre = np.array([prior[name].mean for name in columns])
    scale = np.array([prior[name].sd for name in columns])
    free = scale > 0
    hyper = [priors.hyper[name] for name in (*HYPER, *(HYPER[3:] * len(series.others)))]
    return Frame(
        names=tuple(columns),
        centre=centre,
        scale=scale,
        # row by row in memory, as the compiled pass reads it
        cols=np.ascontiguousarray(np.column_stack([y - design @ centre, design[:, free] * scale[free]])),
        seen=~np.isnan(y),
        dose=np.array(series.dose[last]),
        theta=np.array(priors.parts),
        z_mean=np.array([one.mean for one in hyper]),
        z_sd=np.array([one.sd for one in hyper]),
        others=tuple(series.others),
        other_dose=np.array([dose[last] for dose in series.others.values()]).reshape(-1, n),
        other_theta=np.array([[1.0, priors.others[k].mean, priors.others[k].sd] for k in series.others]).reshape(-1, 3),
        prior_mean=np.asarray(design @ centre),
    )


def _columns(series: Series, priors: Priors, last: Integers) -> tuple[dict[str, Floats], dict[str, Prior]]:
    """Return the regressors over the calendar, each (n,), with their priors."""
    n = series.n_nights
    at = series.nights - series.nights[0]
    night = np.arange(n, dtype=np.float64)
    trend = (night - night.mean()) / NIGHTS_PER_TREND
    if series.s is not None:
        trend[at] = series.s
    columns, prior = {"mu": np.ones(n), "trend": trend}, dict(priors.coefficients)
    for name, values in series.covariates.items():
        columns[name] = np.zeros(n)
        columns[name][at] = values
    if priors.weekday and series.dates is not None:
        first = series.dates[0].weekday()
        width = prior.pop("weekday", Prior(mean=0.0, sd=defaults.WEEKDAY_SD * math.exp(priors.hyper["log_sigma"].mean)))
        for day, name in enumerate(WEEKDAYS):
            # seven free effects less their mean: effects that sum to zero, all days alike
            columns[name] = ((night.astype(int) + first) % 7 == day) - 1 / 7
            prior[name] = Prior(mean=0.0, sd=width.sd)
    if priors.known is not None:
        columns[EXPECTATION] = (series.dose[last] > 0).astype(np.float64)
        prior[EXPECTATION] = priors.known
    return columns, prior


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
