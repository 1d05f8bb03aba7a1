"""Importance sampling of the hyperparameters' posterior.

Works in u = (z - prior mean) / prior sd of the hyperparameters that are not fixed, so that the
prior is standard normal. Mode by damped Newton steps with finite differences; pilot points from
three multivariate t distributions on scrambled Sobol points (one as wide as the curvature at
the mode, one wider where autocorrelation and white share trade places, one where the noise is
nearly white); the rest adapted to the weighted moments of the pilot and of its thirds, but for a
share that guards the white tail; all weighted against the mixture they come from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from noctiflora.trial._arrays import Flags, Floats
from noctiflora.trial._frame import Frame
from noctiflora.trial._kernel import DETAIL, evaluate
from noctiflora.trial._pareto import TRUSTED, pareto_k
from noctiflora.trial._proposal import Shape, around, cholesky, matched, mixed, split, standard_points

POINTS = 256
"""Points of each half where only the effect is asked for, as in simulated trials."""
FINE_POINTS = 2048
"""Points of each half of an answer that is shown: thin tails of the hyperparameters need them."""
MORE_POINTS = 2048
"""Least points of each half when the first answer does not pass."""
PILOT = 512
"""Most points of the pilot."""
PILOT_WHITE, REST_WHITE = 0.125, 0.2
"""Shares of the pilot and of the rest that guard the white tail (by simulation)."""
LEAST_ESS = 0.3
"""Least effective share of the points."""
STEP = 0.1
"""Finite-difference step in prior sds: wide enough to see the curvature over the posterior's width."""
NEWTON_ROUNDS = 12
LEAST_CURVATURE, MOST_CURVATURE = 0.3, 1e8
"""Curvatures are kept between these; the prior's own is 1, and a covariance must stay invertible."""
STEEPEST = 1e100
"""Gradients are cut here, so that their squares stay finite."""
LAPLACE_WIDER = 1.4
"""Factor on the first spread: the posterior is wider than its curvature at the mode tells."""
SMALLEST_NOISE = 1e-7
"""Noise is taken no smaller than this share of the widest prior of a coefficient's part in a night."""


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
class _Target:
    """The posterior density of u."""

    frame: Frame
    free: Flags
    least_log_sigma: float

    def z(self, u: Floats) -> Floats:
        """Return hyperparameters, (N, 5), of points (N, d)."""
        if self.free.all():
            return np.asarray(self.frame.z_mean + u * self.frame.z_sd)
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


def draw_hyper(frame: Frame, *, points: int = POINTS) -> Draws:
    """Return weighted points of the hyperparameters' posterior; the same input gives the same points.

    When the first 2 x `points` (a power of 2) do not pass the gate (effective share below 0.3, or
    Pareto shape above 0.7), at least 2 x 2,048 points follow, adapted to the first.
    """
    target = _Target(frame=frame, free=frame.z_sd > 0, least_log_sigma=_least_log_sigma(frame))
    d = int(np.sum(target.free))
    if d == 0:
        only = target.z(np.zeros((1, 0)))
        _, detail = target.likelihood(only, detailed=True)
        return Draws(z=only, weight=np.ones(1), detail=detail, log_prior_ratio=np.zeros(1), ess=1.0, k=0.0)
    first = _laplace(target.log_density, d)
    draws = _two_stages(target, first, 2 * points)
    if not draws.trusted:
        u = (draws.z[:, target.free] - frame.z_mean[target.free]) / frame.z_sd[target.free]
        draws = _two_stages(target, matched(u, draws.weight, first), 2 * max(points, MORE_POINTS))
    return draws


def _least_log_sigma(frame: Frame) -> float:
    """Return where noise is small beyond telling beside the widest prior: differences cancel below."""
    widest = float(np.max(np.abs(frame.cols[frame.seen, 1:]), initial=0.0))
    return float(np.log(SMALLEST_NOISE * widest)) if widest > 0 else -np.inf


