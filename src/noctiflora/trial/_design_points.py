"""Fixed points of the hyperparameters that a whole design's simulated trials are weighed on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import chdtri, ndtri, stdtrit

from noctiflora.trial._arrays import Flags, Floats

FREEDOM = 7.0
POINTS = 512
"""Points of an answer (by comparison with the engine: `tests/trial/test_design_points.py`)."""
SEED = 20240301
"""Seed of the scrambled points: the same for every design."""
SHAPED = (0, 2, 3, 4)
"""Places of atanh phi, logit r, log tau_on, log tau_off in z; log sigma is placed for each series."""
WIDER = 1.2
"""Factor on the spread of the pooled posterior (assumed, 1 to 1.5: only the effective number depends on it)."""
PRIOR_SHARE = 0.25
"""Share of the points that lie as the prior does, so that no trial is far from all points."""
SIGMA_WIDER = 1.15
"""Factor on the spread of log sigma about what the residuals say."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cloud:
    """Where points lie, in prior sds of the d shaped hyperparameters: a normal-like centre with its spread.

    Parameters
    ----------
    centre : (d,)
        Centre.
    root : (d, d)
        Lower triangle of its spread.
    """

    centre: Floats
    root: Floats


def prior_cloud(d: int = len(SHAPED)) -> Cloud:
    """Return the cloud of the prior."""
    return Cloud(centre=np.zeros(d), root=np.eye(d))


def pooled_cloud(u: Floats, weight: Floats) -> Cloud:
    """Return the cloud of many posteriors together.

    Parameters
    ----------
    u : (K, d)
        Points.
    weight : (lanes, K)
        Weights of each series; rows sum to 1.
    """
    share = weight.mean(axis=0)
    centre = share @ u
    off = u - centre
    spread = WIDER * (off * share[:, None]).T @ off + 0.01 * np.eye(u.shape[1])
    return Cloud(centre=centre, root=np.asarray(np.linalg.cholesky(spread)))


def place(cloud: Cloud, z_mean: Floats, z_sd: Floats, n: int = POINTS) -> tuple[Floats, Floats]:
    """Return points (n, d + 2) as `_design_kernel.weigh` takes them, and the same in prior sds, (n, d).

    A share of the points lies as the prior does, the others in the cloud; all are weighed against
    the mixture.

    Parameters
    ----------
    cloud : Cloud
        Where most points lie.
    z_mean, z_sd : (d + 1,)
        Priors of the hyperparameters, log sigma in the second place; sd 0 means fixed.
    n : int
        Number of points, a power of two.
    """
    d = cloud.centre.size
    shaped = [0, *range(2, d + 1)]
    standard, eps = _standard(n, d)
    broad = prior_cloud(d)
    # a run of points, not every fourth: those of a Sobol sequence lie in one corner
    as_prior = np.arange(n) < PRIOR_SHARE * n
    u = np.where(as_prior[:, None], standard, cloud.centre + standard @ cloud.root.T)
    free = z_sd[shaped] > 0
    u[:, ~free] = 0.0
    log_q = np.logaddexp(np.log(PRIOR_SHARE) + _log_t(u, broad, free), np.log(1 - PRIOR_SHARE) + _log_t(u, cloud, free))
    log_eps = -0.5 * (FREEDOM + 1) * np.log1p(eps * eps / FREEDOM) if z_sd[1] > 0 else np.zeros(n)
    z = z_mean[shaped] + u * z_sd[shaped]
    ratio = -0.5 * np.sum(u * u, axis=1) - log_q - log_eps
    return np.ascontiguousarray(np.column_stack([z, eps, ratio])), u


@lru_cache(maxsize=8)
def _standard(n: int, d: int = len(SHAPED)) -> tuple[Floats, Floats]:
    """Return n standard t points in d dimensions, (n, d), with one of their own for log sigma, (n,)."""
    from scipy.stats import qmc  # here, for most commands draw nothing and scipy.stats is slow to load

    uniform = qmc.Sobol(d + 2, scramble=True, rng=np.random.default_rng(SEED)).random(n)
    uniform = np.clip(uniform, 1e-9, 1.0 - 1e-9)
    points = ndtri(uniform[:, :d]) / np.sqrt(chdtri(FREEDOM, uniform[:, d : d + 1]) / FREEDOM)
    eps = np.asarray(stdtrit(FREEDOM, uniform[:, d + 1]), dtype=np.float64)
    points.flags.writeable = eps.flags.writeable = False
    return np.asarray(points, dtype=np.float64), eps


def _log_t(u: Floats, cloud: Cloud, free: Flags) -> Floats:
    """Return the log-density of the multivariate t of the free hyperparameters up to a constant."""
    d = int(np.sum(free))
    if d == 0:
        return np.zeros(u.shape[0])
    root = cloud.root
    if d < free.size:
        spread = (root @ root.T)[np.ix_(free, free)]
        root = np.asarray(np.linalg.cholesky(spread), dtype=np.float64)
    white = (u[:, free] - cloud.centre[free]) @ np.linalg.inv(root).T
    size = np.sum(white * white, axis=1)
    return np.asarray(-0.5 * (FREEDOM + d) * np.log1p(size / FREEDOM) - np.sum(np.log(np.diag(root))))
