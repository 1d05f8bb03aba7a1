"""The compiled sweeps of the Gibbs engine: heavy tails, ratings and several products.

Vocabulary: z = (atanh phi, log sigma, logit r, then log tau_on and log tau_off of each product); u is
z in prior sds. One sweep: two Metropolis tries of z with coefficients, effects and path integrated
out; coefficients and effects; the part of its prior that each effect comes from; the
autoregressive path, forward filter and backward draws; then the nights' weights (Student t) or
the cutpoints and latent outcomes (ratings). All chance is handed in, so that a seed fixes the
answer.
"""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Flags, Floats, Integers
from noctiflora.trial._normal_kernel import between, log_between

SMALLEST_SHARE = 1e-12
"""As in `_kernel`: the white share is kept this far from 0."""
GAUSS, STUDENT, ORDINAL = 0, 1, 2
"""Kinds of nightly noise."""
TAIL = 7.0
"""Degrees of freedom of the t that half of the tries come from."""


@njit(cache=True)
def _exposures(z: Floats, doses: Floats, e: Floats) -> None:
    """Fill the exposure of each product, (P, n)."""
    for j in range(doses.shape[0]):
        k_on = -math.expm1(-math.exp(-z[3 + 2 * j]))
        k_off = -math.expm1(-math.exp(-z[4 + 2 * j]))
        state = 0.0
        for t in range(doses.shape[1]):
            d = doses[j, t]
            state += k_on * d * (1.0 - state) - k_off * (1.0 - d) * state
            e[j, t] = state


@njit(cache=True)
def _whiten(z: Floats, cols: Floats, seen: Flags, e: Floats, lam: Floats, gram: Floats) -> float:
    """Fill whitened cross-products of (outcome, regressors, exposures), sigma = 1; return the log-determinant."""
    width, m = cols.shape[1], cols.shape[1] + e.shape[0]
    phi = math.tanh(z[0])
    share = max(1.0 / (1.0 + math.exp(-z[2])), SMALLEST_SHARE)
    var = 1.0 - share
    fresh = var * (1.0 - phi * phi)
    state, v = np.zeros(m), np.empty(m)
    gram[:, :] = 0.0
    logdet = 0.0
    for t in range(cols.shape[0]):
        if seen[t]:
            white = share / lam[t]
            total = var + white
            inv = 1.0 / total
            logdet += math.log(total)
            gain = var * inv
            for i in range(width):
                v[i] = cols[t, i] - state[i]
            for i in range(width, m):
                v[i] = e[i - width, t] - state[i]
            for i in range(m):
                w = v[i] * inv
                for j in range(i + 1):
                    gram[i, j] += w * v[j]
                state[i] = phi * (state[i] + gain * v[i])
            var = phi * phi * gain * white + fresh
        else:
            for i in range(m):
                state[i] *= phi
            var = phi * phi * var + fresh
    return logdet


@njit(cache=True)
def _factor(gram: Floats, p: int, log_sigma: float, prior: Floats, low: Floats, rhs: Floats) -> float:
    """Factor the coefficients' precision into `low`, leave L^-1 rhs in `rhs`; return the log-likelihood's part."""
    q = low.shape[0]
    per_var = math.exp(-2.0 * log_sigma)
    value: float = gram[0, 0] * per_var
    for i in range(q):
        s = gram[i + 1, 0] * per_var
        if i >= p:
            mean, sd = prior[i - p, 0], prior[i - p, 1]
            s += mean / (sd * sd)
            value += mean * mean / (sd * sd) + 2.0 * math.log(sd)
        for j in range(i + 1):
            a = gram[i + 1, j + 1] * per_var
            if i == j:
                a += 1.0 if i < p else 1.0 / (prior[i - p, 1] * prior[i - p, 1])
            for k in range(j):
                a -= low[i, k] * low[j, k]
            if i == j:
                # no pivot is below the prior's precision but by rounding
                a = max(a, 1.0 if i < p else 1.0 / (prior[i - p, 1] * prior[i - p, 1]))
                low[i, i] = math.sqrt(a)
                value += math.log(a)
            else:
                low[i, j] = a / low[j, j]
        for k in range(i):
            s -= low[i, k] * rhs[k]
        rhs[i] = s / low[i, i]
        value -= rhs[i] * rhs[i]
    return value


