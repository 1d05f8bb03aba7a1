"""Importance sampling of the hyperparameters' posterior.

Works in u = (z - prior mean) / prior sd of the hyperparameters that are not fixed, so that the
prior is standard normal. Mode by damped Newton steps with finite differences; a first half of
points from multivariate t distributions with 7 degrees of freedom on scrambled Sobol points
(one as wide as the curvature at the mode, one wider where autocorrelation and white share trade
places: the posterior is a funnel there); a second half adapted to the weighted moments of the
first; all weighted against the mixture they come from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import chdtri, ndtri
from scipy.stats import qmc

from noctiflora.trial._arrays import Flags, Floats
from noctiflora.trial._frame import Frame
from noctiflora.trial._kernel import DETAIL, evaluate
from noctiflora.trial._pareto import TRUSTED, pareto_k

FREEDOM = 7.0
POINTS = 256
"""Points of each half of the first answer."""
MORE_POINTS = 2048
"""Points of each half when the first answer does not pass."""
LEAST_ESS = 0.3
"""Least effective share of the points."""
SEED = 20240229
"""Seed of the scrambled points: the same for every analysis, so that one input has one answer."""
STEP = 0.1
"""Finite-difference step in prior sds: wide enough to see the curvature over the posterior's width."""
NEWTON_ROUNDS = 12
LEAST_CURVATURE, MOST_CURVATURE = 0.3, 1e8
"""Curvatures are kept between these; the prior's own is 1, and a covariance must stay invertible."""
STEEPEST = 1e100
"""Gradients are cut here, so that their squares stay finite."""
LAPLACE_WIDER = 1.4
"""Factor on the first spread: the posterior is wider than its curvature at the mode tells."""
MOMENTS_WIDER = 1.1
"""Factor on the matched spread; with all three, one answer in thirty needs more points (by simulation)."""
SMALLEST_NOISE = 1e-7
"""Noise is taken no smaller than this share of the widest prior of a coefficient's part in a night."""
FUNNEL = np.array([0.5, 0.0, 0.5, 0.0, 0.0])
"""Variance added for the wider t to atanh phi and logit r, in squared prior sds (by simulation)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """Weighted points of the posterior of the hyperparameters.

    Parameters
    ----------
    z : (N, 5)
        Points.
    weight : (N,)
        Weights, summing to 1.
    detail : (N, 3 + 3 p)
        What the conditional normals need; see `_kernel.evaluate`.
    log_prior_ratio : (N,)
        log p(z) - log q(z), from which the weights under another prior of theta follow.
    ess : float
        Effective share of the points, 0 to 1.
    k : float
        Pareto shape of the weights.
    """

    z: Floats
    weight: Floats
    detail: Floats
    log_prior_ratio: Floats
    ess: float
    k: float

    @property
    def trusted(self) -> bool:
        """Whether the draws pass the gate."""
        return self.ess >= LEAST_ESS and self.k <= TRUSTED


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shape:
    """Centre and lower triangle of one multivariate t."""

    centre: Floats
    root: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Target:
    """The posterior density of u."""

    frame: Frame
    free: Flags
    least_log_sigma: float

    def z(self, u: Floats) -> Floats:
        """Return hyperparameters, (N, 5), of points (N, d)."""
        z = np.tile(self.frame.z_mean, (u.shape[0], 1))
        z[:, self.free] += u * self.frame.z_sd[self.free]
        return z

    def log_density(self, u: Floats) -> Floats:
        """Return log p(y|z) + log p(u) up to a constant, (N,)."""
        log_like, _ = self.likelihood(self.z(u), detailed=False)
        value = log_like - 0.5 * np.sum(u * u, axis=1)
        return np.where(np.isfinite(value), value, -np.inf)

    def likelihood(self, z: Floats, *, detailed: bool) -> tuple[Floats, Floats]:
        """Return log p(y|z), (N,), with its details, (N, 3 + 3 p) or empty."""
        f = self.frame
        log_like = np.empty(z.shape[0])
        shape = (z.shape[0], DETAIL + 3 * (f.cols.shape[1] - 1)) if detailed else (0, 0)
        detail = np.empty(shape)
        if np.any(z[:, 1] < self.least_log_sigma):
            z = z.copy()
            z[:, 1] = np.maximum(z[:, 1], self.least_log_sigma)
        evaluate(z, f.cols, f.seen, f.dose, f.theta, log_like, detail)
        return log_like, detail


def draw_hyper(frame: Frame) -> Draws:
    """Return weighted points of the hyperparameters' posterior; the same input gives the same points.

    When the first 2 x 256 points do not pass the gate (effective share below 0.3, or Pareto
    shape above 0.7), 2 x 2,048 points follow, adapted to the first.
    """
    target = _Target(frame=frame, free=frame.z_sd > 0, least_log_sigma=_least_log_sigma(frame))
    d = int(np.sum(target.free))
    if d == 0:
        only = target.z(np.zeros((1, 0)))
        _, detail = target.likelihood(only, detailed=True)
        return Draws(z=only, weight=np.ones(1), detail=detail, log_prior_ratio=np.zeros(1), ess=1.0, k=0.0)
    first = _laplace(target.log_density, d)
    draws = _two_halves(target, first, POINTS, d)
    if not draws.trusted:
        u = (draws.z[:, target.free] - frame.z_mean[target.free]) / frame.z_sd[target.free]
        draws = _two_halves(target, _moments(u, draws.weight, first), MORE_POINTS, d)
    return draws


def _least_log_sigma(frame: Frame) -> float:
    """Return where noise is small beyond telling beside the widest prior: differences cancel below."""
    widest = float(np.max(np.abs(frame.cols[frame.seen, 1:]), initial=0.0))
    return float(np.log(SMALLEST_NOISE * widest)) if widest > 0 else -np.inf


def _two_halves(target: _Target, first: _Shape, n: int, d: int) -> Draws:
    """Sample around `first`, adapt once, sample again, and weigh all against the mixture of the three."""
    points = _points(d, 2 * n)
    wide = _root(first.root @ first.root.T + np.diag(FUNNEL[target.free]))
    shapes = [first, _Shape(centre=first.centre, root=wide)]
    u1 = np.concatenate([_place(points[: n // 2], shapes[0]), _place(points[n // 2 : n], shapes[1])])
    log_w = target.log_density(u1) - np.logaddexp(_log_t(u1, shapes[0]), _log_t(u1, shapes[1]))
    third = _moments(u1, _normalised(log_w), first)
    u = np.concatenate([u1, _place(points[n:], third)])
    z = target.z(u)
    log_like, detail = target.likelihood(z, detailed=True)
    half = np.logaddexp(_log_t(u, shapes[0]), _log_t(u, shapes[1])) - np.log(2.0)
    ratio = -0.5 * np.sum(u * u, axis=1) - np.logaddexp(half, _log_t(u, third))
    log_w = np.where(np.isfinite(log_like), log_like + ratio, -np.inf)
    weight = _normalised(log_w)
    return Draws(
        z=z,
        weight=weight,
        detail=detail,
        log_prior_ratio=ratio,
        ess=float(1.0 / np.sum(weight * weight) / weight.size),
        k=pareto_k(log_w),
    )


def _place(points: Floats, shape: _Shape) -> Floats:
    return np.asarray(shape.centre + points @ shape.root.T)


def _root(spread: Floats) -> Floats:
    return np.asarray(np.linalg.cholesky(spread), dtype=np.float64)


def _normalised(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - np.max(log_weight))
    return np.asarray(weight / np.sum(weight))


def _moments(u: Floats, weight: Floats, other: _Shape) -> _Shape:
    """Return the t that matches the weighted points, steadied by `other` when few points carry weight."""
    centre = weight @ u
    off = u - centre
    spread = (off * weight[:, None]).T @ off
    carried = 1.0 / float(np.sum(weight * weight))
    steady = 4.0 * u.shape[1]
    steadied = (carried * spread + steady * other.root @ other.root.T) / (carried + steady)
    return _Shape(centre=centre, root=_root(MOMENTS_WIDER * steadied))


@lru_cache(maxsize=12)
def _points(d: int, n: int) -> Floats:
    """Return n standard t points in d dimensions from a scrambled Sobol sequence."""
    uniform = qmc.Sobol(d + 1, scramble=True, rng=np.random.default_rng(SEED)).random(n)
    uniform = np.clip(uniform, 1e-12, 1.0 - 1e-12)
    points = ndtri(uniform[:, :d]) / np.sqrt(chdtri(FREEDOM, uniform[:, d:]) / FREEDOM)
    points.flags.writeable = False
    return np.asarray(points)


def _log_t(u: Floats, shape: _Shape) -> Floats:
    """Return the log-density of the multivariate t up to the constant that all shapes share."""
    d = u.shape[1]
    white = (u - shape.centre) @ np.linalg.inv(shape.root).T
    size = np.sum(white * white, axis=1)
    return np.asarray(-0.5 * (FREEDOM + d) * np.log1p(size / FREEDOM) - np.sum(np.log(np.diag(shape.root))))


def _laplace(log_density: Callable[[Floats], Floats], d: int) -> _Shape:
    """Return mode and curvature by damped Newton steps, from the best of a few spread points."""
    start = np.vstack([np.zeros((1, d)), _points(d, 2 * POINTS)[:31]])
    value = log_density(start)
    u, best = start[int(np.argmax(value))], float(np.max(value))
    for _ in range(NEWTON_ROUNDS):
        gradient, axes, curvature = _differences(log_density, u)
        step = axes @ ((axes.T @ gradient) / curvature)
        step *= min(1.0, 3.0 / max(float(np.linalg.norm(step)), 1e-12))
        tries = u + step * np.array([1.5, 1.0, 0.7, 0.4, 0.2, 0.1, 0.03, 0.01])[:, None]
        value = log_density(tries)
        gain = float(np.max(value)) - best
        if gain > 0:
            u, best = tries[int(np.argmax(value))], float(np.max(value))
        # the curvature a hundredth of a log-unit away serves as well
        if gain < 0.01:
            break
    return _Shape(centre=u, root=_root(LAPLACE_WIDER * (axes / curvature) @ axes.T))


def _differences(log_density: Callable[[Floats], Floats], u: Floats) -> tuple[Floats, Floats, Floats]:
    """Return gradient, and axes with curvatures of -log density, by central differences."""
    d = u.size
    eye = np.eye(d) * STEP
    upper, lower = np.triu_indices(d, 1)
    pairs = eye[upper] + eye[lower]
    value = log_density(u + np.vstack([np.zeros((1, d)), eye, -eye, pairs, -pairs]))
    at, up, down = value[0], value[1 : d + 1], value[d + 1 : 2 * d + 1]
    both = value[2 * d + 1 :].reshape(2, -1).sum(axis=0)
    gradient = (up - down) / (2 * STEP)
    hessian = np.diag((up + down - 2 * at) / STEP**2)
    cross = (both - (up + down)[upper] - (up + down)[lower] + 2 * at) / (2 * STEP**2)
    hessian[upper, lower] = hessian[lower, upper] = cross
    gradient = np.clip(np.nan_to_num(gradient), -STEEPEST, STEEPEST)
    if not np.all(np.isfinite(hessian)):
        return gradient, np.eye(d), np.ones(d)
    curvature, axes = np.linalg.eigh(-hessian)
    return gradient, axes, np.clip(np.abs(curvature), LEAST_CURVATURE, MOST_CURVATURE)
