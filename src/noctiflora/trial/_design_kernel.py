"""The compiled analysis of many simulated trials that share their order, gaps and points.

The engine adapts its points to each series. Here all series of a group share doses, gaps and
points, so that everything but the outcome is filtered once for a point, and the outcomes of the
group run side by side (lanes). sigma alone is placed for each series: around what the residuals
say at the point. Importance weights make it exact, as in the engine; their effective number is
told, so that the caller can hand a series to the engine where it is small.
"""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Flags, Floats, Integers

RAW = 5
"""Numbers for each point and series: log weight, P(benefit), P(useful); log weight, P(benefit), sceptical."""
FOUND = 5
"""Numbers for each look and series: P(benefit), P(useful), P(benefit | sceptical), effective points of both."""
FAINT = -40.0
"""Log weights that far below the largest add nothing in double precision."""
SMALLEST_SHARE = 1e-12
"""The share of white noise is kept this far from 0, as in the engine."""


@njit(cache=True, nogil=True)
def _below(x: float) -> float:
    """Return the chance that a standard normal lies below x."""
    return 0.5 * math.erfc(-x * 0.7071067811865476)


@njit(cache=True, nogil=True)
def _factor(square: Floats, add: float, low: Floats) -> float:
    """Fill `low` with the Cholesky factor of add * I + square; return its log-determinant."""
    logdet = 0.0
    for i in range(low.shape[0]):
        for j in range(i + 1):
            s = square[i, j]
            for k in range(j):
                s -= low[i, k] * low[j, k]
            if i == j:
                s = max(s + add, 1e-300)
                low[i, i] = math.sqrt(s)
                logdet += math.log(s)
            else:
                low[i, j] = s / low[j, j]
    return logdet


@njit(cache=True, nogil=True)
def _mix(base: float, slope: float, precision: float, parts: Floats, aim: Floats, out: Floats) -> None:
    """Fill `out` with log weight, P(benefit) and P(useful) of one normal likelihood under the mixture `parts`."""
    top = -np.inf
    whole, good, worth = 0.0, 0.0, 0.0
    for k in range(parts.shape[0]):
        mean, sd = parts[k, 1], parts[k, 2]
        known = 1.0 / (sd * sd)
        total = precision + known
        root = math.sqrt(total)
        h = slope + mean * known
        term = 0.5 * (h * h / total - mean * mean * known)
        # the largest term so far stands at 1; what was summed before is scaled down to it
        if term > top:
            shrink = math.exp(max(top - term, FAINT)) if top > -np.inf else 0.0
            whole, good, worth = whole * shrink, good * shrink, worth * shrink
            top = term
        w = math.exp(term - top) * parts[k, 0] / (sd * root)
        centre = aim[0] * h / root
        whole += w
        good += w * _below(centre)
        worth += w * _below(centre - aim[1] * root)
    out[0], out[1], out[2] = base + top + math.log(whole), good / whole, worth / whole


@njit(cache=True, nogil=True)
def _level(low: Floats, xy: Floats, yy: float, lane: int, n_seen: int, log_sigma: Floats, eps: float) -> float:
    """Return log sigma of one series at one point: where its residuals put it, moved by `eps` spreads."""
    mean, sd, wider = float(log_sigma[0]), float(log_sigma[1]), float(log_sigma[2])
    if sd == 0.0:
        return mean
    m = low.shape[0]
    solved = np.empty(m)
    rest = yy
    for i in range(m):
        s = xy[i, lane]
        for k in range(i):
            s -= low[i, k] * solved[k]
        solved[i] = s / low[i, i]
        rest -= solved[i] * solved[i]
    told = 0.5 * math.log(max(rest, 1e-12 * yy + 1e-300) / max(n_seen, 1))
    known = 1.0 / (sd * sd)
    total = 2.0 * n_seen + known
    return (2.0 * n_seen * told + known * mean) / total + wider * eps / math.sqrt(total)


