"""The daily safety rule: a week that is clearly worse than the person's own run-in."""

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._safety_noise import WINDOW, mean_variance, noise_table, scores

LEAST_RUN_IN = 7
"""Known nights a run-in needs; fewer tell no noise."""
FALSE_ALARMS = 0.05
"""Most often that the rule may fire in a trial in which nothing changes."""
AIMED = 0.04
"""What the simulation aims at, below the promise by about what the simulation itself may err."""
PHIS = (0.0, 0.5, 0.7, 0.8, 0.9)
"""Autocorrelations at each of which the rule keeps its promise (assumed range; the prior's 90 of 100 ends at 0.79)."""
WHITES = (0.0, 0.3, 0.6)
"""Shares of white noise at each of which it does."""
SIMULATED = 1500
"""Simulated seasons of each noise: a rate of 0.05 is known to 0.006."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A week that fired the rule: its last night, its fall in run-in SDs and in standard errors."""

    night: int
    fall: float
    score: float = math.nan


def safety_limit(rng: np.random.Generator, before: Floats, *, n_nights: int, missing: float = 0.0) -> float:
    """Return the fall of a week's mean, in standard errors, that at most 5 in 100 unchanged trials ever reach.

    A week's standard error comes from spread and autocorrelation of all nights before it, with
    caution where few are known (see `_safety_noise`); order and treatment do not enter. The limit is
    the 96 % point of the largest fall in simulated seasons with the run-in's own gaps, at the
    strictest of the noises from none to 0.9 autocorrelation: so it holds whichever noise is the person's.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance.
    before : (m,)
        The run-in, night by night; nan where missing, 7 known values or more.
    n_nights : int
        Nights of the trial.
    missing : float
        Share of trial nights without a value, 0 to below 1.

    Raises
    ------
    RangeError
        If the run-in is too short.
    """
    gaps = np.isnan(before)
    known = int(np.sum(~gaps))
    if known < LEAST_RUN_IN:
        raise RangeError(
            f"the safety rule needs {LEAST_RUN_IN} nights before the start",
            where="run-in",
            found=str(known),
            do="record more nights first",
        )
    strictest = 0.0
    for phi, white in product(PHIS, WHITES):
        if phi == 0.0 and white > 0.0:
            continue
        nights = _paths(rng, phi, white, before.size + n_nights)
        nights[:, : before.size][:, gaps] = np.nan
        nights[:, before.size :][rng.random((SIMULATED, n_nights)) < missing] = np.nan
        largest = _scores(nights, before.size).max(axis=1)
        strictest = max(strictest, float(np.quantile(largest, 1.0 - AIMED)))
    return math.ceil(100 * strictest) / 100


def safety_alarm(before: Floats, y: Floats, *, limit: float, higher_is_better: bool) -> Alarm | None:
    """Return the first week that fired the rule, or None.

    Parameters
    ----------
    before : (m,)
        The run-in, night by night; nan where missing.
    y : (n,)
        Nights of the trial so far, from night 1; nan where missing.
    limit : float
        See `safety_limit`.
    higher_is_better : bool
        Direction of benefit.
    """
    known = before[~np.isnan(before)]
    sd = float(np.std(known, ddof=1)) if known.size > 1 else 0.0
    if known.size < LEAST_RUN_IN or not sd > 0 or not y.size:
        return None
    better = (1.0 if higher_is_better else -1.0) * np.concatenate([before, y])
    found = _scores(better[None, :], before.size)[0]
    fired = np.flatnonzero(found >= limit)
    if not fired.size:
        return None
    night = int(fired[0])
    week = better[before.size :][max(night + 1 - WINDOW, 0) : night + 1]
    fall = (float(np.nanmean(better[: before.size])) - float(np.nanmean(week))) / sd
    return Alarm(night=night + 1, fall=fall, score=float(found[night]))


def _scores(better: Floats, run_in: int) -> Floats:
    """Return the score of each trial night's last week, (N, n)."""
    out = np.empty((better.shape[0], better.shape[1] - run_in))
    better = np.ascontiguousarray(better, dtype=np.float64)
    scores(better, run_in, noise_table(better.shape[1]), mean_variance(WINDOW), out)
    return out


def _paths(rng: np.random.Generator, phi: float, white: float, nights: int) -> Floats:
    """Return nights of unit variance, (SIMULATED, nights): first-order autoregression with white noise."""
    out = rng.standard_normal((nights, SIMULATED))
    for t in range(1, nights):
        out[t] = phi * out[t - 1] + math.sqrt(1.0 - phi * phi) * out[t]
    mixed = math.sqrt(1.0 - white) * out + math.sqrt(white) * rng.standard_normal(out.shape)
    return np.ascontiguousarray(mixed.T)
