"""Findings on how nights after something out of the ordinary compare with the others."""

from dataclasses import dataclass

import numpy as np

from noctiflora.core import Source
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._window import ENOUGH_NIGHTS, Window

ENOUGH_OF_EACH = 5
"""Nights needed with and without (assumed; range 3 to 10)."""
WORSE_PCT = 2.0
"""Lower efficiency that is worth showing among what may bear (assumed: the smallest useful change; range 1 to 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One thing of the day before, with what studies found."""

    item: str
    heading: str
    known: str
    certainty: int
    source: Source


HABITS = (
    Habit(
        item="alcohol",
        heading="Alcohol in the evening",
        known="In pooled studies about two drinks already shortened dream sleep; total sleep stayed unclear.",
        certainty=2,
        source=Source(ref="10.1016/j.smrv.2024.102030", note="27 studies, healthy adults"),
    ),
    Habit(
        item="late_caffeine",
        heading="Caffeine in the 6 hours before bed",
        known="In one trial 400 mg of caffeine disturbed sleep even when taken 6 hours before bed.",
        certainty=2,
        source=Source(ref="10.5664/jcsm.3170", note="0, 3 and 6 hours before bed"),
    ),
    Habit(
        item="late_meal",
        heading="A big meal before bed",
        known="In 10 women a late main meal turned round the daily rhythm of bacteria in saliva, no more is known.",
        certainty=1,
        source=Source(ref="10.1096/fj.201700697RR", note="10 women"),
    ),
)
_COMPARED = Source(ref="assumed", note="own comparison; 2 points as worth showing, range 1 to 5")


def habits(view: Window) -> tuple[Finding, ...]:
    """Return one finding per habit that was noted at all."""
    found = [_one(habit, view) for habit in HABITS]
    return tuple(finding for finding in found if finding is not None)


def _one(habit: Habit, view: Window) -> Finding | None:
    noted = {entry.date: entry.value >= 0.5 for entry in view.checkins if entry.item == habit.item}
    if not noted:
        return None
    pairs = [(noted[n.date], n.se_pct) for n in view.nights if n.date in noted and n.se_pct is not None]
    after = np.array([se for yes, se in pairs if yes])
    without = np.array([se for yes, se in pairs if not yes])
    number = f"noted on {sum(noted.values())} of {len(noted)} mornings"
    if min(after.size, without.size) < ENOUGH_OF_EACH:
        group, compared = Group.OPEN, "There are too few nights of one kind to compare."
    else:
        gap = float(np.median(after) - np.median(without))
        way = "lower" if gap < 0 else "higher"
        number += f"; efficiency {abs(gap):.1f} points {way} after it ({after.size} nights against {without.size})"
        group = Group.MAY_BEAR if gap <= -WORSE_PCT else Group.OPEN
        compared = "Such nights may differ in other ways too, so this is no proof of a cause."
    return Finding(
        key=habit.heading.lower(),
        heading=habit.heading,
        number=number,
        group=group,
        text=f"{compared} {habit.known}",
        certainty=habit.certainty,
        would_change="More nights of both kinds, or a trial of leaving it out.",
        sources=(habit.source, _COMPARED),
    )


def rating(view: Window) -> tuple[Finding, ...]:
    """Return the finding on how the person rates the nights, if there are ratings."""
    values = np.array([entry.value for entry in view.checkins if entry.item == "quality"])
    if not values.size:
        return ()
    low, middle, high = np.percentile(values, [25, 50, 75])
    enough = values.size >= ENOUGH_NIGHTS
    return (
        Finding(
            key="sleep quality",
            heading="How you rate your sleep",
            number=f"{middle:.0f} of 10 on a middling morning (half: {low:.0f} to {high:.0f}), {values.size} mornings",
            group=Group.OPEN,
            text=(
                "Your own rating has no limit to be held against. It is what a trial would ask about."
                if enough
                else f"{values.size} mornings are too few to say. {ENOUGH_NIGHTS} are enough."
            ),
            certainty=0,
            would_change="More mornings.",
            sources=(Source(ref="assumed", note="14 mornings as enough, range 7 to 21"),),
        ),
    )
