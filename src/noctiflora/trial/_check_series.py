"""What in a series' own design keeps it from being analysed."""

import numpy as np

from noctiflora.core import DesignError
from noctiflora.trial._series import Series

LEAST_SWITCHES = 2
"""Fewest changes between taking and not taking that part an effect from a trend (model text, section 4)."""
HALF = 0.5
"""A dose of this share counts as taking it."""


def check_series(series: Series) -> tuple[str, ...]:
    """Refuse a series that has nothing to compare, and return a sentence for what weakens the others.

    Only nights with an outcome count, and of several products the first.

    Parameters
    ----------
    series : Series
        The nights.

    Returns
    -------
    tuple of str
        Warnings; empty where the design can carry an analysis.

    Raises
    ------
    DesignError
        If no night has an outcome, or all nights with one have the same dose.

    Examples
    --------
    >>> check_series(Series(nights=[1, 2, 3], y=[88.0, 90.0, 89.0], dose=[0, 1, 0]))
    ()
    """
    dose = series.dose[~np.isnan(series.y)]
    if not dose.size:
        raise DesignError(
            "no night has an outcome", where=f"{series.where}, y", do="fill in at least one night each way"
        )
    if np.ptp(dose) == 0:
        raise DesignError(
            "these nights have one arm only, so there is nothing to compare",
            where=f"{series.where}, dose",
            found=f"{dose[0]:g} on all {dose.size} nights with an outcome",
            do="add nights with and without the product, in turns",
        )
    switches = int(np.sum(np.diff((dose >= HALF).astype(int)) != 0))
    if switches >= LEAST_SWITCHES:
        return ()
    times = "once" if switches else "never by half a dose or more"
    return (
        f"Taking and not taking changed {times}: a before-and-after comparison cannot tell the product from anything "
        "else that changed; at least two switches are needed.",
    )


def nothing_varies(series: Series) -> str:
    """Return why no verdict can rest on these values, in plain words; empty where one can.

    Examples
    --------
    >>> nothing_varies(Series(nights=[1, 2, 3], y=[80.0, 80.0, 80.0], dose=[0, 1, 0]))
    'All nights have the same value, so nothing can be told of how nights differ; no verdict is given.'
    """
    known = series.y[~np.isnan(series.y)]
    if known.size < 2:
        found = "No night has a value" if known.size == 0 else "Only one night has a value"
    elif np.all(known == known[0]):
        found = "All nights have the same value"
    else:
        return ""
    return f"{found}, so nothing can be told of how nights differ; no verdict is given."