@njit(cache=True)
def _log_like(
    z: Floats, cols: Floats, seen: Flags, doses: Floats, lam: Floats, prior: Floats, e: Floats, gram: Floats,
    low: Floats, rhs: Floats,
) -> float:  # fmt: skip
    """Return log p(outcome | z, weights, parts), coefficients, effects and path integrated out, less a constant."""
    _exposures(z, doses, e)
    logdet = _whiten(z, cols, seen, e, lam, gram)
    value: float = logdet + 2.0 * z[1] * seen.sum() + _factor(gram, cols.shape[1] - 1, z[1], prior, low, rhs)
    if not math.isfinite(value):
        return -math.inf
    return -0.5 * value


@njit(cache=True)
def _path(z: Floats, rest: Floats, seen: Flags, lam: Floats, normals: Floats, mean: Floats, var: Floats) -> None:
    """Draw the autoregressive path, sigma = 1, into `mean` by forward filter and backward draws."""
    n = rest.size
    phi = math.tanh(z[0])
    share = max(1.0 / (1.0 + math.exp(-z[2])), SMALLEST_SHARE)
    slow = 1.0 - share
    fresh = slow * (1.0 - phi * phi)
    m, c = 0.0, slow
    for t in range(n):
        if seen[t]:
            white = share / lam[t]
            gain = c / (c + white)
            m += gain * (rest[t] - m)
            c = gain * white
        mean[t], var[t] = m, c
        m, c = phi * m, phi * phi * c + fresh
    mean[n - 1] += math.sqrt(max(var[n - 1], 0.0)) * normals[n - 1]
    for t in range(n - 2, -1, -1):
        ahead = phi * phi * var[t] + fresh
        gain = phi * var[t] / ahead if ahead > 0.0 else 0.0
        mean[t] += gain * (mean[t + 1] - phi * mean[t])
        mean[t] += math.sqrt(max(var[t] * (1.0 - gain * phi), 0.0)) * normals[t]


@njit(cache=True)
def _coefficients(low: Floats, rhs: Floats, normals: Floats, beta: Floats) -> None:
    """Draw coefficients and effects from their conditional normal."""
    q = rhs.size
    for i in range(q - 1, -1, -1):
        s = rhs[i] + normals[i]
        for k in range(i + 1, q):
            s -= low[k, i] * beta[k]
        beta[i] = s / low[i, i]


@njit(cache=True)
def _choose(beta: Floats, p: int, theta: Floats, uniforms: Floats, prior: Floats) -> None:
    """Draw, for each product, the part of the prior that its effect comes from."""
    for j in range(theta.shape[0]):
        chance = np.zeros(theta.shape[1])
        total = 0.0
        for k in range(theta.shape[1]):
            if theta[j, k, 0] > 0.0:
                d = (beta[p + j] - theta[j, k, 1]) / theta[j, k, 2]
                chance[k] = theta[j, k, 0] * math.exp(-0.5 * d * d) / theta[j, k, 2]
            total += chance[k]
        if total <= 0.0:
            continue
        left = uniforms[j] * total
        for k in range(theta.shape[1]):
            left -= chance[k]
            if left <= 0.0 and chance[k] > 0.0:
                prior[j, 0], prior[j, 1] = theta[j, k, 1], theta[j, k, 2]
                break


@njit(cache=True)
def _recut(eta: Floats, sd: float, cat: Integers, seen: Flags, cuts: Floats, betas: Floats, uniforms: Floats) -> None:
    """Try each inner cutpoint anew between its neighbours, the latent outcomes integrated out."""
    for k in range(2, cuts.size - 2):
        low, high = cuts[k - 1], cuts[k + 1]
        tried = low + (high - low) * betas[k - 2]
        gain = 0.0
        for t in range(eta.size):
            if seen[t] and cat[t] == k - 1:
                left = (low - eta[t]) / sd
                gain += log_between(left, (tried - eta[t]) / sd) - log_between(left, (cuts[k] - eta[t]) / sd)
            elif seen[t] and cat[t] == k:
                right = (high - eta[t]) / sd
                gain += log_between((tried - eta[t]) / sd, right) - log_between((cuts[k] - eta[t]) / sd, right)
        if math.log(uniforms[k - 2]) < gain:
            cuts[k] = tried


