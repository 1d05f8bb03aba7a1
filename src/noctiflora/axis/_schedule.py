"""When a person is in bed, at work, eats and sees light: days that repeat in a cycle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from noctiflora.axis._light import Light
from noctiflora.core import RangeError

LONGEST_CYCLE_DAYS = 56
LATEST_H = 48.0
"""A span or meal of a day may run on into the next one, up to this hour."""
MEAL_SHARES = (0.25, 0.35, 0.40)
"""Shares of the day's food in three meals (assumed)."""
MOST_FIBRE_G = 200.0
NOON_H = 12.0
MOST_HISTAMINE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time within a schedule, hours from midnight of its day, closed on the left."""

    start_h: float
    end_h: float

    def __post_init__(self) -> None:
        for name, value in (("start_h", self.start_h), ("end_h", self.end_h)):
            on_grid(value, where=f"Span.{name}")
        if self.end_h <= self.start_h or self.end_h - self.start_h > 24:
            raise RangeError(
                "a span must end after it starts and last at most 24 h",
                where="Span",
                found=f"{self.start_h} to {self.end_h}",
                do="write hours after midnight as 24 and more, so 23 to 31 is a night",
            )


def on_grid(hour: float, *, where: str) -> None:
    """Check that an hour is a multiple of 0.1 between 0 and 48.

    Raises
    ------
    RangeError
        If it is not, or not a number.
    """
    if not math.isfinite(hour) or not 0 <= hour <= LATEST_H or abs(hour * 10 - round(hour * 10)) > 1e-6:
        raise RangeError(
            "an hour must be 0 to 48 in steps of 0.1", where=where, found=str(hour), do="round it to 6 minutes"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a schedule.

    Parameters
    ----------
    sleeps : tuple of Span
        Time in bed with sleep allowed; a night 23 to 07 h is ``Span(start_h=23, end_h=31)``.
    shifts : tuple of Span
        Work; only used to refuse a plan that sleeps and works at once.
    meals_h : tuple of float
        Hours at which half-hour meals begin, in order; the first carries a strain's dose.
    light : Light
        Light while up.
    fibre_g_d : float
        Fermentable fibre, g per day.
    stress : float
        Psychosocial load, 0 to 1.
    histamine : float
        Dietary histamine relative to the reference diet.

    Raises
    ------
    RangeError
        If a value is out of range or meals are not in order.
    """

    sleeps: tuple[Span, ...] = (Span(start_h=23.0, end_h=31.0),)
    shifts: tuple[Span, ...] = ()
    meals_h: tuple[float, ...] = (8.0, 13.0, 19.0)
    light: Light = field(default_factory=Light)
    fibre_g_d: float = 20.0
    stress: float = 0.0
    histamine: float = 1.0

    def __post_init__(self) -> None:
        for hour in self.meals_h:
            on_grid(hour, where="Day.meals_h")
        gaps = [b - a for a, b in pairwise(self.meals_h)]
        if not self.meals_h or min(gaps, default=1.0) < 0.5:
            raise RangeError(
                "meals must come in order, at least half an hour apart",
                where="Day.meals_h",
                found=str(self.meals_h),
                do="give at least one meal",
            )
        limits = (("fibre_g_d", MOST_FIBRE_G), ("stress", 1.0), ("histamine", MOST_HISTAMINE))
        for name, most in limits:
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= most):
                raise RangeError(f"must be 0 to {most:g}", where=f"Day.{name}", found=str(value), do="correct it")

    def meal_shares(self) -> tuple[float, ...]:
        """Return each meal's share of the day's food; they sum to 1."""
        n = len(self.meals_h)
        return MEAL_SHARES if n == len(MEAL_SHARES) else (1.0 / n,) * n


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Days that repeat.

    Parameters
    ----------
    days : tuple of Day
        1 to 56 days; after the last comes the first again.

    Raises
    ------
    RangeError
        If there are no days or too many, or if sleeps and shifts overlap anywhere in the cycle.

    Examples
    --------
    >>> len(Schedule().days)
    1
    """

    days: tuple[Day, ...] = (Day(),)

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= LONGEST_CYCLE_DAYS:
            raise RangeError(
                f"a schedule has 1 to {LONGEST_CYCLE_DAYS} days", where="Schedule.days", found=str(len(self.days))
            )
        self._refuse_overlap()

    def _refuse_overlap(self) -> None:
        length = 24.0 * len(self.days)
        spans = sorted(
            (24.0 * i + s.start_h, 24.0 * i + s.end_h, kind)
            for i, day in enumerate(self.days)
            for kind, group in (("sleep", day.sleeps), ("shift", day.shifts))
            for s in group
        )
        around = [*spans, *((a + length, b + length, kind) for a, b, kind in spans)]
        for (_, end, one), (start, _, other) in pairwise(around):
            if start < end - 1e-9:
                day, hour = int(start % length // 24), start % 24
                raise RangeError(
                    f"a {other} begins before a {one} ends",
                    where=f"schedule, day {day + 1}",
                    found=f"start at {hour:g} h, {end - start:g} h too early",
                    do="let spans follow each other",
                )


def regular(*, bed_h: float = 23.0, rise_h: float = 7.0, **day: object) -> Schedule:
    """Return the same day over and over.

    Parameters
    ----------
    bed_h, rise_h : float
        Lights out, getting up, clock hours 0 to 24; a rise before bed is on the next day.
    **day
        Further fields of `Day`.

    Examples
    --------
    >>> regular(bed_h=23.0, rise_h=7.0) == Schedule()
    True
    """
    return Schedule(days=(Day(sleeps=(night_span(bed_h, rise_h),), **day),))  # type: ignore[arg-type]


def night_span(bed_h: float, rise_h: float) -> Span:
    """Return the span from lights out to getting up, both clock hours; a bedtime before noon is the next day's.

    Examples
    --------
    >>> night_span(1.0, 6.0).start_h, night_span(23.5, 7.0).end_h
    (25.0, 31.0)
    """
    start = bed_h if bed_h >= NOON_H else bed_h + 24.0
    end = rise_h + 24.0
    return Span(start_h=start, end_h=end if end > start else end + 24.0)


def weekly(*, work: Day, free: Day, free_days: Sequence[int] = (5, 6)) -> Schedule:
    """Return a week of work days and free days (day 0 is Monday).

    Examples
    --------
    >>> late = Day(sleeps=(night_span(0.5, 9.0),))
    >>> len(weekly(work=Day(), free=late, free_days=(6,)).days)
    7
    """
    return Schedule(days=tuple(free if i in free_days else work for i in range(7)))


NIGHT_WORK = Day(
    sleeps=(Span(start_h=32.5, end_h=40.0),),
    shifts=(Span(start_h=22.0, end_h=30.0),),
    meals_h=(17.0, 23.0, 27.0),
    light=Light(evening_lux=150.0),
)
"""A night shift and the sleep after it, 08:30 to 16:00, with meals in the night."""
DAY_WORK = Day(shifts=(Span(start_h=9.0, end_h=17.0),))
EARLY_WORK = Day(
    sleeps=(Span(start_h=21.5, end_h=29.0),), shifts=(Span(start_h=6.0, end_h=14.0),), meals_h=(5.5, 12.0, 18.0)
)
LATE_WORK = Day(
    sleeps=(Span(start_h=24.5, end_h=32.5),), shifts=(Span(start_h=14.0, end_h=22.0),), meals_h=(9.5, 14.0, 20.0)
)
_LETTERS = {"D": DAY_WORK, "N": NIGHT_WORK, "E": EARLY_WORK, "L": LATE_WORK, "-": Day()}


def rotation(pattern: str) -> Schedule:
    """Return a shift rotation from letters: D day, E early, L late, N night, ``-`` free.

    The night before an early shift and the day after a night shift are adjusted: a sleep that
    would overlap the next span is cut short, so that the rotation can be lived.

    Raises
    ------
    RangeError
        If the pattern holds another letter or is empty.

    Examples
    --------
    >>> len(rotation("DDNN--").days)
    6
    """
    unknown = sorted(set(pattern) - set(_LETTERS))
    if unknown or not pattern:
        raise RangeError("a rotation is written with D, E, L, N and -", where="rotation", found=pattern)
    return Schedule(days=_fit_sleeps([_LETTERS[c] for c in pattern]))


def _fit_sleeps(days: list[Day]) -> tuple[Day, ...]:
    """Cut each sleep so that it ends before the next day's first shift or sleep, and drop it if nothing is left."""
    fitted = []
    for i, day in enumerate(days):
        following = days[(i + 1) % len(days)]
        busy = [24.0 + s.start_h for s in following.shifts] + [24.0 + s.start_h for s in following.sleeps]
        latest = min(busy, default=LATEST_H)
        kept = tuple(
            Span(start_h=s.start_h, end_h=min(s.end_h, latest)) for s in day.sleeps if min(s.end_h, latest) > s.start_h
        )
        fitted.append(
            Day(
                sleeps=kept,
                shifts=day.shifts,
                meals_h=day.meals_h,
                light=day.light,
                fibre_g_d=day.fibre_g_d,
                stress=day.stress,
                histamine=day.histamine,
            )
        )
    return tuple(fitted)
