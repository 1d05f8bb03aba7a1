"""Whether small studies tell of other effects than large ones.

References
----------
.. [1] Egger 1997, doi:10.1136/bmj.315.7109.629
.. [2] Sterne, Egger 2001, doi:10.1016/s0895-4356(01)00377-8
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtr

from noctiflora.evidence.meta._fit import Method, estimate_tau2, weighted

Array = NDArray[np.float64]
# Customary, as in https://www.reproductive-health-journal.com/content/4/1/3; below it the test says little.
FEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallStudy:
    """Egger's regression of the effect on its standard error.

    Parameters
    ----------
    slope, se : float
        Change of the effect per unit of standard error, with its own error (classic form).
    t, p_value : float
        Classic form: dispersion multiplied, t with k - 2 degrees of freedom.
    z_mixed, p_mixed : float
        Random-effects form with REML.
    limit : float
        Effect of a study without error, by the classic form.
    enough : bool
        Whether there are ten studies, below which the test says little.
    """

    slope: float
    se: float
    t: float
    p_value: float
    z_mixed: float
    p_mixed: float
    limit: float
    enough: bool


def small_study(y: Array, v: Array) -> SmallStudy | None:
    """Return Egger's test; None with fewer than three studies, or where all have one error.

    Parameters
    ----------
    y, v : ndarray, shape (k,)
        Effects and their variances.
    """
    se = np.sqrt(v)
    if y.size < 3 or np.ptp(se) <= 1e-9 * se.max():
        return None
    x = np.stack([np.ones_like(se), se], axis=1)
    plain = weighted(y, v, x, 0.0)
    freedom = y.size - 2
    error = math.sqrt(plain.q / freedom * float(plain.cov[1, 1]))
    t = float(plain.beta[1]) / error if error > 0 else math.copysign(math.inf, float(plain.beta[1]))
    mixed = weighted(y, v, x, estimate_tau2(Method.REML, y, v, x))
    z = float(mixed.beta[1]) / math.sqrt(float(mixed.cov[1, 1]))
    return SmallStudy(
        slope=float(plain.beta[1]),
        se=error,
        t=t,
        p_value=2 * float(stdtr(freedom, -abs(t))),
        z_mixed=z,
        p_mixed=2 * float(ndtr(-abs(z))),
        limit=float(plain.beta[0]),
        enough=y.size >= FEWEST,
    )