@njit(cache=True)
def _record(low: Floats, rhs: Floats, p: int, prior: Floats, row: Floats) -> None:
    """Fill one row: slope and precision of each product's likelihood, then coefficients given the first effect."""
    q = rhs.size
    inverse, mean = np.zeros((q, q)), np.zeros(q)
    for j in range(q):
        inverse[j, j] = 1.0 / low[j, j]
        for i in range(j + 1, q):
            s = 0.0
            for k in range(j, i):
                s -= low[i, k] * inverse[k, j]
            inverse[i, j] = s / low[i, i]
    cov = inverse.T @ inverse
    for i in range(q):
        for k in range(q):
            mean[i] += inverse[k, i] * rhs[k]
    for j in range(q - p):
        known = 1.0 / (prior[j, 1] * prior[j, 1])
        precision = max(1.0 / cov[p + j, p + j] - known, 0.0)
        row[2 * j] = mean[p + j] * (precision + known) - prior[j, 0] * known
        row[2 * j + 1] = precision
    at = 2 * (q - p)
    for i in range(p):
        tilt = cov[i, p] / cov[p, p]
        row[at + i] = mean[i] - tilt * mean[p]
        row[at + p + i] = -tilt
        row[at + 2 * p + i] = max(cov[i, i] - tilt * cov[i, p], 0.0)


@njit(cache=True)
def run_block(
    kind: int, cols: Floats, seen: Flags, doses: Floats, theta: Floats, nu: float, cat: Integers, z_mean: Floats,
    z_sd: Floats, free: Integers, u: Floats, lam: Floats, cuts: Floats, prior: Floats, walk: Floats, centre: Floats,
    root: Floats, normals: Floats, uniforms: Floats, points: Floats, extra: Floats, offset: Floats, every: int,
    out_u: Floats, out_theta: Floats, out_row: Floats,
) -> int:  # fmt: skip
    """Run one block of sweeps, changing `cols[:, 0]`, `u`, `lam`, `cuts` and `prior` in place.

    Parameters
    ----------
    kind : int
        `GAUSS`, `STUDENT` or `ORDINAL`.
    cols : (n, p + 1)
        Outcome less its prior mean, then the regressors times their prior sd.
    doses : (P, n)
        Dose of each product before each night.
    theta : (P, K, 3)
        Priors of the effects; parts of weight 0 fill up.
    nu : float
        Degrees of freedom of Student t nights.
    cat : (n,) int
        Category from 0 of each rated night.
    walk, centre, root
        Lower triangle of the walk's steps; centre and lower triangle of the t, all in u.
    normals : (S, d + q + n), uniforms : (S, 2 + P + n + C), points : (S, d), extra : (S, n) or (S, C)
        Chance: steps, coefficients, path; acceptance, parts, latent outcomes, cutpoints; t points;
        gammas of shape (nu + 1) / 2 or betas.
    offset : (n,)
        Prior mean of each night that `cols` is less by; for ratings.
    every : int
        Sweeps from one record to the next.
    out_u : (S // every, d), out_theta : (S // every, P), out_row : (S // every, 2 P + 3 p)
        Out: records.

    Returns
    -------
    int
        Accepted tries.
    """
    n, p, q, d = cols.shape[0], cols.shape[1] - 1, cols.shape[1] - 1 + doses.shape[0], free.size
    e, e_try = np.empty(doses.shape), np.empty(doses.shape)
    gram, low, low_try = np.empty((q + 1, q + 1)), np.zeros((q, q)), np.zeros((q, q))
    rhs, rhs_try, beta = np.empty(q), np.empty(q), np.empty(q)
    rest, path, var = np.zeros(n), np.zeros(n), np.zeros(n)
    z, z_try, u_try = z_mean.copy(), z_mean.copy(), np.empty(d)
    accepted = 0
    for k in range(d):
        z[free[k]] = z_mean[free[k]] + z_sd[free[k]] * u[k]
    for s in range(normals.shape[0]):
        here = _log_like(z, cols, seen, doses, lam, prior, e, gram, low, rhs)
        for which in range(2):
            ratio = _try(which, u, walk, centre, root, normals[s], points[s], u_try)
            for k in range(d):
                z_try[free[k]] = z_mean[free[k]] + z_sd[free[k]] * u_try[k]
            there = _log_like(z_try, cols, seen, doses, lam, prior, e_try, gram, low_try, rhs_try)
            if math.log(uniforms[s, which]) < there - here + ratio:
                here, accepted = there, accepted + 1
                u[:], z[:], e[:, :], low[:, :], rhs[:] = u_try, z_try, e_try, low_try, rhs_try
        _coefficients(low, rhs, normals[s, d : d + q], beta)
        if s % every == every - 1:
            r = s // every
            out_u[r], out_theta[r] = u, beta[p:]
            _record(low, rhs, p, prior, out_row[r])
        _choose(beta, p, theta, uniforms[s, 2:], prior)
        if kind != GAUSS:
            _residuals(cols, e, beta, math.exp(-z[1]), rest)
            _path(z, rest, seen, lam, normals[s, d + q :], path, var)
            left = uniforms[s, 2 + doses.shape[0] :]
            _augment(kind, z, cols, seen, rest, path, nu, lam, cat, cuts, left, extra[s], offset)
    return accepted


