"""A person's inputs over the whole run: half-day blocks and which of them holds when."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from noctiflora.axis._intervention import Intervention, Kind
from noctiflora.axis._lanes import Integers, Lanes
from noctiflora.axis._night_columns import POINTS
from noctiflora.axis._schedule import Day, Schedule
from noctiflora.axis._strain import RESIDENCE_PER_H

MEAL_CELLS = 5
"""A meal lasts half an hour, five cells of 0.1 h."""
LENV, OP, MEAL, FIB, HISD, STRESS, DOSEX, DOSEK = range(8)
"""Inputs in the order of the model text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """Inputs of one person.

    Parameters
    ----------
    tables : array (blocks, 8, 120)
        Inputs of each distinct half day, one value per 0.1 h.
    blocks : array (half days,)
        Which block holds in each half day, from midnight of day 0.
    """

    tables: Lanes
    blocks: Integers

    def __post_init__(self) -> None:
        self.tables.setflags(write=False)
        self.blocks.setflags(write=False)

    def with_stress(self, level: float) -> "Course":
        """Return the same course under another stress throughout, 0 to 1."""
        tables = self.tables.copy()
        tables[:, STRESS] = level
        return Course(tables=tables, blocks=self.blocks)

    def windows(self) -> Integers:
        """Return for each night whether it is read noon to noon (0) or midnight to midnight (1).

        A night whose opening or closing noon lies in bed is read midnight to midnight.
        """
        noon = self.tables[self.blocks[1::2], OP, 0] > 0.5
        return np.asarray(noon[:-1] | noon[1:], dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A schedule that holds from a half day on; its first day is the day on which it begins."""

    start_day: float
    schedule: Schedule


@lru_cache(maxsize=256)
def compile_course(
    phases: tuple[Phase, ...], interventions: tuple[Intervention, ...], *, first_day: float, days: int
) -> Course:
    """Lay a person's schedules and interventions out as half-day blocks.

    Parameters
    ----------
    phases : tuple of Phase
        In order of their start; the first starts at day 0.
    interventions : tuple of Intervention
        Their days count from `first_day`.
    first_day : float
        Day on which the interventions' day 0 falls.
    days : int
        Length of the run.

    Returns
    -------
    Course
    """
    made: dict[tuple[object, ...], int] = {}
    tables: list[Lanes] = []
    blocks = np.empty(2 * days, dtype=np.int64)
    for half in range(2 * days):
        at = half / 2
        current = max(i for i, p in enumerate(phases) if p.start_day <= at)
        on = tuple(k for k, i in enumerate(interventions) if first_day + i.start_day <= at < first_day + i.end_day)
        phase = phases[current]
        today, length = int(at) - int(phase.start_day), len(phase.schedule.days)
        key = (current, today % length, half % 2, on)
        if key not in made:
            made[key] = len(tables)
            active = [interventions[k] for k in on]
            own = tuple(_changed(phase.schedule.days[(today + k) % length], active) for k in (-2, -1, 0))
            tables.append(_block(own, half % 2, active))
        blocks[half] = made[key]
    return Course(tables=np.array(tables), blocks=blocks)


def _changed(day: Day, active: Sequence[Intervention]) -> Day:
    for intervention in active:
        day = intervention.change(day)
    return day


def _block(days: Sequence[Day], half: int, active: Sequence[Intervention]) -> Lanes:
    """Return the inputs of one half day, given the day itself and the two before (for what runs on past midnight)."""
    table = np.zeros((8, POINTS))
    today = days[-1]
    first = half * POINTS
    cells = np.arange(first, first + POINTS)
    for ago, day in zip((2, 1, 0), days, strict=True):
        shift = 2 * POINTS * ago
        for span in day.sleeps:
            table[OP, (cells + shift >= _cell(span.start_h)) & (cells + shift < _cell(span.end_h))] = 1.0
        for hour, share in zip(day.meals_h, day.meal_shares(), strict=True):
            begin = _cell(hour) - shift
            eating = (cells >= begin) & (cells < begin + MEAL_CELLS)
            table[MEAL, eating] += share / (MEAL_CELLS / 10)
            table[FIB, eating] += day.fibre_g_d * share / (MEAL_CELLS / 10)
            table[HISD, eating] += day.histamine * 24.0 * share / (MEAL_CELLS / 10)
        begin = _cell(day.meals_h[0]) - shift
        table[DOSEX, (cells >= begin) & (cells < begin + MEAL_CELLS)] += _live_dose(active) / (MEAL_CELLS / 10)
    light = np.array([today.light.at(c / 10) for c in cells])
    table[LENV] = np.where(table[OP] > 0.5, 0.0, light)
    table[STRESS] = today.stress
    table[DOSEK] = sum(i.dose for i in active if i.kind is Kind.HEAT_KILLED)
    return table


def _live_dose(active: Sequence[Intervention]) -> float:
    """Return what arrives per day: a unit dose of ``24 kX`` keeps the mean of NX at 1."""
    live = [i for i in active if i.kind is Kind.LIVE_STRAIN]
    return sum(i.dose * 24.0 * (i.strain.loss_per_h if i.strain else RESIDENCE_PER_H) for i in live)


def _cell(hour: float) -> int:
    return round(hour * 10)
