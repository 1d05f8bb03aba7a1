"""The marginals of all parameters from weighted points."""

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._effect import Effect
from noctiflora.trial._frame import WEEKDAYS, Frame
from noctiflora.trial._importance import Draws
from noctiflora.trial._kernel import DETAIL
from noctiflora.trial._mixture_kernel import fewer_parts, given_theta, quantiles
from noctiflora.trial._posterior import LEVELS, Marginal

NEGLIGIBLE = 1e-16
"""Parts of a mixture with less weight are left out, the rest scaled up."""
SMOOTHING = 1.5
"""Kernel width of a hyperparameter's marginal, in units of sd * N_eff^(-1/3)."""


def parts(found: Effect) -> tuple[tuple[float, float, float], ...]:
    """Return the effect as a mixture of normals (weight, mean, sd) for drawing, near parts merged."""
    pruned = _pruned(found.weight.ravel(), found.mean.ravel(), found.sd.ravel())
    weight, mean, sd = fewer_parts(*pruned)
    return tuple(zip(weight.tolist(), mean.tolist(), sd.tolist(), strict=True))


def _pruned(weight: Floats, mean: Floats, sd: Floats) -> tuple[Floats, Floats, Floats]:
    kept = weight > NEGLIGIBLE
    weight = weight[kept]
    return weight / weight.sum(), mean[..., kept], sd[..., kept]


def effect_marginal(found: Effect) -> Marginal:
    """Return the marginal of the effect itself, all parts kept."""
    return _marginals(found.weight.ravel(), found.mean.reshape(1, -1), found.sd.reshape(1, -1), exact=True)[0]


def coefficient_marginals(data: Frame, draws: Draws, found: Effect) -> dict[str, Marginal]:
    """Return the marginals of mu, trend and covariates; a fixed one stands at its value."""
    free = np.flatnonzero(data.scale > 0)
    p = free.size
    at_zero, per_theta, var = (draws.detail[:, DETAIL + j * p : DETAIL + (j + 1) * p] for j in range(3))
    # a weekday's free effect holds a seventh of the common level, which is no effect of the day
    shared = np.array([name in WEEKDAYS for name in data.names])[free] / 7.0
    var = np.maximum(var - shared, 1e-12)
    # one normal for each point and part of theta's prior
    mean, sd = np.empty((2, p, found.weight.size))
    given_theta(at_zero, per_theta, var, found.mean, found.sd, mean, sd)
    scale = data.scale[free, None]
    marginals = _marginals(found.weight.ravel(), data.centre[free, None] + scale * mean, scale * sd)
    known = dict(zip(free.tolist(), marginals, strict=True))
    return {name: known.get(j) or _fixed(float(data.centre[j])) for j, name in enumerate(data.names)}


def hyper_marginals(data: Frame, draws: Draws) -> dict[str, Marginal]:
    """Return the marginals of the hyperparameters from the weighted points, smoothed.

    Each point becomes a narrow normal, drawn towards the mean so far that mean and variance
    stay what the points say (West 1993).
    """
    free = np.flatnonzero(data.z_sd > 0)
    z = draws.z[:, free]
    mean = draws.weight @ z
    # where one point carries all, its normal is narrow but not a spike
    sd = np.maximum(np.sqrt(draws.weight @ (z - mean) ** 2), 1e-6 * data.z_sd[free])
    width = min(SMOOTHING * (draws.ess * draws.weight.size) ** (-1.0 / 3.0), 1.0)
    centre = mean + (z - mean) * np.sqrt(1.0 - width * width)
    marginals = _marginals(draws.weight, centre.T, np.broadcast_to(width * sd[:, None], centre.T.shape))
    known = dict(zip(free.tolist(), marginals, strict=True))
    return {name: known.get(j) or _fixed(float(data.z_mean[j])) for j, name in enumerate(data.hyper_names)}


def _marginals(weight: Floats, mean: Floats, sd: Floats, *, exact: bool = False) -> list[Marginal]:
    """Return one marginal for each row of `mean`."""
    if not mean.shape[0]:
        return []
    weight, mean, sd = _pruned(weight, mean, sd)
    out = np.empty((mean.shape[0], 2 + len(LEVELS)))
    quantiles(weight, np.ascontiguousarray(mean), np.ascontiguousarray(sd), np.array(LEVELS), out, exact)
    return [Marginal(mean=row[0], sd=row[1], q=dict(zip(LEVELS, row[2:], strict=True))) for row in out.tolist()]


def _fixed(value: float) -> Marginal:
    return Marginal(mean=value, sd=0.0, q=dict.fromkeys(LEVELS, value))
