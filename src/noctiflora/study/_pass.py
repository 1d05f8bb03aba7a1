"""The compiled pass over people: the log-likelihood of the population, and each person's effect under it.

A population is one row: mean effect of each strain, slope of each covariate, log omega, then the means of
log onset and of log wash-out.
"""

import math

import numpy as np
from numba import njit

from noctiflora.study._pile import Floats, Integers

_MOST_NEGATIVE = -1e300
MOST_EXPLAINED = 0.95
"""Largest share of theta's variance inside a neighbourhood that the time constants explain."""


@njit(cache=True, nogil=True)
def _kinetics(start: Integers, curves: Floats, kinetics: Floats, spreads: Floats) -> Floats:
    """Return (N, 5): by how much likelier each curve's time constants are in a population than under its prior.

    The ratio of both normals is a normal curve itself, averaged here over the curve's own neighbourhood. Its
    log is a square function of the population's means x, y: a + b x + c x^2 + d y + e y^2.
    """
    out = np.zeros((curves.shape[0], 5))
    for i in range(start.size - 1):
        for j in range(2):
            centre, wide = kinetics[i, 2 * j], kinetics[i, 2 * j + 1]
            if wide <= 0.0:
                continue
            new, old = spreads[j] ** -2, wide**-2
            precision = new - old
            for k in range(start[i], start[i + 1]):
                value, var = curves[k, 2 + j], curves[k, 5 + j]
                grown = 1.0 + precision * var
                if grown <= 0.0:
                    grown, var = 1.0, 0.0
                # at x the slope is new x - old centre
                back = old * centre
                out[k, 0] += (0.5 * back * back * var - back * value - 0.5 * precision * value * value) / grown
                out[k, 0] += 0.5 * old * centre * centre + 0.5 * math.log(new / (old * grown))
                out[k, 1 + 2 * j] = new * (value - back * var) / grown
                out[k, 2 + 2 * j] = 0.5 * new * (new * var / grown - 1.0)
    return out


@njit(cache=True, nogil=True)
def _moved(start: Integers, curves: Floats, kinetics: Floats, spreads: Floats) -> Floats:
    """Return (N, 7): how each curve moves where a population shifts the time constants of its neighbourhood.

    Theta leans on the time constants inside a neighbourhood, so its mean there is u + v x + w y in the
    population's means x, y. Columns: log weight, u, v, w, one over the variance of theta, precision once the
    prior is divided out, and whether there was such a prior.
    """
    out = np.zeros((curves.shape[0], 7))
    for i in range(start.size - 1):
        for k in range(start[i], start[i + 1]):
            slope, precision, prior = curves[k, 0], curves[k, 1], curves[k, 9]
            if prior <= 0.0:
                out[k, 0], out[k, 1], out[k, 4], out[k, 5] = curves[k, 4], slope, 1.0, precision
                continue
            var = 1.0 / (precision + prior**-2)
            out[k, 1] = slope * var
            explained, left = 0.0, 0.0
            for j in range(2):
                explained += curves[k, 7 + j] ** 2 * curves[k, 5 + j]
            # the two leanings share a little; together they never explain more than nearly all
            share = min(1.0, MOST_EXPLAINED * var / explained) if explained > 0.0 else 0.0
            for j in range(2):
                wide = kinetics[i, 2 * j + 1]
                if wide <= 0.0:
                    left += share * curves[k, 7 + j] ** 2 * curves[k, 5 + j]
                    continue
                new, old, spread = spreads[j] ** -2, wide**-2, curves[k, 5 + j]
                grown = 1.0 + (new - old) * spread
                if grown <= 0.0:
                    grown, spread = 1.0, 0.0
                tilt, value = curves[k, 7 + j] * math.sqrt(share), curves[k, 2 + j]
                out[k, 1] += tilt * ((value - spread * old * kinetics[i, 2 * j]) / grown - value)
                out[k, 2 + j] = tilt * spread * new / grown
                left += tilt * tilt * spread / grown
            var += left - share * explained
            # no wider than the prior that it was drawn under, whose log area is taken out below
            var = min(var, (1.0 - 1e-9) * prior**2)
            out[k, 0] = _log_curve(curves[k], 0.0, prior**2) + 0.5 * math.log(prior**2 / var)
            out[k, 4], out[k, 5], out[k, 6] = 1.0 / var, 1.0 / var - prior**-2, 1.0
    return out