@njit(cache=True)
def _try(
    which: int, u: Floats, walk: Floats, centre: Floats, root: Floats, normals: Floats, points: Floats, u_try: Floats
) -> float:
    """Fill `u_try` with a step of the walk (0) or a point of the t (1); return the log-ratio of prior and proposal."""
    d = u.size
    ratio = 0.0
    for i in range(d):
        s = u[i] if which == 0 else centre[i]
        for k in range(i + 1):
            s += walk[i, k] * normals[k] if which == 0 else root[i, k] * points[k]
        u_try[i] = s
        ratio += 0.5 * (u[i] * u[i] - s * s)
    if which == 1:
        size, white = 0.0, np.empty(d)
        size_try = 0.0
        for i in range(d):
            s = u[i] - centre[i]
            for k in range(i):
                s -= root[i, k] * white[k]
            white[i] = s / root[i, i]
            size += white[i] * white[i]
            size_try += points[i] * points[i]
        ratio += 0.5 * (TAIL + d) * (math.log1p(size_try / TAIL) - math.log1p(size / TAIL))
    return ratio


@njit(cache=True)
def _residuals(cols: Floats, e: Floats, beta: Floats, per_sigma: float, rest: Floats) -> None:
    """Fill what the coefficients and effects leave of the outcome, in units of sigma."""
    p = cols.shape[1] - 1
    for t in range(rest.size):
        s = cols[t, 0]
        for i in range(p):
            s -= cols[t, i + 1] * beta[i]
        for j in range(e.shape[0]):
            s -= e[j, t] * beta[p + j]
        rest[t] = s * per_sigma


@njit(cache=True)
def _augment(
    kind: int, z: Floats, cols: Floats, seen: Flags, rest: Floats, path: Floats, nu: float, lam: Floats,
    cat: Integers, cuts: Floats, uniforms: Floats, extra: Floats, offset: Floats,
) -> None:  # fmt: skip
    """Draw the nights' weights, or the cutpoints and then the latent outcomes."""
    share = max(1.0 / (1.0 + math.exp(-z[2])), SMALLEST_SHARE)
    n = rest.size
    if kind == STUDENT:
        for t in range(n):
            if seen[t]:
                off = rest[t] - path[t]
                lam[t] = 2.0 * extra[t] / (nu + off * off / share)
        return
    sigma = math.exp(z[1])
    sd = sigma * math.sqrt(share)
    eta = np.empty(n)
    for t in range(n):
        eta[t] = cols[t, 0] - sigma * (rest[t] - path[t]) + offset[t]
    _recut(eta, sd, cat, seen, cuts, extra, uniforms[n:])
    for t in range(n):
        if seen[t]:
            low, high = (cuts[cat[t]] - eta[t]) / sd, (cuts[cat[t] + 1] - eta[t]) / sd
            cols[t, 0] = eta[t] + sd * between(low, high, uniforms[t]) - offset[t]
