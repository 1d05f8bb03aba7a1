"""The compiled engine core: log p(y|z) of the nightly model for many hyperparameters at once.

Vocabulary: z = (atanh phi, log sigma, logit r, log tau_on, log tau_off). Columns are the
outcome, the p regressors scaled by their prior spread, and the exposure, which is built on the
way. Points run side by side (lanes), because one Kalman pass alone is a chain of sums that
leaves most of the processor idle. sigma factors out of the pass: everything is whitened with
sigma = 1 and scaled after.
"""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Flags, Floats

LANES = 32
SMALLEST_SHARE = 1e-12
"""The share of white noise is kept this far from 0, so that no innovation variance vanishes."""
DETAIL = 3
"""Leading columns of `detail`: base, slope and precision of the likelihood of theta."""


@njit(cache=True)
def _absorb(row: Floats, e: Floats, noise: Floats, var: Floats, state: Floats, v: Floats, gram: Floats) -> None:
    """Take one observed night into the cross-products, then move the filter on by a night."""
    width = row.size
    phi, share, fresh, inv, prod = noise[0], noise[1], noise[2], noise[3], noise[4]
    for b in range(LANES):
        total = var[b] + share[b]
        inv[b] = 1.0 / total
        prod[b] *= total
        v[width, b] = e[b] - state[width, b]
    for j in range(width):
        c = row[j]
        for b in range(LANES):
            v[j, b] = c - state[j, b]
    k = 0
    for i in range(width + 1):
        for j in range(i + 1):
            for b in range(LANES):
                gram[k, b] += v[i, b] * inv[b] * v[j, b]
            k += 1
    for i in range(width + 1):
        for b in range(LANES):
            state[i, b] = phi[b] * (state[i, b] + var[b] * inv[b] * v[i, b])
    for b in range(LANES):
        var[b] = phi[b] * phi[b] * var[b] * share[b] * inv[b] + fresh[b]


@njit(cache=True)
def _filter(z: Floats, cols: Floats, seen: Flags, dose: Floats, gram: Floats, logdet: Floats) -> None:
    """Fill whitened cross-products (lower triangle by rows) and log-determinants of `LANES` points."""
    m = cols.shape[1] + 1
    noise = np.ones((5, LANES))
    k_on, k_off = np.empty(LANES), np.empty(LANES)
    phi, share, fresh, prod = noise[0], noise[1], noise[2], noise[4]
    e, var = np.zeros(LANES), np.empty(LANES)
    state, v = np.zeros((m, LANES)), np.empty((m, LANES))
    gram[:, :] = 0.0
    for b in range(LANES):
        phi[b] = math.tanh(z[b, 0])
        share[b] = max(1.0 / (1.0 + np.exp(-z[b, 2])), SMALLEST_SHARE)
        var[b] = 1.0 - share[b]
        fresh[b] = var[b] * (1.0 - phi[b] * phi[b])
        k_on[b] = -math.expm1(-np.exp(-z[b, 3]))
        k_off[b] = -math.expm1(-np.exp(-z[b, 4]))
        logdet[b] = 0.0
    for t in range(cols.shape[0]):
        d = dose[t]
        for b in range(LANES):
            e[b] += k_on[b] * d * (1.0 - e[b]) - k_off[b] * (1.0 - d) * e[b]
        if seen[t]:
            _absorb(cols[t], e, noise, var, state, v, gram)
        else:
            for i in range(m):
                for b in range(LANES):
                    state[i, b] *= phi[b]
            for b in range(LANES):
                var[b] = phi[b] * phi[b] * var[b] + fresh[b]
        # one logarithm for eight nights: eight factors of SMALLEST_SHARE do not underflow
        if t % 8 == 7:
            for b in range(LANES):
                logdet[b] += math.log(prod[b])
                prod[b] = 1.0
    for b in range(LANES):
        logdet[b] += math.log(prod[b])


@njit(cache=True)
def _solve(gram: Floats, b: int, per_var: float, low: Floats, rhs: Floats) -> float:
    """Factor A = I + X'X/sigma^2 of lane `b` into `low`; leave L^-1 X'y and L^-1 X'e in `rhs`; return log|A|."""
    p = low.shape[0]
    last = (p + 1) * (p + 2) // 2
    logdet = 0.0
    for i in range(p):
        first = (i + 1) * (i + 2) // 2
        rhs[0, i] = gram[first, b] * per_var
        rhs[1, i] = gram[last + i + 1, b] * per_var
        for j in range(i + 1):
            s = gram[first + j + 1, b] * per_var
            if i == j:
                s += 1.0
            for k in range(j):
                s -= low[i, k] * low[j, k]
            if i == j:
                # A - I is positive semi-definite, so no pivot of A is below 1 but by rounding
                s = max(s, 1.0)
                low[i, i] = math.sqrt(s)
                logdet += math.log(s)
            else:
                low[i, j] = s / low[j, j]
        for c in range(2):
            s = rhs[c, i]
            for k in range(i):
                s -= low[i, k] * rhs[c, k]
            rhs[c, i] = s / low[i, i]
    return logdet


