"""The noise that a week's mean is judged by: spread and autocorrelation of all nights before it."""

from functools import lru_cache

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Floats

WINDOW = 7
"""Nights that are averaged: one week, as in the safety question on sleeping clearly worse."""
LEAST_KNOWN = 4
"""Known nights a window needs (assumed, 3 to 5)."""
LAGS = 3
"""Nights apart up to which autocorrelations are added: white noise on top of a slow drift hides it at one night."""
CAUTION = 1.0
"""Standard errors, each one over the root of the nights, that are added to those autocorrelations (by simulation)."""
FEW = 20.0
"""With so many known nights the variance is doubled, for the spread is hardly known (by simulation)."""
PHIS = np.linspace(0.0, 0.97, 50)
"""Autocorrelations between which a person's own is read off."""


def mean_variance(n: int) -> Floats:
    """Return the variance of the mean of n nights of unit variance, for each of `PHIS`.

    Examples
    --------
    >>> float(mean_variance(4)[0])
    0.25
    """
    lag = np.arange(1, n)
    return np.asarray((1 + 2 * ((1 - lag / n) * PHIS[:, None] ** lag).sum(axis=1)) / n)


@lru_cache(maxsize=4)
def noise_table(nights: int) -> Floats:
    """Return for so many known nights what short samples of each of `PHIS` lead one to see.

    Returns
    -------
    (nights + 1, 2, 50)
        The variance of the mean, and the sum of the first sample autocorrelations: taking off the
        sample's own mean makes both spread and autocorrelation look smaller than they are.
    """
    table = np.ones((nights + 1, 2, PHIS.size))
    for n in range(2, nights + 1):
        of_mean = mean_variance(n)
        seen = sum((PHIS**k - of_mean) / (1 - of_mean) for k in range(1, LAGS + 1))
        table[n] = of_mean, np.maximum.accumulate(seen)
    table[:2, 1] = table[min(2, nights), 1]
    table.flags.writeable = False
    return table


@njit(cache=True)
def _read_off(value: float, table: Floats) -> float:
    """Return the place of a value among those of a rising table, in steps."""
    last = table.size - 1
    if value <= table[0]:
        return 0.0
    for j in range(1, last + 1):
        if value <= table[j]:
            place: float = j - 1 + (value - table[j - 1]) / (table[j] - table[j - 1])
            return place
    return float(last)


@njit(cache=True)
def _at(place: float, table: Floats) -> float:
    j = min(int(place), table.size - 2)
    found: float = table[j] + (place - j) * (table[j + 1] - table[j])
    return found


@njit(cache=True)
def _squared_noise(sums: Floats, table: Floats, week: Floats, run_in: int) -> float:
    """Return the variance of a week's mean less the run-in's, from sums over the nights before; 0 if unknown.

    `sums`: nights, sum, sum of squares, then for each lag the pairs, their products and their sums.
    """
    n = int(sums[0])
    mean = sums[1] / n
    spread = sums[2] / n - mean * mean
    if spread <= 1e-12 * (mean * mean + 1e-300):
        return 0.0
    total = CAUTION / np.sqrt(n)
    for k in range(LAGS):
        pairs = max(sums[3 + 3 * k], 1.0)
        total += (sums[4 + 3 * k] / pairs - mean * sums[5 + 3 * k] / pairs + mean * mean) / spread
    place = _read_off(total, table[n, 1])
    of_mean = min(_at(place, table[n, 0]), 0.99)
    noise: float = spread * (1.0 + FEW / n) / (1.0 - of_mean) * (_at(place, week) + _at(place, table[run_in, 0]))
    return noise


@njit(cache=True)
def _take(sums: Floats, x: Floats, t: int) -> None:
    """Take night t into the sums."""
    if np.isnan(x[t]):
        return
    sums[0] += 1.0
    sums[1] += x[t]
    sums[2] += x[t] * x[t]
    for k in range(LAGS):
        if t > k and not np.isnan(x[t - k - 1]):
            sums[3 + 3 * k] += 1.0
            sums[4 + 3 * k] += x[t] * x[t - k - 1]
            sums[5 + 3 * k] += x[t] + x[t - k - 1]


@njit(cache=True)
def scores(better: Floats, run_in: int, table: Floats, week: Floats, out: Floats) -> None:
    """Fill how far each night's last week lies below the run-in, in standard errors; -inf where not known.

    Parameters
    ----------
    better : (N, m + n)
        Nights, the run-in of m first, high where sleep was good; nan where missing.
    run_in : int
        m; at least two of these nights must be known.
    table, week : (nights + 1, 2, 50), (50,)
        `noise_table`, and `mean_variance` of a week.
    out : (N, n)
        Out.
    """
    for i in range(better.shape[0]):
        known, total = 0, 0.0
        for t in range(run_in):
            if not np.isnan(better[i, t]):
                known += 1
                total += better[i, t]
        x = better[i] - total / known
        sums = np.zeros(3 + 3 * LAGS)
        for t in range(run_in):
            _take(sums, x, t)
        for t in range(run_in, x.size):
            old = t - WINDOW
            if old >= run_in:
                _take(sums, x, old)
            count, fall = 0, 0.0
            for s in range(max(old + 1, run_in), t + 1):
                if not np.isnan(x[s]):
                    count += 1
                    fall -= x[s]
            out[i, t - run_in] = -np.inf
            if count >= LEAST_KNOWN:
                noise = _squared_noise(sums, table, week, known)
                if noise > 0.0:
                    out[i, t - run_in] = fall / count / np.sqrt(noise)
