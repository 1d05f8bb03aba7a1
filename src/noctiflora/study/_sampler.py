"""Weighted points of a smooth density of few dimensions, when each look at it is dear.

The mode by damped Newton steps with finite differences, all points of a step asked for at once; then a
multivariate t around it, adapted to what each part of the points showed. A look at the density may be a pass
over many machines, so there are few rounds of many points.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from scipy.stats import chi2, qmc

from noctiflora.study._pile import Floats

SEED = 20240901
"""Of the scrambled Sobol points: the same density gives the same points."""
FREEDOM = 7.0
"""Degrees of freedom of the t (assumed; 5 to 10): wide enough for tails, narrow enough for the middle."""
ROUNDS = 30
START = 0.5
"""Width, in natural steps, over which the best beginning is looked for."""
SPREAD = 64
"""How many beginnings are tried."""
WIDTHS = (1.1, 1.1, 1.8)
"""Factors on the matched spread, in turn: every third part looks after the tails."""
ADAPTED = 8
"""Parts of the points, each placed by what the parts before it showed; a power of 2."""
STEP = 0.4
"""Finite-difference step in SDs of the density, as the round before had them."""
WIDER = 1.3
"""Factor on the first spread: the density is wider than its curvature at the mode tells."""
LEAST_CURVATURE = 0.1
"""A direction is taken as no wider than three times what the round before had."""
WIDTHS_AGREE = 0.2
"""Widths of two rounds that differ by no more than this share are the same."""
STEEPEST = 1e100
"""Where the density is nothing, gradients and curvatures are cut here."""
LITTLE = 1e-3
"""A gain in the log density that is not worth another round."""

Density = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Weighted points of a density.

    Parameters
    ----------
    rows : (N, d)
        Points.
    weight : (N,)
        Weights, summing to 1.
    log_weight : (N,)
        Before their sum was made 1.
    ess : float
        Effective share of the points, 0 to 1.
    """

    rows: Floats
    weight: Floats
    log_weight: Floats
    ess: float


def sample(log_density: Density, centre: Floats, scale: Floats, *, points: int = 1024) -> Points:
    """Return weighted points of a density known up to a constant.

    Parameters
    ----------
    log_density : callable
        (B, d) to (B,); asked for many rows at once, few times.
    centre, scale : (d,)
        Where to begin, and a natural step in each direction.
    points : int
        How many, a power of 2.
    """

    def at(u: Floats) -> Floats:
        value = log_density(centre + u * scale)
        return np.where(np.isfinite(value), value, -np.inf)

    d = centre.size
    z = _standard(d, points)
    shape = _laplace(at, d, START * z[:SPREAD])
    shapes: list[tuple[Floats, Floats]] = []
    u, log = np.zeros((0, d)), np.zeros(0)
    for turn, part in enumerate(np.split(z, ADAPTED)):
        shapes.append(shape)
        fresh = shape[0] + part @ shape[1].T
        u, log = np.concatenate([u, fresh]), np.concatenate([log, at(fresh)])
        # every point is weighed against all shapes it could have come from
        log_weight = log - np.logaddexp.reduce([_log_t(u, *s) for s in shapes], axis=0) + math.log(len(shapes))
        weight = _normalised(log_weight)
        shape = _matched(u, weight, shape, wider=WIDTHS[turn % len(WIDTHS)])
    ess = float(1.0 / np.sum(weight**2) / points)
    return Points(rows=centre + u * scale, weight=weight, log_weight=log_weight, ess=ess)


def _laplace(at: Density, d: int, spread: Floats) -> tuple[Floats, Floats]:
    """Return the mode, (d,), and the root of a covariance from the curvature there, (d, d)."""
    start = np.vstack([np.zeros((1, d)), spread])
    value = at(start)
    u, best = start[int(np.argmax(value))], float(np.max(value))
    width, inverse = np.ones(d), np.eye(d)
    for _ in range(ROUNDS):
        gradient, inverse = _differences(at, u, STEP * width)
        narrower = np.sqrt(np.diag(inverse))
        step = inverse @ gradient
        step *= min(1.0, 3.0 / max(float(np.linalg.norm(step)), 1e-12))
        tries = u + step * np.array([1.5, 1.0, 0.5, 0.25, 0.1, 0.03, 0.01])[:, None]
        value = at(tries)
        gain = float(np.max(value)) - best
        if gain > 0:
            u, best = tries[int(np.argmax(value))], float(np.max(value))
        settled = np.max(np.abs(np.log(narrower / width))) < WIDTHS_AGREE
        width = narrower
        if gain < LITTLE and settled:
            break
    return u, np.asarray(np.linalg.cholesky(WIDER**2 * inverse))


def _differences(at: Density, u: Floats, step: Floats) -> tuple[Floats, Floats]:
    """Return the gradient, (d,), and the inverse of the curvature of -log density, (d, d)."""
    d = u.size
    eye = np.diag(step)
    upper, lower = np.triu_indices(d, 1)
    pairs = eye[upper] + eye[lower]
    value = at(u + np.vstack([np.zeros((1, d)), eye, -eye, pairs, -pairs]))
    here, up, down = value[0], value[1 : d + 1], value[d + 1 : 2 * d + 1]
    both = value[2 * d + 1 :].reshape(2, -1).sum(axis=0)
    # in units of the step, so that eigenvalues of different directions can be compared
    hessian = np.diag(up + down - 2 * here)
    cross = 0.5 * (both - (up + down)[upper] - (up + down)[lower] + 2 * here)
    hessian[upper, lower] = hessian[lower, upper] = cross
    curvature, axes = np.linalg.eigh(-np.nan_to_num(hessian, posinf=STEEPEST, neginf=-STEEPEST))
    curvature = np.clip(np.abs(curvature), LEAST_CURVATURE * STEP**2, None)
    gradient = np.nan_to_num((up - down) / 2, posinf=STEEPEST, neginf=-STEEPEST)
    inverse = (axes / curvature) @ axes.T
    return gradient / step, step[:, None] * inverse * step


def _standard(d: int, n: int) -> Floats:
    """Return n points of a standard multivariate t, (n, d), from one scrambled Sobol sequence."""
    u = qmc.Sobol(d + 1, scramble=True, rng=SEED).random(n)
    u = np.clip(u, 1e-12, 1 - 1e-12)
    mixing = np.sqrt(FREEDOM / chi2.ppf(u[:, -1:], FREEDOM))
    return np.asarray(ndtri(u[:, :-1]) * mixing)


def _log_t(u: Floats, centre: Floats, root: Floats) -> Floats:
    """Return the log density of the t up to a constant that all shapes share, (n,)."""
    d = centre.size
    z = np.linalg.solve(root, (u - centre).T)
    distance = np.sum(z * z, axis=0)
    return np.asarray(-np.sum(np.log(np.diag(root))) - 0.5 * (FREEDOM + d) * np.log1p(distance / FREEDOM))


def _matched(u: Floats, weight: Floats, before: tuple[Floats, Floats], *, wider: float) -> tuple[Floats, Floats]:
    """Return centre and root fitted to weighted points, or what was before if they do not carry it."""
    d = u.shape[1]
    if 1.0 / np.sum(weight**2) < 5 * (d + 1):
        return before
    centre = weight @ u
    away = u - centre
    covariance = (away * weight[:, None]).T @ away
    try:
        return centre, np.asarray(np.linalg.cholesky(wider**2 * covariance + 1e-10 * np.eye(d)))
    except np.linalg.LinAlgError:
        return before


def _normalised(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - np.max(log_weight))
    return np.asarray(weight / np.sum(weight))