@njit(cache=True, nogil=True)
def _look(
    gram: Floats, xy: Floats, yy: Floats, told: Floats, log_sigma: Floats, evidence: Floats, sceptic: Floats,
    aim: Floats, centre: Floats, raw: Floats,
) -> None:  # fmt: skip
    """Fill `raw`, (lanes, RAW), for one point from cross-products at sigma = 1; `told`: logdet, n seen, eps, ratio.

    `centre`, (p,), holds the prior means of the regressors before the last, in their prior sds.
    """
    m = gram.shape[0]
    p = m - 1
    low_all, low, scaled = np.empty((m, m)), np.empty((p, p)), np.empty((p, p))
    b, xe, found = np.empty(p), np.empty(p), np.empty(3)
    n_seen = told[1]
    _factor(gram, math.exp(2.0 * log_sigma[0]), low_all)
    for lane in range(yy.size):
        level = _level(low_all, xy, yy[lane], lane, int(n_seen), log_sigma, told[2])
        per_var = math.exp(-2.0 * level)
        for i in range(p):
            for j in range(i + 1):
                scaled[i, j] = gram[i, j] * per_var
        base = _factor(scaled, 1.0, low) + n_seen * 2.0 * level + told[0] + yy[lane] * per_var
        slope, precision = xy[p, lane] * per_var, gram[p, p] * per_var
        for i in range(p):
            s, t = xy[i, lane] * per_var + centre[i], gram[p, i] * per_var
            base += centre[i] * centre[i]
            for k in range(i):
                s -= low[i, k] * b[k]
                t -= low[i, k] * xe[k]
            b[i], xe[i] = s / low[i, i], t / low[i, i]
            base -= b[i] * b[i]
            slope -= b[i] * xe[i]
            precision -= xe[i] * xe[i]
        base = -0.5 * base + told[3]
        if log_sigma[1] > 0.0:
            base -= 0.5 * ((level - log_sigma[0]) / log_sigma[1]) ** 2
        precision = max(precision, 0.0)
        _mix(base, slope, precision, evidence, aim, found)
        raw[lane, 0], raw[lane, 1], raw[lane, 2] = found[0], found[1], found[2]
        _mix(base, slope, precision, sceptic, aim, found)
        raw[lane, 3], raw[lane, 4] = found[0], found[1]


@njit(cache=True, nogil=True)
def _recentred(gram: Floats, xy: Floats, shift: float, gram_out: Floats, xy_out: Floats) -> None:
    """Copy cross-products with `shift` of the first regressor taken from the second: the trend of a shorter series."""
    gram_out[:, :] = gram
    xy_out[:, :] = xy
    for i in range(gram.shape[0]):
        gram_out[1, i] -= shift * gram_out[0, i]
    for i in range(gram.shape[0]):
        gram_out[i, 1] -= shift * gram_out[i, 0]
    for lane in range(xy.shape[1]):
        xy_out[1, lane] -= shift * xy_out[0, lane]


@njit(cache=True, nogil=True)
def _night(
    x: Floats, y: Floats, var: float, share: float, phi: float, states: Floats, y_state: Floats, gram: Floats,
    xy: Floats, yy: Floats, v: Floats, r: Floats,
) -> None:  # fmt: skip
    """Take one observed night into the cross-products and the filter's states."""
    inv = 1.0 / (var + share)
    gain = var * inv
    m = x.size
    for i in range(m):
        v[i] = x[i] - states[i]
        states[i] = phi * (states[i] + gain * v[i])
    for i in range(m):
        for j in range(m):
            gram[i, j] += v[i] * inv * v[j]
    for lane in range(y.size):
        r[lane] = y[lane] - y_state[lane]
        y_state[lane] = phi * (y_state[lane] + gain * r[lane])
        yy[lane] += r[lane] * r[lane] * inv
    for i in range(m):
        c = v[i] * inv
        for lane in range(y.size):
            xy[i, lane] += c * r[lane]


