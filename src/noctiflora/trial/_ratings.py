"""Ratings as ordered categories with cutpoints."""

from dataclasses import dataclass

import numpy as np

from noctiflora.core import RangeError
from noctiflora.trial._arrays import Floats, Integers
from noctiflora.trial._series import Series

SCALES = ((1, 5), (0, 10))
"""Rating scales that are recognised when none is named: the narrower first."""
CUTPOINT_STRENGTH = 10.0
"""Prior of the gaps between cutpoints: Dirichlet with this strength each (assumed, 3 to 30; even gaps,
each within about a third of its size)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ratings:
    """Rated nights as categories of a latent outcome in points.

    The outermost cutpoints stand half a point inside the ends of the scale: they fix place and unit of
    the latent outcome, so that an effect is told in points.

    Parameters
    ----------
    category : (n,) int
        Category from 0 of each calendar night; 0 where missing.
    low, high : int
        Ends of the scale.
    """

    category: Integers
    low: int
    high: int

    def even_cutpoints(self) -> Floats:
        """Return half-way cutpoints with far ends, (categories + 1,)."""
        inner = np.arange(self.low, self.high) + 0.5
        return np.concatenate([[-np.inf], inner, [np.inf]])


def ratings(series: Series, scale: tuple[int, int] | None) -> Ratings:
    """Return the categories of a series of ratings.

    Parameters
    ----------
    series : Series
        Outcomes are whole numbers on the scale.
    scale : (low, high) or None
        None takes 1 to 5 where all ratings fit, else 0 to 10.

    Raises
    ------
    RangeError
        If an outcome is no rating.
    """
    seen = series.y[~np.isnan(series.y)]
    where = f"{series.where}, y"
    off = seen[seen != np.round(seen)]
    if off.size:
        raise RangeError(
            "a rating is a whole number", where=where, found=f"{off[0]:g}", do='take "gauss" or "t4" for other numbers'
        )
    least, most = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 0.0)
    fits = [s for s in (SCALES if scale is None else (scale,)) if s[0] <= least and most <= s[1]]
    if not fits:
        raise RangeError(
            "ratings run from 1 to 5 or from 0 to 10"
            if scale is None
            else f"ratings run from {scale[0]} to {scale[1]}",
            where=where,
            found=f"{least:g} to {most:g}",
            do='name the scale as "scale": [low, high] in the priors file, or take "gauss"',
        )
    low, high = fits[0]
    category = np.zeros(series.n_nights, dtype=np.int64)
    at = series.nights - series.nights[0]
    category[at] = np.where(np.isnan(series.y), low, series.y).astype(np.int64) - low
    return Ratings(category=category, low=low, high=high)