@njit(cache=True, nogil=True)
def _log_kinetics(of: Floats, row: Floats, at: int) -> float:
    x, y = row[at], row[at + 1]
    total: float = of[0] + x * (of[1] + x * of[2]) + y * (of[3] + y * of[4])
    return total


@njit(cache=True, nogil=True)
def _log_curve(curve: Floats, mean: float, var: float) -> float:
    """Return the log of a curve's area under N(mean, var); see `trial.log_area`."""
    grown = 1.0 + curve[1] * var
    exponent = (0.5 * curve[0] * curve[0] * var + curve[0] * mean - 0.5 * curve[1] * mean * mean) / grown
    total: float = exponent - 0.5 * math.log(grown) + curve[4]
    return total


@njit(cache=True, nogil=True)
def _slope(of: Floats, row: Floats, at: int) -> float:
    slope: float = (of[1] + of[2] * row[at] + of[3] * row[at + 1]) * of[4]
    return slope


@njit(cache=True, nogil=True)
def _log_moved(of: Floats, slope: float, mean: float, var: float) -> float:
    """Return the log of a moved curve's area under N(mean, var)."""
    grown = 1.0 + of[5] * var
    exponent = (0.5 * slope * slope * var + slope * mean - 0.5 * of[5] * mean * mean) / grown
    total: float = exponent - 0.5 * math.log(grown) + of[0] - of[6] * 0.5 * slope * slope / of[4]
    return total


@njit(cache=True, nogil=True)
def _expected(row: Floats, strain: int, x: Floats, strains: int) -> float:
    mean: float = row[strain]
    for j in range(x.size):
        mean += row[strains + j] * x[j]
    return mean


@njit(cache=True, nogil=True)
def log_likelihood(
    rows: Floats,
    strains: int,
    spreads: Floats,
    start: Integers,
    curves: Floats,
    strain: Integers,
    covariates: Floats,
    kinetics: Floats,
    out: Floats,
) -> None:
    """Add to `out` (B, n) each person's log-likelihood under each of B populations `rows` (B, d)."""
    at = strains + covariates.shape[1]
    likelier = _kinetics(start, curves, kinetics, spreads)
    moved = _moved(start, curves, kinetics, spreads)
    for b in range(rows.shape[0]):
        row = rows[b]
        var = math.exp(2.0 * row[at])
        for i in range(strain.size):
            mean = _expected(row, strain[i], covariates[i], strains)
            peak, total = _MOST_NEGATIVE, 0.0
            for k in range(start[i], start[i + 1]):
                log = _log_moved(moved[k], _slope(moved[k], row, at + 1), mean, var)
                log += _log_kinetics(likelier[k], row, at + 1)
                if log > peak:
                    total = total * math.exp(peak - log) + 1.0
                    peak = log
                else:
                    total += math.exp(log - peak)
            out[b, i] = peak + math.log(total)


@njit(cache=True, nogil=True)
def effects(
    rows: Floats,
    weight: Floats,
    strains: int,
    spreads: Floats,
    start: Integers,
    curves: Floats,
    strain: Integers,
    covariates: Floats,
    kinetics: Floats,
    useful: float,
    out: Floats,
) -> None:
    """Fill `out` (n, 4) with each person's mean, second moment, P(theta > 0) and P(theta > useful)."""
    at = strains + covariates.shape[1]
    likelier = _kinetics(start, curves, kinetics, spreads)
    moved = _moved(start, curves, kinetics, spreads)
    for i in range(strain.size):
        first, last = start[i], start[i + 1]
        logs = np.empty(last - first)
        for b in range(rows.shape[0]):
            row = rows[b]
            var = math.exp(2.0 * row[at])
            mean = _expected(row, strain[i], covariates[i], strains)
            for k in range(first, last):
                logs[k - first] = _log_moved(moved[k], _slope(moved[k], row, at + 1), mean, var)
                logs[k - first] += _log_kinetics(likelier[k], row, at + 1)
            part = np.exp(logs - logs.max())
            part *= weight[b] / part.sum()
            for k in range(first, last):
                grown = 1.0 + moved[k, 5] * var
                m, v = (_slope(moved[k], row, at + 1) * var + mean) / grown, var / grown
                wide = math.sqrt(2.0 * v) + 1e-300
                out[i, 0] += part[k - first] * m
                out[i, 1] += part[k - first] * (m * m + v)
                out[i, 2] += part[k - first] * 0.5 * math.erfc(-m / wide)
                out[i, 3] += part[k - first] * 0.5 * math.erfc((useful - m) / wide)
