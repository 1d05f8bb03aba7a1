"""Draws a simulated person's day and weeks, with bands over people like that one."""

from collections.abc import Sequence

import numpy as np

from noctiflora.actions._what_if_day import BAND, EVERY_POINTS, MEMBERS, day_lanes, people_like
from noctiflora.axis import DAY_HOURS, Ensemble, Intervention, Person, Schedule, begin, follow
from noctiflora.core import ModelError
from noctiflora.report import AxisChart, WeekCourse

_COURSES = (
    ("Sleep score (PSQI)", "points, 0 to 21, less is better", "psqi", 1.0),
    ("Arousal", "the model’s own units", "arousal", 1.0),
    ("Butyrate makers", "% of the reference, at noon", "butyrate_guild", 100.0),
    ("GABA makers", "% of the reference, at noon", "gaba_guild", 100.0),
    ("Histamine makers", "% of the reference, at noon", "histamine_guild", 100.0),
    ("Opportunists", "% of the reference, at noon", "opportunists", 100.0),
)
_FIGURES = tuple(key for _, _, key, _ in _COURSES)


def axis_chart(
    person: Person,
    schedule: Schedule,
    interventions: Sequence[Intervention],
    *,
    weeks: int,
    seed: int = 0,
    members: int = MEMBERS,
) -> AxisChart:
    """Return what is drawn of a run: the last day and each week, as now and under interventions.

    Parameters
    ----------
    person, schedule
        Whom the drawn people stand around.
    interventions : sequence of Intervention
        What is changed; none draws the person as now.
    weeks : int
        1 to 52.
    seed : int
        Of the drawn people.
    members : int
        How many; sixteen run at the price of one.

    Raises
    ------
    ModelError
        If half of the runs leave the range that a body can have.
    """
    begun = begin(people_like(person, schedule, seed=seed, members=members))
    changed = tuple(interventions)
    arms = {"now": [()] * members} | ({"then": [changed] * members} if changed else {})
    found = follow(begun, arms, weeks=weeks, figures=_FIGURES, day=True)
    kept = ~found.failed.any(axis=0)
    if 2 * int(kept.sum()) <= members:
        raise ModelError(
            "most runs leave the range that a body can have",
            where="axis chart",
            found=f"{int(kept.sum())} of {members} within",
            do="use values inside their plausible ranges",
        )
    return AxisChart(
        person=person.label[:1].upper() + person.label[1:],
        people=(
            f"The middle of {int(kept.sum())} runs of people like this one, and the band that holds 90 of 100; how "
            "wrong the model itself may be is not in it."
        ),
        hours=DAY_HOURS[::EVERY_POINTS],
        lanes=day_lanes(found),
        courses=_courses(found),
        change=", ".join(dict.fromkeys(f"{i.kind.value} {i.dose:g}" for i in changed)),
        weeks=weeks,
    )


def _courses(found: Ensemble) -> tuple[WeekCourse, ...]:
    kept, out = ~found.failed.any(axis=0), []
    for name, unit, key, factor in _COURSES:
        arms = factor * found.nights[key][:, kept]
        weekly = arms.reshape(*arms.shape[:2], -1, 7).mean(axis=3)
        before = np.quantile(factor * found.baseline[key][kept].mean(axis=1), BAND).tolist()
        low, middle, high = np.quantile(weekly[-1], BAND, axis=0).tolist()
        plain = np.median(weekly[0], axis=0).tolist() if len(arms) > 1 else None
        out.append(
            WeekCourse(
                name=name,
                unit=unit,
                low=tuple(low),
                middle=tuple(middle),
                high=tuple(high),
                start=(before[0], before[1], before[2]),
                plain=None if plain is None else tuple(plain),
            )
        )
    return tuple(out)
