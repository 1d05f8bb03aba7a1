"""The daily safety rule: a week that is clearly worse than the person's own run-in."""

import math
from dataclasses import dataclass

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._defaults import HYPER_PRIORS

WINDOW = 7
"""Nights that are averaged: one week, as in the safety question on sleeping clearly worse."""
LEAST_KNOWN = 4
"""Known nights a window needs (assumed, 3 to 5)."""
LEAST_RUN_IN = 7
"""Known nights a run-in needs; fewer tell no noise."""
FALSE_ALARMS = 0.05
"""Most often that the rule may fire in a trial in which nothing changes."""
SIMULATED = 16_000
"""Simulated run-ins; a quarter of them carries the limit, so its tail is known to about 0.003."""
BURN_IN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A week that fired the rule: its last night, and its fall in run-in SDs."""

    night: int
    fall: float


def safety_limit(rng: np.random.Generator, before: Floats, *, n_nights: int, missing: float = 0.0) -> float:
    """Return the fall of a week's mean, in run-in SDs, that at most 5 in 100 unchanged trials ever reach.

    Simulates run-in and trial in which nothing changes, with noise drawn from its prior, and keeps the
    quarter of the simulated run-ins whose night-to-night correlation is most like the person's. The
    limit is the 95 % point of the largest fall of a trial's weeks below the run-in's own mean, in the
    run-in's own SD, so the uncertainty of both is in it. Order and treatment do not enter.

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
    known = int(np.sum(~np.isnan(before)))
    if known < LEAST_RUN_IN:
        raise RangeError(
            f"the safety rule needs {LEAST_RUN_IN} nights before the start",
            where="run-in",
            found=str(known),
            do="record more nights first",
        )
    phi, white = _noises(rng, SIMULATED)
    nights = _paths(rng, phi, white, before.size + n_nights)
    run_ins = np.where(np.isnan(before), np.nan, nights[:, : before.size])
    distance = np.abs(_lag_1(run_ins) - _lag_1(before[None, :])[0])
    alike = np.argsort(distance, kind="stable")[: SIMULATED // 4]
    falls = _largest_falls(run_ins[alike], nights[alike, before.size :], rng, missing)
    return math.ceil(100 * float(np.quantile(falls, 1.0 - FALSE_ALARMS))) / 100


def safety_alarm(before: Floats, y: Floats, *, limit: float, higher_is_better: bool) -> Alarm | None:
    """Return the first week that fired the rule, or None.

    Parameters
    ----------
    before : (m,)
        Known values of the run-in.
    y : (n,)
        Nights of the trial so far, from night 1; nan where missing.
    limit : float
        See `safety_limit`.
    higher_is_better : bool
        Direction of benefit.
    """
    sd = float(np.std(before, ddof=1)) if before.size > 1 else 0.0
    if before.size < LEAST_RUN_IN or not sd > 0 or not y.size:
        return None
    sign = 1.0 if higher_is_better else -1.0
    falls = _falls(((sign * float(np.mean(before)) - sign * y) / sd)[None, :])[0]
    fired = np.flatnonzero(falls >= limit)
    return Alarm(night=int(fired[0]) + 1, fall=float(falls[fired[0]])) if fired.size else None


def _falls(worse: Floats) -> Floats:
    """Return the mean of the last seven nights, (n, nights); -inf where too few are known."""
    known = ~np.isnan(worse)
    total = np.cumsum(np.where(known, worse, 0.0), axis=1)
    count = np.cumsum(known, axis=1).astype(np.float64)
    for path in (total, count):
        path[:, WINDOW:] = path[:, WINDOW:] - path[:, :-WINDOW].copy()
    return np.where(count >= LEAST_KNOWN, total / np.maximum(count, 1.0), -np.inf)


def _largest_falls(before: Floats, after: Floats, rng: np.random.Generator, missing: float) -> Floats:
    mean = np.nanmean(before, axis=1, keepdims=True)
    sd = np.nanstd(before, axis=1, ddof=1, keepdims=True)
    after = np.where(rng.random(after.shape) < missing, np.nan, after)
    return np.asarray(_falls((mean - after) / sd).max(axis=1))


def _lag_1(nights: Floats) -> Floats:
    """Return the correlation of each night with the next, (n,); 0 where it cannot be told."""
    off = nights - np.nanmean(nights, axis=1, keepdims=True)
    square = np.nanmean(off * off, axis=1)
    pairs = off[:, 1:] * off[:, :-1]
    if np.all(np.isnan(pairs[0])):
        return np.zeros(nights.shape[0])
    return np.asarray(np.nanmean(pairs, axis=1) / np.where(square > 0, square, 1.0))


def _noises(rng: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    phi_prior, white_prior = HYPER_PRIORS["atanh_phi"], HYPER_PRIORS["logit_r"]
    phi = np.tanh(rng.normal(phi_prior.mean, phi_prior.sd, n))
    white = 1.0 / (1.0 + np.exp(-rng.normal(white_prior.mean, white_prior.sd, n)))
    return phi, white


def _paths(rng: np.random.Generator, phi: Floats, white: Floats, nights: int) -> Floats:
    """Return nights of unit variance, (n, nights): first-order autoregression with white noise."""
    state = np.zeros(phi.size)
    out = np.empty((phi.size, nights))
    step = np.sqrt(1.0 - phi * phi)
    for t in range(-BURN_IN, nights):
        state = phi * state + step * rng.standard_normal(phi.size)
        if t >= 0:
            out[:, t] = state
    return np.sqrt(1.0 - white)[:, None] * out + np.sqrt(white)[:, None] * rng.standard_normal(out.shape)
