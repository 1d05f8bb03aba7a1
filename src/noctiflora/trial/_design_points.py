"""Fixed points of the hyperparameters that a whole design's simulated trials are weighed on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import chdtri, ndtri, stdtrit
from scipy.stats import qmc

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
    """Where points lie, in prior sds of the four shaped hyperparameters: a normal-like centre with its spread.

    Parameters
    ----------
    centre : (4,)
        Centre.
    root : (4, 4)
        Lower triangle of its spread.
    """

    centre: Floats
    root: Floats


def prior_cloud() -> Cloud:
    """Return the cloud of the prior."""
    return Cloud(centre=np.zeros(4), root=np.eye(4))


def pooled_cloud(u: Floats, weight: Floats) -> Cloud:
    """Return the cloud of many posteriors together.

    Parameters
    ----------
    u : (K, 4)
        Points.
    weight : (lanes, K)
        Weights of each series; rows sum to 1.
    """
    share = weight.mean(axis=0)
    centre = share @ u
    off = u - centre
    spread = WIDER * (off * share[:, None]).T @ off + 0.01 * np.eye(4)
    return Cloud(centre=centre, root=np.asarray(np.linalg.cholesky(spread)))


def place(cloud: Cloud, z_mean: Floats, z_sd: Floats, n: int = POINTS) -> tuple[Floats, Floats]:
    """Return points (n, 6) as `_design_kernel.weigh` takes them, and the same in prior sds, (n, 4).

    A share of the points lies as the prior does, the others in the cloud; all are weighed against
    the mixture.

    Parameters
    ----------
    cloud : Cloud
        Where most points lie.
    z_mean, z_sd : (5,)
        Priors of the hyperparameters; sd 0 means fixed.
    n : int
        Number of points, a power of two.
    """
    standard, eps = _standard(n)
    broad = prior_cloud()
    # a run of points, not every fourth: those of a Sobol sequence lie in one corner
    as_prior = np.arange(n) < PRIOR_SHARE * n
    u = np.where(as_prior[:, None], standard, cloud.centre + standard @ cloud.root.T)
    free = z_sd[list(SHAPED)] > 0
    u[:, ~free] = 0.0
    log_q = np.logaddexp(np.log(PRIOR_SHARE) + _log_t(u, broad, free), np.log(1 - PRIOR_SHARE) + _log_t(u, cloud, free))
    log_eps = -0.5 * (FREEDOM + 1) * np.log1p(eps * eps / FREEDOM) if z_sd[1] > 0 else np.zeros(n)
    z = z_mean[list(SHAPED)] + u * z_sd[list(SHAPED)]
    ratio = -0.5 * np.sum(u * u, axis=1) - log_q - log_eps
    return np.ascontiguousarray(np.column_stack([z, eps, ratio])), u


@lru_cache(maxsize=8)
def _standard(n: int) -> tuple[Floats, Floats]:
    """Return n standard t points in four dimensions, (n, 4), with one of their own for log sigma, (n,)."""
    uniform = qmc.Sobol(6, scramble=True, rng=np.random.default_rng(SEED)).random(n)
    uniform = np.clip(uniform, 1e-9, 1.0 - 1e-9)
    points = ndtri(uniform[:, :4]) / np.sqrt(chdtri(FREEDOM, uniform[:, 4:5]) / FREEDOM)
    eps = np.asarray(stdtrit(FREEDOM, uniform[:, 5]), dtype=np.float64)
    points.flags.writeable = eps.flags.writeable = False
    return np.asarray(points, dtype=np.float64), eps


def _log_t(u: Floats, cloud: Cloud, free: Flags) -> Floats:
    """Return the log-density of the multivariate t of the free hyperparameters up to a constant."""
    d = int(np.sum(free))
    if d == 0:
        return np.zeros(u.shape[0])
    root = cloud.root
    if d < 4:
        spread = (root @ root.T)[np.ix_(free, free)]
        root = np.asarray(np.linalg.cholesky(spread), dtype=np.float64)
    white = (u[:, free] - cloud.centre[free]) @ np.linalg.inv(root).T
    size = np.sum(white * white, axis=1)
    return np.asarray(-0.5 * (FREEDOM + d) * np.log1p(size / FREEDOM) - np.sum(np.log(np.diag(root))))
