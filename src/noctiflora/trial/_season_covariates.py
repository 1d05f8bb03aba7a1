"""Which logged circumstances of the nights enter a season's analysis."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.trial._arrays import Flags, Floats

LEAST_LOGGED = 0.5
"""Share of the nights with an outcome on which a circumstance must be logged (assumed, 0.3 to 0.8)."""
LEAST_EACH = 3
"""Nights with it, and nights without, that it takes to tell what it does (assumed, 3 to 10)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Circumstances:
    """What entered the analysis beside dose, level, trend and weekend.

    Parameters
    ----------
    used : mapping of str to (n,) float
        Regressors by name; nights on which it was not logged bear the mean of the others.
    filled : mapping of str to int
        How many nights of each were filled in so.
    left_out : mapping of str to str
        Why each of the others was left out, in plain words.
    """

    used: Mapping[str, Floats]
    filled: Mapping[str, int]
    left_out: Mapping[str, str]


def choose_circumstances(logged: Mapping[str, Floats], seen: Flags) -> Circumstances:
    """Return which circumstances enter, by a rule that looks at no outcome and no dose.

    Parameters
    ----------
    logged : mapping of str to (n,) float
        1 for yes, 0 for no, NaN where not logged.
    seen : (n,)
        Nights with an outcome.

    Examples
    --------
    >>> import numpy as np
    >>> told = {"alcohol": np.array([1.0, 0, 1, 0, 1, 0]), "travel": np.array([np.nan] * 6)}
    >>> found = choose_circumstances(told, np.ones(6, dtype=bool))
    >>> list(found.used), dict(found.left_out)
    (['alcohol'], {'travel': 'never logged'})
    """
    used: dict[str, Floats] = {}
    filled: dict[str, int] = {}
    left_out: dict[str, str] = {}
    for name, values in logged.items():
        known = ~np.isnan(values)
        why = _why_not(values[known & seen], int(np.sum(seen)))
        if why:
            left_out[name] = why
            continue
        used[name] = np.where(known, values, float(np.mean(values[known])))
        filled[name] = int(np.sum(~known))
    return Circumstances(used=used, filled=filled, left_out=left_out)


def _why_not(values: Floats, n_seen: int) -> str:
    if not values.size:
        return "never logged"
    if values.size < LEAST_LOGGED * n_seen:
        return f"logged on {values.size} of {n_seen} nights, and half of them are needed"
    rarest = int(min(np.sum(values > 0), np.sum(values <= 0)))
    if rarest < LEAST_EACH:
        return f"the same on all but {rarest} nights, and {LEAST_EACH} either way are needed"
    return ""
