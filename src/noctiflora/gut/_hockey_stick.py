"""Dim light melatonin onset by hockey stick: where a straight base turns into a rising branch of a parabola."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from noctiflora.gut._dlmo import SALIVA_PG_ML, check_series, dlmo
from noctiflora.gut._reading import Floats

STEP_H = 0.01
FEWEST = 3
"""Samples needed before the rise, and in it; assumed (2 to 4): a line and a parabola take two and three numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bend:
    """Where the base turns into the rise.

    Parameters
    ----------
    hour : float or None
        On the scale of the given hours; None where it cannot be told.
    level_pg_ml : float or None
        Melatonin at the bend.
    rms_pg_ml : float or None
        Root mean square of what line and parabola leave over.
    reason : str
        Why it cannot be told; empty where it can.
    """

    hour: float | None
    level_pg_ml: float | None = None
    rms_pg_ml: float | None = None
    reason: str = ""


def hockey_stick(hours: ArrayLike, melatonin_pg_ml: ArrayLike, *, threshold_pg_ml: float = SALIVA_PG_ML) -> Bend:
    """Return the bend of the curve that fits best among a line followed by a parabola that never falls.

    The threshold only says which rise is meant: the last one that stays above it, as in `dlmo`; samples after that
    rise has stopped are left out. Ours is written from the description of the method; it is not the authors' program,
    which lets a person choose the area.

    Parameters
    ----------
    hours : array (samples,)
        Times in order; past midnight they go on above 24.
    melatonin_pg_ml : array (samples,)
        Concentration in saliva.
    threshold_pg_ml : float
        Crossed by the rise that is meant.

    Raises
    ------
    RangeError
        As `dlmo`.

    References
    ----------
    Danilenko et al. 2014, doi 10.3109/07420528.2013.855226.

    Examples
    --------
    >>> found = hockey_stick([18, 19, 20, 21, 22, 23], [1, 1, 1, 3, 5, 7])
    >>> None if found.hour is None else round(found.hour, 2)
    20.0
    """
    t, y = check_series(hours, melatonin_pg_ml)
    crossing = dlmo(t, y, threshold_pg_ml=threshold_pg_ml)
    if crossing.hour is None:
        return Bend(hour=None, reason=crossing.reason)
    above = int(np.searchsorted(t, crossing.hour, side="left"))
    end = above
    while end + 1 < len(y) and y[end + 1] > y[end]:
        end += 1
    t, y = t[: end + 1], y[: end + 1]
    grid = np.arange(t[FEWEST - 1], t[-1], STEP_H) if len(t) > FEWEST else np.zeros(0)
    fits = [(_fit(t, y, at), at) for at in grid if _enough(t, at)]
    if not fits:
        return Bend(
            hour=None, reason=f"it needs {FEWEST} samples before the rise and {FEWEST} in it: sample more often"
        )
    (rss, level), at = min(fits, key=lambda f: f[0][0])
    return Bend(hour=float(at), level_pg_ml=level, rms_pg_ml=float(np.sqrt(rss / len(t))))


def _enough(t: Floats, at: float) -> bool:
    return int((t <= at).sum()) >= FEWEST and int((t > at).sum()) >= FEWEST


def _fit(t: Floats, y: Floats, at: float) -> tuple[float, float]:
    """Return residual sum of squares and level at the bend of the best curve that never falls after it."""
    left, right = np.minimum(t - at, 0.0), np.maximum(t - at, 0.0)
    far = right[-1]
    # Free; straight rise; pure parabola; a rise that is level at its end: one of them is the best that never falls.
    rises = (
        np.column_stack((right, right**2)),
        right[:, None],
        (right**2)[:, None],
        (right - right**2 / (2 * far))[:, None],
    )
    best = (float("inf"), 0.0)
    for rise in rises:
        x = np.column_stack((np.ones_like(t), left, rise))
        beta, *_ = np.linalg.lstsq(x, y, rcond=None)
        first = beta[2] if rise is not rises[2] else 0.0
        last = np.gradient(rise @ beta[2:], t)[-1] if len(rise[0]) == 1 else beta[2] + 2 * beta[3] * far
        if first < 0 or last < -1e-9:
            continue
        rss = float(((y - x @ beta) ** 2).sum())
        if rss < best[0]:
            best = (rss, float(beta[0]))
    return best