def _two_stages(target: _Target, first: Shape, n: int) -> Draws:
    """Sample around `first`, adapt once, sample again, and weigh all against the mixture of all shapes."""
    points = standard_points(first.centre.size, n)
    free = np.flatnonzero(target.free)
    shapes = list(around(first, free))
    pilot = min(n // 2, PILOT)
    white = int(pilot * PILOT_WHITE)
    counts = [(pilot - white) // 2, (pilot - white + 1) // 2, white]
    u1 = _placed(points[:pilot], shapes, counts)
    like1, detail1 = target.likelihood(target.z(u1), detailed=True)
    weight = _normalised(_finite(like1 - 0.5 * np.sum(u1 * u1, axis=1) - mixed(u1, shapes, counts)))
    adapted = split(u1, weight, matched(u1, weight, first), free)
    again = int((n - pilot) * REST_WHITE)
    each, left = divmod(n - pilot - again, len(adapted))
    rest = [each + (j < left) for j in range(len(adapted))]
    u = np.concatenate([u1, _placed(points[pilot:], [shapes[2], *adapted], [again, *rest])])
    z = target.z(u)
    like2, detail2 = target.likelihood(z[pilot:], detailed=True)
    counts = [counts[0], counts[1], white + again, *rest]
    ratio = -0.5 * np.sum(u * u, axis=1) - mixed(u, [*shapes, *adapted], counts)
    log_w = _finite(np.concatenate([like1, like2]) + ratio)
    weight = _normalised(log_w)
    return Draws(
        z=z,
        weight=weight,
        detail=np.concatenate([detail1, detail2]),
        log_prior_ratio=ratio,
        ess=float(1.0 / np.sum(weight * weight) / weight.size),
        k=pareto_k(log_w),
    )


def _placed(points: Floats, shapes: Sequence[Shape], counts: Sequence[int]) -> Floats:
    """Return the points, the first few moved into the first shape, and so on."""
    parts = np.split(points, np.cumsum(counts)[:-1])
    return np.concatenate([shape.place(part) for shape, part in zip(shapes, parts, strict=True)])


def _finite(log_weight: Floats) -> Floats:
    return np.where(np.isfinite(log_weight), log_weight, -np.inf)


def _normalised(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - np.max(log_weight))
    return np.asarray(weight / np.sum(weight))


def _laplace(log_density: Callable[[Floats], Floats], d: int) -> Shape:
    """Return mode and curvature by damped Newton steps, from the best of a few spread points."""
    start = np.vstack([np.zeros((1, d)), standard_points(d, 2 * POINTS)[:31]])
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
    return Shape(centre=u, root=cholesky(LAPLACE_WIDER * (axes / curvature) @ axes.T))


def _differences(log_density: Callable[[Floats], Floats], u: Floats) -> tuple[Floats, Floats, Floats]:
    """Return gradient, and axes with curvatures of -log density, by central differences."""
    d = u.size
    places, per_gradient, per_hessian = _stencil(d)
    value = log_density(u + places)
    if not np.all(np.isfinite(value)):
        return np.clip(np.nan_to_num(per_gradient @ np.nan_to_num(value)), -STEEPEST, STEEPEST), np.eye(d), np.ones(d)
    gradient = np.clip(per_gradient @ value, -STEEPEST, STEEPEST)
    hessian = (per_hessian @ value).reshape(d, d)
    curvature, axes = np.linalg.eigh(-hessian)
    return gradient, axes, np.clip(np.abs(curvature), LEAST_CURVATURE, MOST_CURVATURE)


@lru_cache(maxsize=8)
def _stencil(d: int) -> tuple[Floats, Floats, Floats]:
    """Return where to ask, (S, d), and what makes gradient, (d, S), and curvature, (d * d, S), of the values."""
    upper, lower = np.triu_indices(d, 1)
    eye = np.eye(d)
    pairs = eye[upper] + eye[lower]
    places = np.vstack([np.zeros((1, d)), eye, -eye, pairs, -pairs])
    value = np.eye(places.shape[0])
    at, up, down = value[0], value[1 : d + 1], value[d + 1 : 2 * d + 1]
    both = value[2 * d + 1 :].reshape(2, -1, places.shape[0]).sum(axis=0)
    hessian = np.zeros((d, d, places.shape[0]))
    hessian[np.arange(d), np.arange(d)] = up + down - 2 * at
    cross = (both - (up + down)[upper] - (up + down)[lower] + 2 * at) / 2
    hessian[upper, lower] = hessian[lower, upper] = cross
    return places * STEP, (up - down) / (2 * STEP), hessian.reshape(d * d, -1) / STEP**2
