"""Findings on when the nights lie."""

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._window import ENOUGH_NIGHTS, Window

NEAR_H = 1.0
"""A night counts as near the usual time within this (assumed; range 0.5 to 1.5 h)."""
JETLAG_H = 1.5
"""Difference from which a cohort called people exposed to social jetlag."""
ENOUGH_OF_EACH = 5
"""Free and work nights needed of each (assumed; range 3 to 8)."""
_COHORT = Source(ref="10.1007/s00394-023-03204-x", note="934 people, cross-sectional; 1.5 h")
_REGULAR = Source(ref="PMC4185309", note="regular hours in 15 people with bipolar disorder")


def clock_mean(hours: NDArray[np.float64]) -> float:
    """Return the mean of clock times, shape ``(n,)``, hours 0 to 24, the shorter way round the clock.

    Examples
    --------
    >>> round(clock_mean(np.array([23.0, 1.0])), 6) % 24
    0.0
    """
    angle = np.asarray(hours) * (2 * np.pi / 24)
    mean = np.arctan2(np.sin(angle).mean(), np.cos(angle).mean()) * (24 / (2 * np.pi))
    return float(mean % 24)


def clock_gap(first: NDArray[np.float64] | float, second: float) -> NDArray[np.float64]:
    """Return signed gaps from `second` to `first` in hours, -12 to 12, the shorter way round.

    Examples
    --------
    >>> float(clock_gap(0.5, 23.5))
    1.0
    """
    return np.asarray((np.asarray(first, dtype=np.float64) - second + 12) % 24 - 12)


def regularity(view: Window) -> tuple[Finding, ...]:
    """Return the finding on how far the middle of sleep moves, if it is known on any night."""
    middles = view.values("midsleep_h")
    if not middles.size:
        return ()
    gaps = np.abs(clock_gap(middles, clock_mean(middles)))
    n_near = int((gaps <= NEAR_H).sum())
    enough = middles.size >= ENOUGH_NIGHTS
    return (
        Finding(
            key="regularity",
            heading="How regular your nights are",
            number=(
                f"middle of sleep within an hour of its usual time on {n_near} of {middles.size} nights; "
                f"on a middling night {60 * float(np.median(gaps)):.0f} min away"
            ),
            group=Group.OPEN,
            text=(
                "Regular hours are part of the best-tested treatment. There is no agreed limit: compare with yourself."
                if enough
                else f"{middles.size} nights are too few to say. {ENOUGH_NIGHTS} are enough."
            ),
            certainty=2 if enough else 0,
            would_change="More nights.",
            sources=(_REGULAR, Source(ref="assumed", note="one hour, range 0.5 to 1.5 h")),
        ),
    )


def weekend_shift(view: Window) -> tuple[Finding, ...]:
    """Return the finding on free days against work days, if both are known on enough nights."""
    free: list[float] = []
    work: list[float] = []
    for night in view.nights:
        if night.midsleep_h is not None:
            (free if night.date.weekday() in view.free_weekdays else work).append(night.midsleep_h)
    if min(len(free), len(work)) < ENOUGH_OF_EACH:
        return ()
    shift = float(clock_gap(clock_mean(np.array(free)), clock_mean(np.array(work))))
    wide = abs(shift) >= JETLAG_H
    way = "later" if shift >= 0 else "earlier"
    return (
        Finding(
            key="weekend shift",
            heading="Free days against work days",
            number=f"{abs(shift):.1f} hours {way} on free days ({len(free)} free nights, {len(work)} others)",
            group=Group.MAY_BEAR if wide else Group.NO_SIGN,
            text=(
                "In 934 people a shift of 1.5 hours or more went together with other gut bacteria, partly by diet. "
                "It does not show that one causes the other."
            ),
            certainty=2,
            would_change="Telling us which days are your free days.",
            sources=(_COHORT,),
        ),
    )
