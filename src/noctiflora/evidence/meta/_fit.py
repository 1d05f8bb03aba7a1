"""The estimators of a pooled effect: equal effects, and random effects by three estimates of tau squared.

They are a few lines of linear algebra; PyMARE, which has most of them, brings pandas and sympy along (some 170 MB
and a second of start-up), so it is the cross-check of the extra ``meta`` and not the engine.

References
----------
.. [1] DerSimonian, Laird 1986, doi:10.1016/0197-2456(86)90046-2
.. [2] Paule, Mandel 1982, doi:10.6028/jres.087.022
.. [3] Viechtbauer 2005, doi:10.3102/10769986030003261 (REML)
.. [4] Knapp, Hartung 2003, doi:10.1002/sim.1482
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr, stdtr, stdtrit

from noctiflora.core import NotConverged

Array = NDArray[np.float64]
Z95 = 1.959963984540054
MOST_STEPS = 100
CLOSE = 1e-12  # relative step at which Fisher scoring has arrived


class Method(StrEnum):
    """How tau squared is estimated."""

    EE = "EE"
    DL = "DL"
    PM = "PM"
    REML = "REML"

    @property
    def label(self) -> str:
        """Name in words."""
        return _LABELS[self]


_LABELS = {
    Method.EE: "equal effects",
    Method.DL: "random effects, DerSimonian-Laird",
    Method.PM: "random effects, Paule-Mandel",
    Method.REML: "random effects, REML",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighted:
    """A weighted fit of shape (p,): coefficients, their covariance, and the weighted sum of squares."""

    beta: Array
    cov: Array
    q: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaFit:
    """A pooled effect.

    Parameters
    ----------
    method : Method
        How tau squared was estimated.
    knapp_hartung : bool
        Whether error and interval are those of Knapp and Hartung (t with k - 1 degrees of freedom).
    estimate, se : float
        Pooled effect and its standard error.
    ci95 : tuple of float
        95 % interval.
    statistic, p_value : float
        Estimate over its error, two-sided p.
    tau2 : float
        Variance between studies.
    """

    method: Method
    knapp_hartung: bool
    estimate: float
    se: float
    ci95: tuple[float, float]
    statistic: float
    p_value: float
    tau2: float


def weighted(y: Array, v: Array, x: Array, tau2: float) -> Weighted:
    """Return the weighted least squares fit of `y` on the columns of `x`, weights 1 / (v + tau2)."""
    w = 1 / (v + tau2)
    cov: Array = np.asarray(np.linalg.inv((x.T * w) @ x), dtype=np.float64)
    beta: Array = np.asarray(cov @ (x.T @ (w * y)), dtype=np.float64)
    left = y - x @ beta
    return Weighted(beta=beta, cov=cov, q=float(w @ left**2))


def estimate_tau2(method: Method, y: Array, v: Array, x: Array) -> float:
    """Return tau squared of the residual heterogeneity; never below 0.

    Raises
    ------
    NotConverged
        If REML has no maximum that can be found.
    """
    if method is Method.EE:
        return 0.0
    if method is Method.DL:
        w = 1 / v
        fit = weighted(y, v, x, 0.0)
        trace = float(w.sum()) - float(np.trace(fit.cov @ ((x.T * w**2) @ x)))
        found: float = (fit.q - (y.size - x.shape[1])) / trace
        return max(0.0, found)
    return root_of_q(y, v, x, y.size - x.shape[1]) if method is Method.PM else _reml(y, v, x)


def root_of_q(y: Array, v: Array, x: Array, target: float) -> float:
    """Return the tau squared at which the weighted sum of squares is `target`; 0 where it is below it at 0."""
    if weighted(y, v, x, 0.0).q <= target:
        return 0.0
    high = float(v.max() + np.var(y)) + 1e-300
    while weighted(y, v, x, high).q > target:
        high *= 4
        if not math.isfinite(high):
            raise NotConverged("no tau squared fits this table", where="meta-analysis", do="look for a wrong variance")
    return float(brentq(lambda t: weighted(y, v, x, t).q - target, 0.0, high, xtol=1e-14 * high, rtol=1e-13))


def _reml(y: Array, v: Array, x: Array) -> float:
    tau2 = estimate_tau2(Method.DL, y, v, x)
    for _ in range(MOST_STEPS):
        w = 1 / (v + tau2)
        cov = np.linalg.inv((x.T * w) @ x)
        p = np.diag(w) - (w[:, None] * x) @ cov @ (x.T * w)
        py = p @ y
        step = float(py @ py - np.trace(p)) / float(np.sum(p * p))
        new = max(0.0, tau2 + step)
        if abs(new - tau2) <= CLOSE * (new + float(v.min())):
            return new
        tau2 = new
    return _reml_by_search(y, v, x)


def _reml_by_search(y: Array, v: Array, x: Array) -> float:
    """Return the maximum of the restricted likelihood where scoring goes to and fro."""

    def loss(tau2: float) -> float:
        fit = weighted(y, v, x, tau2)
        return 0.5 * (float(np.log(v + tau2).sum()) - float(np.linalg.slogdet(fit.cov)[1]) + fit.q)

    high = float(np.var(y) + v.max()) * 10
    found = minimize_scalar(loss, bounds=(0.0, high), method="bounded", options={"xatol": 1e-12 * high})
    if not found.success:
        raise NotConverged("REML does not arrive at a value", where="meta-analysis", do="use PM or DL")
    return float(found.x) if loss(float(found.x)) < loss(0.0) else 0.0


def pooled(method: Method, y: Array, v: Array, *, knapp_hartung: bool = False) -> MetaFit:
    """Return the pooled effect of studies.

    Parameters
    ----------
    method : Method
        Estimator of tau squared.
    y, v : ndarray, shape (k,)
        Effects and their variances.
    knapp_hartung : bool
        Whether to use the adjusted error, never truncated, with t of k - 1 degrees of freedom.
    """
    x = np.ones((y.size, 1))
    tau2 = estimate_tau2(method, y, v, x)
    fit = weighted(y, v, x, tau2)
    mean, se = float(fit.beta[0]), math.sqrt(float(fit.cov[0, 0]))
    freedom = y.size - 1
    if knapp_hartung:
        se *= math.sqrt(fit.q / freedom)
    reach = float(stdtrit(freedom, 0.975)) if knapp_hartung else Z95
    statistic = mean / se if se > 0 else math.copysign(math.inf, mean)
    p = 2 * float(stdtr(freedom, -abs(statistic)) if knapp_hartung else ndtr(-abs(statistic)))
    return MetaFit(
        method=method,
        knapp_hartung=knapp_hartung,
        estimate=mean,
        se=se,
        ci95=(mean - reach * se, mean + reach * se),
        statistic=statistic,
        p_value=p,
        tau2=tau2,
    )
