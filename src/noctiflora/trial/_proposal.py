"""The multivariate t distributions that importance sampling draws its points from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import chdtri, ndtri

from noctiflora.trial._arrays import Floats, Integers
from noctiflora.trial._proposal_kernel import FREEDOM, log_mixture

SEED = 20240229
"""Seed of the scrambled points: the same for every analysis, so that one input has one answer."""
FUNNEL = np.array([0.5, 0.0, 0.5, 0.0, 0.0])
"""Variance added for the wider t to atanh phi and logit r, in squared prior sds (by simulation)."""
WHITE_CENTRE, WHITE_SPREAD = {0: 0.0, 2: 0.8}, {0: 1.0, 2: 0.8}
"""Where the t for nearly white noise stands, and its variance, in prior sds by hyperparameter: there
autocorrelation is not told by the nights and keeps its prior's width (by simulation)."""
MOMENTS_WIDER = 1.1
"""Factor on the matched spread; with all, one answer in thirty needs more points (by simulation)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """Centre and lower triangle of one multivariate t with 7 degrees of freedom."""

    centre: Floats
    root: Floats

    def place(self, points: Floats) -> Floats:
        """Return standard points, (N, d), moved into the shape."""
        return np.asarray(self.centre + points @ self.root.T)

    def log_density(self, u: Floats) -> Floats:
        """Return the log-density of points, (N, d), up to the constant that all shapes share."""
        d = u.shape[1]
        white = (u - self.centre) @ np.linalg.inv(self.root).T
        size = np.einsum("ij,ij->i", white, white)
        return np.asarray(-0.5 * (FREEDOM + d) * np.log1p(size / FREEDOM) - np.sum(np.log(np.diag(self.root))))


def cholesky(spread: Floats) -> Floats:
    """Return the lower triangle of a covariance."""
    return np.asarray(np.linalg.cholesky(spread), dtype=np.float64)


def around(first: Shape, free: Integers) -> tuple[Shape, Shape, Shape]:
    """Return the first shape, a wider one, and one where the noise is nearly white.

    Autocorrelation and white share trade places, so the posterior is a funnel there: with all
    noise white any autocorrelation fits, and the points of one narrow t miss that tail.

    Parameters
    ----------
    first : Shape
        From the curvature at the mode, or from earlier points.
    free : (d,) int
        Which of the five hyperparameters the coordinates are.
    """
    spread = first.root @ first.root.T
    wide = Shape(centre=first.centre, root=cholesky(spread + np.diag(FUNNEL[free])))
    centre, apart = first.centre.copy(), spread.copy()
    for j, name in enumerate(free.tolist()):
        if name in WHITE_CENTRE:
            centre[j] = WHITE_CENTRE[name]
            apart[j, :] = apart[:, j] = 0.0
            apart[j, j] = WHITE_SPREAD[name]
    return first, wide, Shape(centre=centre, root=cholesky(apart))


def mixed(u: Floats, shapes: Sequence[Shape], counts: Sequence[int]) -> Floats:
    """Return the log-density of the mixture that `counts` points of each shape make, up to the shared constant."""
    total = sum(counts)
    used = [(shape, n / total) for shape, n in zip(shapes, counts, strict=True) if n]
    out = np.empty(u.shape[0])
    log_mixture(
        u,
        np.array([shape.centre for shape, _ in used]),
        np.array([shape.root for shape, _ in used]),
        np.log([share for _, share in used]),
        out,
    )
    return out


def matched(u: Floats, weight: Floats, other: Shape) -> Shape:
    """Return the t that matches the weighted points, steadied by `other` when few points carry weight."""
    centre = weight @ u
    off = u - centre
    spread = (off * weight[:, None]).T @ off
    carried = 1.0 / float(np.sum(weight * weight))
    steady = 4.0 * u.shape[1]
    steadied = (carried * spread + steady * other.root @ other.root.T) / (carried + steady)
    return Shape(centre=centre, root=cholesky(MOMENTS_WIDER * steadied))


def split(u: Floats, weight: Floats, whole: Shape, free: Integers) -> list[Shape]:
    """Return `whole` with a t for each weighted third of the points by autocorrelation, which bend round a funnel.

    Where autocorrelation is fixed there is no funnel, and `whole` is returned alone.
    """
    if not free.size or free[0] != 0:
        return [whole]
    order = np.argsort(u[:, 0], kind="stable")
    below = np.empty(weight.size)
    below[order] = np.cumsum(weight[order]) - 0.5 * weight[order]
    third = np.searchsorted([1 / 3, 2 / 3], below)
    parts = [third == k for k in range(3)]
    shares = [float(weight[part].sum()) for part in parts]
    return [whole, *(matched(u[p], weight[p] / w, whole) for p, w in zip(parts, shares, strict=True) if w > 0)]


@lru_cache(maxsize=12)
def standard_points(d: int, n: int) -> Floats:
    """Return n standard t points in d dimensions from a scrambled Sobol sequence; n is a power of 2."""
    from scipy.stats import qmc  # here, for most commands draw nothing and scipy.stats is slow to load

    uniform = qmc.Sobol(d + 1, scramble=True, rng=np.random.default_rng(SEED)).random(n)
    uniform = np.clip(uniform, 1e-12, 1.0 - 1e-12)
    points = ndtri(uniform[:, :d]) / np.sqrt(chdtri(FREEDOM, uniform[:, d:]) / FREEDOM)
    points.flags.writeable = False
    return np.asarray(points)
