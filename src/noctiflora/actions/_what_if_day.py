"""One modelled day with and without a change, with bands over people like one preset."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.axis import (
    DAY_HOURS,
    Drawn,
    Ensemble,
    Intervention,
    Person,
    Schedule,
    begin,
    draw_around,
    follow,
    load_model,
    preset,
)
from noctiflora.report import DayLane

PERSON = "insomnia"
"""Whose day the report draws."""
MEMBERS = 16
"""People like that one, drawn for the bands; sixteen run at the price of one."""
WEEKS = 8
EVERY_POINTS = 2
"""Every second point, 0.2 h, is drawn."""
BAND = (0.05, 0.5, 0.95)
_LANES = (
    ("Light at the eye", "effective lux", "Lenv", 1.0),
    ("Melatonin in blood", "pmol/L", "Hm", 1.0),
    ("Cortisol in blood", "nmol/L", "x3", 1.0),
    ("Chance of being asleep", "of 100", "pS", 100.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDay:
    """A day noon to noon, lane by lane."""

    hours: tuple[float, ...]
    lanes: tuple[DayLane, ...]
    caption: str


def what_if_day(changes: tuple[Intervention, ...], *, seed: int) -> ModelDay | None:
    """Return the last day of eight weeks as now and under changes, or None if half of the runs left their range."""
    chosen = preset(PERSON)
    begun = begin(people_like(chosen.person, chosen.schedule, seed=seed))
    n = len(begun.people)
    found = follow(begun, {"now": [()] * n, "then": [changes] * n}, weeks=WEEKS, figures=("psqi",), day=True)
    if 2 * int(found.failed.any(axis=0).sum()) >= n:
        return None
    return ModelDay(
        hours=DAY_HOURS[::EVERY_POINTS],
        lanes=day_lanes(found),
        caption=(
            f"Lights out at 23:00, after {WEEKS} weeks: the middle of {n} runs of people with high arousal and some "
            "stress, and the band that holds 90 of 100. The body clock moves earlier, the time in bed does not."
        ),
    )


def people_like(person: Person, schedule: Schedule, *, seed: int, members: int = MEMBERS) -> list[Drawn]:
    """Return people like one: that one's days, traits and timing spread around that one's own."""
    return [draw_around(person, schedule, seed=seed, index=i) for i in range(members)]


def day_lanes(found: Ensemble) -> tuple[DayLane, ...]:
    """Return the lanes of a followed day: the first arm as now, the last as then."""
    assert found.day is not None
    kept = ~found.failed.any(axis=0)
    lanes = []
    for name, unit, key, factor in _LANES:
        now, then = (_band(factor * found.day[key][arm][kept]) for arm in (0, -1))
        lanes.append(
            DayLane(
                name=name,
                unit=unit,
                now=now[1],
                then=then[1],
                now_band=(now[0], now[2]),
                then_band=(then[0], then[2]),
            )
        )
    return tuple(lanes)


def _band(values: NDArray[np.float64]) -> Sequence[tuple[float, ...]]:
    """Return the lower, middle and upper curve."""
    drawn = np.maximum(np.quantile(values[:, ::EVERY_POINTS], BAND, axis=0), 0.0) + 0.0
    return [tuple(row.tolist()) for row in drawn]


def hypotheses() -> tuple[str, ...]:
    """Return the couplings without human dose-response that are switched on, each with its meaning."""
    model = load_model()
    known = (model.parameter_by_name[name] for name in model.hypotheses)
    return tuple(f"{p.name}: {p.meaning}" for p in known if p.value != 0.0)
