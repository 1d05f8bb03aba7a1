"""Signs of pathways in a person's own nights, morning entries and scores."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.core import Source
from noctiflora.plan._find_days import ENOUGH_OF_EACH, WORSE_PCT
from noctiflora.plan._find_timing import regularity, weekend_shift
from noctiflora.plan._finding import Group
from noctiflora.plan._pathway import Direction
from noctiflora.plan._window import ENOUGH_NIGHTS, Window

FIBRE_G = 25.0
"""Lower end of the daily reference for adults (25 to 38 g, as in the row SC4)."""
FEW_PER_WEEK, MANY_PER_DAY = 3.0, 3.0
"""Stools of 98 of 100 people without a bowel disorder lie between these (Popcol study)."""
ENOUGH_DAYS = 7
"""Days noted from which a daily habit is read (assumed; range 5 to 14)."""
OFTEN = 3
"""Days with a symptom, among the latest six weeks, that count as a sign (assumed; range 1 to 5)."""
GAD7_HIGH, GAD7_LOW = 10, 5
"""From the one on the published band is moderate, below the other there is none (bands of the GAD-7)."""
LATE_EVENING_H = 5.0
"""A last meal before this hour belongs to the evening before (assumed; range 4 to 6)."""

_OWN = Source(ref="assumed", note="own comparison; 2 points of efficiency as worth showing, range 1 to 5")
_DAYS = Source(ref="assumed", note="3 days as a sign, range 1 to 5; 14 days without one as none, range 7 to 28")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign before it is joined to its row of the table."""

    path_id: str
    seen: str
    direction: Direction
    sources: tuple[Source, ...] = ()


def day_signs(view: Window, scores: Mapping[str, float]) -> tuple[Sign, ...]:
    """Return the signs that nights, entries and scores hold, in no order of weight.

    Parameters
    ----------
    view : Window
        Nights and entries.
    scores : mapping of str to float
        Scores that count today, by name; ``gad7`` is looked at.
    """
    meals = {d: h + 24 if h < LATE_EVENING_H else h for d, h in _noted(view, "last_meal_h").items()}
    found = (
        _compared(view, "CO2", "stress", _noted(view, "stress")),
        _compared(view, "GG4", "tension at bedtime", _noted(view, "tension")),
        _compared(view, "CR1", "a late last meal", meals),
        _compared(view, "CR1", "a big late meal", _noted(view, "late_meal")),
        _symptom(view, "HI1", "flush", "flushing, itching, a runny nose or headache after food"),
        _symptom(view, "GB4", "brain_fog", "slow thinking together with bloating"),
        _fibre(view),
        _stools(view),
        _anxiety(scores),
        _shift(view, "ME2"),
        _shift(view, "CR2"),
        _regular(view, "ME2"),
        _regular(view, "CR2"),
    )
    return tuple(sign for sign in found if sign is not None)


def _noted(view: Window, item: str) -> dict[dt.date, float]:
    return {entry.date: entry.value for entry in view.checkins if entry.item == item}


def _compared(view: Window, path_id: str, what: str, noted: Mapping[dt.date, float]) -> Sign | None:
    """Compare nights after a value above one's own median with the others."""
    pairs = [(noted[n.date], n.se_pct) for n in view.nights if n.date in noted and n.se_pct is not None]
    if not noted:
        return None
    middle = float(np.median([value for value, _ in pairs])) if pairs else 0.0
    more = np.array([se for value, se in pairs if value > middle])
    rest = np.array([se for value, se in pairs if value <= middle])
    if min(more.size, rest.size) < ENOUGH_OF_EACH:
        seen = f"{what} noted on {len(noted)} mornings: too few nights of both kinds to compare"
        return Sign(path_id=path_id, seen=seen, direction=Direction.OPEN, sources=(_OWN,))
    gap = float(np.median(more) - np.median(rest))
    direction = Direction.TOWARD if gap <= -WORSE_PCT else Direction.AWAY if gap >= 0 else Direction.OPEN
    seen = (
        f"sleep efficiency {abs(gap):.1f} points {'lower' if gap < 0 else 'higher'} after more of {what} "
        f"({more.size} nights against {rest.size})"
    )
    return Sign(path_id=path_id, seen=seen, direction=direction, sources=(_OWN,))


def _symptom(view: Window, path_id: str, item: str, what: str) -> Sign | None:
    noted = _noted(view, item)
    if not noted:
        return None
    n = sum(value >= 0.5 for value in noted.values())
    clear = n == 0 and len(noted) >= ENOUGH_NIGHTS
    direction = Direction.TOWARD if n >= OFTEN else Direction.AWAY if clear else Direction.OPEN
    return Sign(path_id=path_id, seen=f"{what} on {n} of {len(noted)} days", direction=direction, sources=(_DAYS,))


def _fibre(view: Window) -> Sign | None:
    noted = _noted(view, "fibre_g")
    if not noted:
        return None
    middle = float(np.median(list(noted.values())))
    direction = Direction.TOWARD if middle < FIBRE_G else Direction.AWAY
    return Sign(
        path_id="SC4",
        seen=f"{middle:.0f} g of fibre on a middling day of {len(noted)}; the reference is {FIBRE_G:g} to 38 g",
        direction=direction if len(noted) >= ENOUGH_DAYS else Direction.OPEN,
    )


def _stools(view: Window) -> Sign | None:
    noted = _noted(view, "stools")
    if not noted:
        return None
    a_week = 7 * float(np.mean(list(noted.values())))
    usual = FEW_PER_WEEK <= a_week <= 7 * MANY_PER_DAY
    direction = Direction.AWAY if usual else Direction.TOWARD
    return Sign(
        path_id="SE3",
        seen=f"{a_week:.0f} stools a week ({len(noted)} days noted); of healthy people 98 of 100 have 3 to 21",
        direction=direction if len(noted) >= ENOUGH_DAYS else Direction.OPEN,
        sources=(Source(ref="10.3109/00365520903551332", note="124 people without a bowel disorder"),),
    )


def _anxiety(scores: Mapping[str, float]) -> Sign | None:
    if "gad7" not in scores:
        return None
    value = scores["gad7"]
    direction = Direction.TOWARD if value >= GAD7_HIGH else Direction.AWAY if value < GAD7_LOW else Direction.OPEN
    return Sign(
        path_id="GG4",
        seen=f"GAD-7 {value:g} of 21",
        direction=direction,
        sources=(Source(ref="10.1136/ebm.12.5.149", note="bands of the GAD-7"),),
    )


def _shift(view: Window, path_id: str) -> Sign | None:
    for finding in weekend_shift(view):
        wide = finding.group is Group.MAY_BEAR
        return Sign(
            path_id=path_id,
            seen=f"sleep {finding.number}",
            direction=Direction.TOWARD if wide else Direction.AWAY,
            sources=finding.sources,
        )
    return None


def _regular(view: Window, path_id: str) -> Sign | None:
    for finding in regularity(view):
        return Sign(path_id=path_id, seen=finding.number, direction=Direction.OPEN, sources=finding.sources)
    return None
