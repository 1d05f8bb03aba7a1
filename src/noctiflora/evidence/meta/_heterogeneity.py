"""How much the studies differ beyond chance.

References
----------
.. [1] Viechtbauer 2007, doi:10.1002/sim.2514 (the Q-profile interval)
.. [2] Higgins, Thompson 2002, doi:10.1002/sim.1186
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc, chdtri

from noctiflora.evidence.meta._fit import root_of_q, weighted

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """Spread between studies.

    Parameters
    ----------
    q, p_value : float
        Cochran's Q and its p under equal effects.
    freedom : int
        k - 1.
    tau2 : float
        REML estimate.
    tau2_ci95 : tuple of float
        Q-profile interval of tau squared.
    i2_percent : float
        Share of the variance that is between studies, at `tau2`.
    i2_ci95 : tuple of float
        The same at the bounds of tau squared.
    h2 : float
        Total over sampling variance.
    """

    q: float
    p_value: float
    freedom: int
    tau2: float
    tau2_ci95: tuple[float, float]
    i2_percent: float
    i2_ci95: tuple[float, float]
    h2: float


def heterogeneity(y: Array, v: Array, tau2: float) -> Heterogeneity:
    """Return the heterogeneity of effects `y` with variances `v`, each of shape (k,), given REML's tau squared."""
    x = np.ones((y.size, 1))
    freedom = y.size - 1
    q = weighted(y, v, x, 0.0).q
    low = root_of_q(y, v, x, float(chdtri(freedom, 0.025)))
    high = root_of_q(y, v, x, float(chdtri(freedom, 0.975)))
    typical = typical_variance(v)
    return Heterogeneity(
        q=q,
        p_value=float(chdtrc(freedom, q)),
        freedom=freedom,
        tau2=tau2,
        tau2_ci95=(low, high),
        i2_percent=100 * tau2 / (tau2 + typical),
        i2_ci95=(100 * low / (low + typical), 100 * high / (high + typical)),
        h2=(tau2 + typical) / typical,
    )


def typical_variance(v: Array) -> float:
    """Return the sampling variance of a typical study, as I squared needs it."""
    w = 1 / v
    return float((v.size - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))
