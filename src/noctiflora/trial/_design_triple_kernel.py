"""The compiled analysis of many simulated trials of two products, as `_design_kernel` does it for one.

Each product is judged in its turn: its effect has its whole prior, the other's a normal one, as in the
engine. Both have onset and wash-out of their own, and share everything else.
"""

import math

import numpy as np
from numba import njit

from noctiflora.trial._arrays import Flags, Floats, Integers
from noctiflora.trial._design_kernel import SMALLEST_SHARE, _look, _night, _recentred


@njit(cache=True, nogil=True)
def _in_role(gram: Floats, xy: Floats, role: int, scale: float, gram_out: Floats, xy_out: Floats) -> None:
    """Copy cross-products with the product of `role` last, and the other before it, times `scale`."""
    m = gram.shape[0]
    target, other = m - 2 + role, m - 1 - role
    for i in range(m):
        a = i if i < m - 2 else (other if i == m - 2 else target)
        by_a = scale if i == m - 2 else 1.0
        for j in range(m):
            b = j if j < m - 2 else (other if j == m - 2 else target)
            by_b = scale if j == m - 2 else 1.0
            gram_out[i, j] = by_a * by_b * gram[a, b]
        for lane in range(xy.shape[1]):
            xy_out[i, lane] = by_a * xy[a, lane]


@njit(cache=True, nogil=True)
def weigh_two(
    points: Floats, cols: Floats, seen: Flags, doses: Floats, y: Floats, ends: Integers, shifts: Floats,
    log_sigma: Floats, evidence: tuple[Floats, Floats], sceptic: tuple[Floats, Floats], plain: Floats, aim: Floats,
    raw: Floats,
) -> None:  # fmt: skip
    """Fill `raw` for every look, point, product and series.

    Parameters
    ----------
    points : (K, 8)
        atanh phi, logit r, log tau_on and log tau_off of the first product, then of the second; spreads
        by which log sigma is moved; log prior over log proposal density.
    cols, seen, y, ends, shifts, log_sigma
        As in `_design_kernel.weigh`.
    doses : (2, n)
        Doses of both before each night.
    evidence, sceptic : pair of (parts, 3)
        Priors of both effects.
    plain : (2, 2)
        Mean and sd of each effect as one normal, for while the other is judged.
    aim : (2, 2)
        As in `_design_kernel.weigh`, for each.
    raw : (E, K, 2, lanes, RAW)
        Out.
    """
    n, p = cols.shape
    lanes, m = y.shape[1], p + 2
    x, states, v = np.empty(m), np.empty(m), np.empty(m)
    gram, gram_look, gram_role, told = np.empty((m, m)), np.empty((m, m)), np.empty((m, m)), np.empty(4)
    xy, xy_look, xy_role = np.empty((m, lanes)), np.empty((m, lanes)), np.empty((m, lanes))
    yy, y_state, r = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    centre, e, k_on, k_off = np.zeros(p + 1), np.empty(2), np.empty(2), np.empty(2)
    for k in range(points.shape[0]):
        phi = math.tanh(points[k, 0])
        share = max(1.0 / (1.0 + math.exp(-points[k, 1])), SMALLEST_SHARE)
        for j in range(2):
            k_on[j] = -math.expm1(-math.exp(-points[k, 2 + 2 * j]))
            k_off[j] = -math.expm1(-math.exp(-points[k, 3 + 2 * j]))
        var = 1.0 - share
        fresh = var * (1.0 - phi * phi)
        states[:], y_state[:], gram[:, :], xy[:, :], yy[:], e[:] = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        logdet, n_seen, look = 0.0, 0, 0
        for t in range(n):
            for j in range(2):
                e[j] += k_on[j] * doses[j, t] * (1.0 - e[j]) - k_off[j] * (1.0 - doses[j, t]) * e[j]
            if seen[t]:
                x[:p] = cols[t]
                x[p:] = e
                logdet += math.log(var + share)
                n_seen += 1
                _night(x, y[t], var, share, phi, states, y_state, gram, xy, yy, v, r)
                var = phi * phi * var * share / (var + share) + fresh
            else:
                states *= phi
                y_state *= phi
                var = phi * phi * var + fresh
            if t + 1 == ends[look]:
                told[0], told[1], told[2], told[3] = logdet, n_seen, points[k, 6], points[k, 7]
                _recentred(gram, xy, shifts[look], gram_look, xy_look)
                for role in range(2):
                    other = 1 - role
                    centre[p] = plain[other, 0] / plain[other, 1]
                    _in_role(gram_look, xy_look, role, plain[other, 1], gram_role, xy_role)
                    _look(
                        gram_role, xy_role, yy, told, log_sigma, evidence[role], sceptic[role], aim[role], centre,
                        raw[look, k, role],
                    )  # fmt: skip
                look += 1
