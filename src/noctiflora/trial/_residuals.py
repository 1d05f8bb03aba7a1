"""How much the nightly noise of several outcomes is shared."""

from collections.abc import Sequence

import numpy as np

from noctiflora.trial._arrays import Floats
from noctiflora.trial._exposure import exposure
from noctiflora.trial._series import Series

TAU_ON, TAU_OFF = 14.0, 10.0
"""Medians of the priors of onset and wash-out, nights (model text, section 1)."""
LEAST_COMMON = 10
"""Nights with both outcomes below which their noise counts as not shared (assumed, 7 to 28)."""
LARGEST = 0.95
"""Largest correlation taken: outcomes of one night are never quite one (assumed, 0.9 to 0.99)."""


def shared_noise(outcomes: Sequence[tuple[Series, float]]) -> Floats:
    """Return the correlation of the nightly noise of outcomes of the same nights.

    Each outcome is freed of level, trend, covariates and exposure at middling kinetics by least
    squares; what is left is compared night by night, in the better direction of each.

    Parameters
    ----------
    outcomes : sequence of (Series, float)
        The same nights with different y, on the scale of their analysis; 1 where higher is better, else -1.

    Returns
    -------
    (J, J) array
        Ones on the diagonal; positive definite.
    """
    left = [sign * _residual(series) for series, sign in outcomes]
    n = len(left)
    found = np.eye(n)
    for i in range(n):
        for j in range(i):
            both = ~np.isnan(left[i]) & ~np.isnan(left[j])
            if np.sum(both) >= LEAST_COMMON:
                found[i, j] = found[j, i] = _correlation(left[i][both], left[j][both])
    return _definite(found)


def _correlation(one: Floats, other: Floats) -> float:
    size = float(np.sqrt(np.mean(one**2) * np.mean(other**2)))
    return float(np.clip(np.mean(one * other) / size, -LARGEST, LARGEST)) if size > 0 else 0.0


def _residual(series: Series) -> Floats:
    """Return what is left of an outcome, (n,); NaN where it is missing."""
    night = series.nights.astype(np.float64)
    # a night that is absent from the series is rare here, and moves the exposure next to nothing
    columns = [np.ones(night.size), night - night.mean(), exposure(series.dose, TAU_ON, TAU_OFF)]
    design = np.column_stack([*columns, *series.covariates.values()])
    seen = ~np.isnan(series.y)
    found = np.full(night.size, np.nan)
    if np.any(seen):
        fitted, *_ = np.linalg.lstsq(design[seen], series.y[seen], rcond=None)
        found[seen] = series.y[seen] - design[seen] @ fitted
    return found


def _definite(correlation: Floats) -> Floats:
    """Return the matrix drawn to the identity until it is positive definite: pairs may not fit together."""
    least = float(np.linalg.eigvalsh(correlation)[0]) if correlation.size else 1.0
    floor = 1.0 - LARGEST
    if least >= floor:
        return correlation
    share = (floor - least) / (1.0 - least)
    return np.asarray((1.0 - share) * correlation + share * np.eye(correlation.shape[0]))
