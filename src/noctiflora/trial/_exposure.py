"""The exposure that doses build up over the nights."""

import math

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats


def exposure(dose: Floats, tau_on: float, tau_off: float) -> Floats:
    """Return the exposure state of each night.

    ``e_t = e_{t-1} + k_on d_t (1 - e_{t-1}) - k_off (1 - d_t) e_{t-1}``, ``k = 1 - exp(-1/tau)``,
    starting from 0.

    Parameters
    ----------
    dose : (n,)
        Share of the full dose taken before each calendar night, 0 to 1.
    tau_on, tau_off : float
        Time constants of onset and wash-out, nights, > 0.

    Returns
    -------
    (n,) array
        Exposure, 0 to 1.

    Raises
    ------
    RangeError
        If a dose lies outside 0 to 1 or a time constant is not above 0.

    Examples
    --------
    >>> exposure(np.array([0.0, 1.0, 1.0]), 14, 10).round(3).tolist()
    [0.0, 0.069, 0.133]
    """
    dose = np.asarray(dose, dtype=np.float64)
    if not np.all((dose >= 0) & (dose <= 1)):
        raise RangeError("a dose is a share of the full dose, 0 to 1", where="exposure, dose")
    if not (tau_on > 0 and tau_off > 0):
        raise RangeError("a time constant is above 0 nights", where="exposure, tau", found=f"{tau_on}, {tau_off}")
    k_on, k_off = -math.expm1(-1.0 / tau_on), -math.expm1(-1.0 / tau_off)
    state, path = 0.0, np.empty(dose.size)
    for t, d in enumerate(dose.tolist()):
        state += k_on * d * (1.0 - state) - k_off * (1.0 - d) * state
        path[t] = state
    return path
