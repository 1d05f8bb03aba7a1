"""What a series' covariates cannot be told apart from, in plain words."""

import numpy as np

from noctiflora.trial._season_known import BELIEVED
from noctiflora.trial._series import Series

ENTANGLED = 0.9
"""Correlation with the dose from which a covariate is said to share its effect (assumed, 0.8 to 0.95)."""


def covariate_notes(series: Series) -> tuple[str, ...]:
    """Return a sentence for each covariate that never varies or that goes with the dose.

    Only nights with an outcome count. What belief does by itself follows the dose by design, and is
    told of elsewhere.

    Parameters
    ----------
    series : Series
        The nights.

    Examples
    --------
    >>> nights = Series(nights=[1, 2, 3], y=[88.0, 90.0, 89.0], dose=[0, 1, 0], covariates={"warm": [7, 7, 7]})
    >>> covariate_notes(nights)
    ('warm is the same on all nights, so allowing for it changes nothing but the level.',)
    """
    seen = ~np.isnan(series.y)
    dose = series.dose[seen]
    found = []
    for name, column in series.covariates.items():
        values = np.asarray(column)[seen]
        if name == BELIEVED or not values.size:
            continue
        if np.ptp(values) == 0:
            found.append(f"{name} is the same on all nights, so allowing for it changes nothing but the level.")
        elif np.ptp(dose) > 0 and abs(together := float(np.corrcoef(values, dose)[0, 1])) > ENTANGLED:
            found.append(
                f"{name} goes with the dose (correlation {together:.2f}): the two share one effect, which these nights "
                "cannot part; leave it out if it may come from what was taken."
            )
    return tuple(found)
