"""The log-likelihood of the effect on a grid: what one trial may add to the evidence."""

from dataclasses import dataclass, replace

import numpy as np

from noctiflora.core import Normal, NotConverged
from noctiflora.trial._arrays import Floats
from noctiflora.trial._frame import fill, frame
from noctiflora.trial._importance import Draws, draw_hyper
from noctiflora.trial._priors import Priors
from noctiflora.trial._rules import vague
from noctiflora.trial._series import Series

POINTS = 161
"""Points of the grid (assumed; a step of a twentieth of a within-person SD on the first grid)."""
REACHES = (4.0, 8.0, 16.0)
"""The grid reaches so many vague SDs to either side of no effect; the first that holds the likelihood is taken."""
EDGE = 0.01
"""Likelihood at the ends of the grid, as a share of its peak, that is small enough."""
ANCHORS = (-0.75, -0.375, 0.0, 0.375, 0.75)
"""Centres, as shares of the grid's reach, around which points are drawn, so that the whole grid has some."""
RELEVANT = 6.0
"""The likelihood is vouched for where it is within this of its peak (a factor of 400)."""
LEAST_POINTS = 25.0
"""Fewest effective points there: an error of 0.2 in the log-likelihood at its edge."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Likelihood:
    """log p(nights | theta) up to a constant, its largest value 0.

    Parameters
    ----------
    theta : (n,)
        Effect at full exposure, units of the outcome, even steps around 0.
    log_likelihood : (n,)
        At each.
    """

    theta: Floats
    log_likelihood: Floats


def likelihood(series: Series, priors: Priors) -> Likelihood:
    """Return the marginal log-likelihood of the effect; the prior of the effect does not enter it.

    Level, trend, covariates, noise and kinetics are integrated out under their priors. The prior of theta
    that the points are drawn with is divided out exactly: given the other parameters the likelihood of
    theta is normal, and only its mixture over the points is summed.

    Parameters
    ----------
    series, priors
        As in `posterior`; of the priors the useful amount and the prior of the effect play no part.

    Raises
    ------
    NotConverged
        If the points do not carry the answer over the whole grid, or the nights say next to nothing.
    """
    full, _ = fill(series, priors)
    wide = vague(full)
    for reach in REACHES:
        found = _on_grid(series, wide, reach * wide.parts[0][2])
        if max(found.log_likelihood[0], found.log_likelihood[-1]) < np.log(EDGE):
            return found
    raise NotConverged(
        "these nights say so little of the effect that there is nothing to share",
        where="share",
        do="share a longer trial, or one with more nights recorded",
    )


def _on_grid(series: Series, wide: Priors, reach: float) -> Likelihood:
    theta = np.linspace(-reach, reach, POINTS)
    around = [replace(wide, theta=(Normal(weight=1.0, mean=c * reach, sd=reach / 8),)) for c in ANCHORS]
    logs, sizes = [], []
    for prior in (wide, *around):
        log, size = _along(theta, draw_hyper(frame(series, prior)))
        logs.append(log)
        sizes.append(size)
    # each set of points estimates the same integral: averaged by what each carries at each theta
    share = np.array(sizes) / np.sum(sizes, axis=0)
    peak = np.max(logs, axis=0)
    total = peak + np.log(np.sum(share * np.exp(np.array(logs) - peak), axis=0))
    total -= total.max()
    if np.min(np.sum(sizes, axis=0)[total > -RELEVANT]) < LEAST_POINTS:
        raise NotConverged("the likelihood of the effect did not settle", where="share", do="record more nights")
    return Likelihood(theta=theta, log_likelihood=total)


def _along(theta: Floats, draws: Draws) -> tuple[Floats, Floats]:
    """Return the log-likelihood along theta from one set of points, and how many of them carry it."""
    base, slope, precision = (draws.detail[:, j, None] for j in range(3))
    log = base + slope * theta - 0.5 * precision * theta**2 + draws.log_prior_ratio[:, None]
    peak = log.max(axis=0)
    part = np.exp(log - peak)
    # a single point means that nothing was left to integrate over: it is exact
    exact = LEAST_POINTS if draws.weight.size == 1 else 1.0
    return peak + np.log(part.mean(axis=0)), exact * part.sum(axis=0) ** 2 / (part**2).sum(axis=0)
