"""The cross-check of a pooled table by PyMARE, an independent library.

References
----------
.. [1] https://pymare.readthedocs.io (the extra ``meta``)
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from noctiflora.core import MissingExtra
from noctiflora.evidence.meta._analysis import Analysis
from noctiflora.evidence.meta._fit import Method
from noctiflora.evidence.meta._studies import Studies


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One method pooled twice.

    Parameters
    ----------
    method : Method
        DL or REML, which both have.
    estimate, tau2 : float
        By the other library.
    difference : float
        Largest difference to ours, in standard errors for the estimate or as a share of the typical variance.
    """

    method: Method
    estimate: float
    tau2: float
    difference: float


Other = Callable[[Studies, Method], tuple[float, float]]


def cross_check(found: Analysis, *, other: Other | None = None) -> tuple[Compared, ...]:
    """Return DL and REML as PyMARE computes them, with the difference to ours.

    Parameters
    ----------
    found : Analysis
        Our result.
    other : callable, optional
        Returns estimate and tau squared of a table by a method; PyMARE by default.

    Raises
    ------
    MissingExtra
        If PyMARE is not installed.
    """
    compute = other or _by_pymare
    out = []
    for method in (Method.DL, Method.REML):
        ours = found.fit(method)
        estimate, tau2 = compute(found.studies, method)
        scale = float(np.median(found.studies.v)) + ours.tau2
        difference = max(abs(estimate - ours.estimate) / ours.se, abs(tau2 - ours.tau2) / scale)
        out.append(Compared(method=method, estimate=estimate, tau2=tau2, difference=difference))
    return tuple(out)


def _by_pymare(studies: Studies, method: Method) -> tuple[float, float]:
    try:
        from pymare import Dataset
        from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator
    except ImportError:
        raise MissingExtra("meta", needed_for="the cross-check of a pooled table") from None
    data = Dataset(y=np.array(studies.y), v=np.array(studies.v), X=None, add_intercept=True)
    estimator = DerSimonianLaird() if method is Method.DL else VarianceBasedLikelihoodEstimator(method="REML")
    result = estimator.fit_dataset(data).summary()
    estimate = float(np.ravel(result.get_fe_stats()["est"])[0])
    tau2 = float(np.ravel(result.tau2)[0])
    return estimate, tau2 if math.isfinite(tau2) else 0.0
