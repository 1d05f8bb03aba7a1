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

POINTS = 81
"""Points of the grid (assumed; a step of a tenth of a within-person SD)."""
REACH = 4.0
"""The grid reaches so many vague SDs to either side of no effect."""
ANCHORS = (-3.0, -1.5, 0.0, 1.5, 3.0)
"""Centres, in vague SDs, around which points are drawn, so that the whole grid has some."""
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
        If the points do not carry the answer over the whole grid.
    """
    full, _ = fill(series, priors)
    wide = vague(full)
    spread = wide.parts[0][2]
    theta = np.linspace(-REACH * spread, REACH * spread, POINTS)
    around = [replace(wide, theta=(Normal(weight=1.0, mean=c * spread, sd=spread / 2),)) for c in ANCHORS]
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