@njit(cache=True, nogil=True)
def weigh(
    points: Floats, cols: Floats, seen: Flags, dose: Floats, y: Floats, ends: Integers, shifts: Floats,
    log_sigma: Floats, evidence: Floats, sceptic: Floats, aim: Floats, raw: Floats,
) -> None:  # fmt: skip
    """Fill `raw` for every look, point and series.

    Parameters
    ----------
    points : (K, 6)
        atanh phi, logit r, log tau_on, log tau_off; spreads by which log sigma is moved; log
        prior over log proposal density.
    cols : (n, p)
        Regressors times their prior sds: the level first, the trend second; p >= 2.
    seen : (n,)
        Nights with an outcome.
    dose : (n,)
        Dose before each night, 0 to 1.
    y : (n, lanes)
        Outcomes less the prior mean of the level; anything on nights not seen.
    ends : (E,)
        Last nights of the looks, counted from 1, rising; the last is n.
    shifts : (E,)
        What to take of the level's column from the trend's, so that the trend of the nights up
        to the look is centred on these.
    log_sigma : (3,)
        Prior mean and sd of log sigma, and the factor on its proposal's spread.
    evidence, sceptic : (parts, 3)
        Priors of theta: weight, mean, sd.
    aim : (2,)
        1 if higher is better, else -1; the useful amount.
    raw : (E, K, lanes, RAW)
        Out; see `RAW`.
    """
    n, p = cols.shape
    lanes = y.shape[1]
    m = p + 1
    x, states, v = np.empty(m), np.empty(m), np.empty(m)
    gram, gram_look, told = np.empty((m, m)), np.empty((m, m)), np.empty(4)
    xy, xy_look = np.empty((m, lanes)), np.empty((m, lanes))
    yy, y_state, r = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    centre = np.zeros(p)
    for k in range(points.shape[0]):
        phi = math.tanh(points[k, 0])
        share = max(1.0 / (1.0 + math.exp(-points[k, 1])), SMALLEST_SHARE)
        k_on, k_off = -math.expm1(-math.exp(-points[k, 2])), -math.expm1(-math.exp(-points[k, 3]))
        var = 1.0 - share
        fresh = var * (1.0 - phi * phi)
        states[:], y_state[:], gram[:, :], xy[:, :], yy[:] = 0.0, 0.0, 0.0, 0.0, 0.0
        e, logdet, n_seen, look = 0.0, 0.0, 0, 0
        for t in range(n):
            e += k_on * dose[t] * (1.0 - e) - k_off * (1.0 - dose[t]) * e
            if seen[t]:
                x[:p] = cols[t]
                x[p] = e
                logdet += math.log(var + share)
                n_seen += 1
                _night(x, y[t], var, share, phi, states, y_state, gram, xy, yy, v, r)
                var = phi * phi * var * share / (var + share) + fresh
            else:
                states *= phi
                y_state *= phi
                var = phi * phi * var + fresh
            if t + 1 == ends[look]:
                told[0], told[1], told[2], told[3] = logdet, n_seen, points[k, 4], points[k, 5]
                _recentred(gram, xy, shifts[look], gram_look, xy_look)
                _look(gram_look, xy_look, yy, told, log_sigma, evidence, sceptic, aim, centre, raw[look, k])
                look += 1


@njit(cache=True, nogil=True)
def conclude(raw: Floats, found: Floats) -> None:
    """Fill `found`, (E, lanes, FOUND), with the weighted chances and the effective points; see `FOUND`."""
    for look in range(raw.shape[0]):
        for lane in range(raw.shape[2]):
            for prior in range(2):
                at = 3 * prior
                top = -np.inf
                for k in range(raw.shape[1]):
                    top = max(top, raw[look, k, lane, at])
                whole, square, good, worth = 0.0, 0.0, 0.0, 0.0
                for k in range(raw.shape[1]):
                    w = math.exp(max(raw[look, k, lane, at] - top, FAINT))
                    whole += w
                    square += w * w
                    good += w * raw[look, k, lane, at + 1]
                    if prior == 0:
                        worth += w * raw[look, k, lane, 2]
                if prior == 0:
                    found[look, lane, 0], found[look, lane, 1] = good / whole, worth / whole
                else:
                    found[look, lane, 2] = good / whole
                found[look, lane, 3 + prior] = whole * whole / square