@njit(cache=True)
def _coefficients(low: Floats, rhs: Floats, out: Floats) -> None:
    """Fill `out` with A^-1 X'y, A^-1 X'e and the diagonal of A^-1, given L and L^-1 of both sides."""
    p = low.shape[0]
    inverse = np.zeros((p, p))
    for j in range(p):
        inverse[j, j] = 1.0 / low[j, j]
        for i in range(j + 1, p):
            s = 0.0
            for k in range(j, i):
                s -= low[i, k] * inverse[k, j]
            inverse[i, j] = s / low[i, i]
    for j in range(p):
        for i in range(j, p):
            out[j] += inverse[i, j] * rhs[0, i]
            out[p + j] += inverse[i, j] * rhs[1, i]
            out[2 * p + j] += inverse[i, j] * inverse[i, j]


@njit(cache=True)
def mix(base: float, slope: float, precision: float, theta: Floats) -> float:
    """Return log of the likelihood exp(base + slope*x - precision*x^2/2) averaged over the mixture `theta`."""
    top = -np.inf
    terms = np.empty(theta.shape[0])
    for k in range(theta.shape[0]):
        weight, mean, sd = theta[k, 0], theta[k, 1], theta[k, 2]
        known = 1.0 / (sd * sd)
        h = slope + mean * known
        terms[k] = np.log(weight) + 0.5 * (h * h / (precision + known) - mean * mean * known)
        terms[k] -= 0.5 * math.log1p(precision * sd * sd)
        top = max(top, terms[k])
    total = 0.0
    for k in range(theta.shape[0]):
        total += np.exp(terms[k] - top)
    return base + top + math.log(total)


@njit(cache=True)
def evaluate(
    z: Floats, cols: Floats, seen: Flags, dose: Floats, theta: Floats, log_like: Floats, detail: Floats
) -> None:
    """Fill log p(y|z), and what the conditional normals need, for every row of `z`.

    Parameters
    ----------
    z : (N, 5)
        Hyperparameters.
    cols : (n, p + 1)
        Calendar nights; outcome less its prior mean, then the regressors times their prior sd.
    seen : (n,)
        Whether the night has an outcome.
    dose : (n,)
        Dose before each night, 0 to 1.
    theta : (K, 3)
        Prior of theta: weight, mean, sd of each normal.
    log_like : (N,)
        Out: log p(y|z), coefficients and theta integrated out.
    detail : (N, 3 + 3 p) or (0, 0)
        Out: the likelihood of theta given z is exp(base + slope*x - precision*x^2/2), then
        A^-1 X'y, A^-1 X'e and diag A^-1: scaled coefficients given theta are normal with mean
        A^-1 X'y - theta A^-1 X'e. Not filled when it has no rows.
    """
    p = cols.shape[1] - 1
    total = z.shape[0]
    n_seen = seen.sum()
    last = (p + 1) * (p + 2) // 2
    gram = np.empty((last + p + 2, LANES))
    logdet = np.empty(LANES)
    lanes = np.empty((LANES, 5))
    low, rhs = np.zeros((p, p)), np.empty((2, p))
    for start in range(0, total, LANES):
        for b in range(LANES):
            lanes[b] = z[min(start + b, total - 1)]
        _filter(lanes, cols, seen, dose, gram, logdet)
        for b in range(min(LANES, total - start)):
            per_var = np.exp(-2.0 * lanes[b, 1])
            log_a = _solve(gram, b, per_var, low, rhs)
            base = n_seen * (math.log(2.0 * math.pi) + 2.0 * lanes[b, 1]) + logdet[b] + log_a + gram[0, b] * per_var
            slope = gram[last, b] * per_var
            precision = gram[last + p + 1, b] * per_var
            for i in range(p):
                base -= rhs[0, i] * rhs[0, i]
                slope -= rhs[0, i] * rhs[1, i]
                precision -= rhs[1, i] * rhs[1, i]
            base, precision = -0.5 * base, max(precision, 0.0)
            log_like[start + b] = mix(base, slope, precision, theta)
            if detail.shape[0] > 0:
                row = detail[start + b]
                row[:] = 0.0
                row[0], row[1], row[2] = base, slope, precision
                _coefficients(low, rhs, row[DETAIL:])
