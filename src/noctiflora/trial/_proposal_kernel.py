"""The compiled log-density of a mixture of multivariate t distributions of 7 degrees of freedom."""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Floats

FREEDOM = 7.0


@njit(cache=True)
def log_mixture(u: Floats, centre: Floats, root: Floats, log_share: Floats, out: Floats) -> None:
    """Fill the log-density of points, up to the constant that all parts share.

    Parameters
    ----------
    u : (N, d)
        Points.
    centre, root : (K, d), (K, d, d)
        Of each part; lower triangles.
    log_share : (K,)
        Log of each part's share.
    out : (N,)
        Out.
    """
    parts, d = centre.shape
    log_top = np.empty(parts)
    per = np.empty((parts, d))
    for k in range(parts):
        log_top[k] = log_share[k]
        for i in range(d):
            per[k, i] = 1.0 / root[k, i, i]
            log_top[k] -= math.log(root[k, i, i])
    highest = log_top.max()
    top = np.exp(log_top - highest)
    halves = int(FREEDOM) + d
    white = np.empty(d)
    size = np.empty(parts)
    for n in range(u.shape[0]):
        total = 0.0
        for k in range(parts):
            square = 0.0
            for i in range(d):
                x = u[n, i] - centre[k, i]
                for j in range(i):
                    x -= root[k, i, j] * white[j]
                white[i] = x * per[k, i]
                square += white[i] * white[i]
            size[k] = 1.0 + square / FREEDOM
            # the power is a whole number of halves, so that no logarithm is needed for each part
            inverse = 1.0 / size[k]
            power = math.sqrt(inverse) if halves % 2 else 1.0
            for _ in range(halves // 2):
                power *= inverse
            total += top[k] * power
        if total > 1e-290:
            out[n] = highest + math.log(total)
            continue
        # far from all parts the powers vanish; the nearest part is the mixture there
        out[n] = -np.inf
        for k in range(parts):
            out[n] = max(out[n], log_top[k] - 0.5 * halves * math.log(size[k]))
