"""Populations: how people differ, and their draws by counter-based random numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from noctiflora.axis._cases import Case
from noctiflora.axis._intervention import Intervention
from noctiflora.axis._person import Person, parameter
from noctiflora.axis._schedule import Day, Schedule, Span
from noctiflora.core import RangeError

MOST_PEOPLE = 1_000_000
IN_BED_H = 8.0


class Shape(StrEnum):
    """Form of a distribution."""

    NORMAL = "normal"
    LOG_NORMAL = "log-normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """How one parameter varies between people, held within a range.

    Parameters
    ----------
    middle : float
        Mean of a normal, median of a log-normal.
    spread : float
        SD of a normal, coefficient of variation of a log-normal.
    low, high : float
        Values beyond are set to the bound.
    """

    shape: Shape
    middle: float
    spread: float
    low: float
    high: float

    def value(self, z: float) -> float:
        """Return the value at standard normal deviate `z`."""
        if self.shape is Shape.NORMAL:
            drawn = self.middle + self.spread * z
        else:
            drawn = self.middle * float(np.exp(np.sqrt(np.log1p(self.spread**2)) * z))
        return min(max(drawn, self.low), self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """How the people of a cohort differ; all spreads are assumed.

    Parameters
    ----------
    name : str
        For reports.
    draws : mapping of str to Draw
        Model parameters; the order fixes which random number belongs to which.
    stress, bed_h : Draw
        Stress, 0 to 1, and lights out (clock hour, may pass 24); rising is 8 h later.
    """

    name: str
    draws: Mapping[str, Draw]
    stress: Draw
    bed_h: Draw


def _normal(middle: float, spread: float, low: float, high: float) -> Draw:
    return Draw(shape=Shape.NORMAL, middle=middle, spread=spread, low=low, high=high)


def _log_normal(middle: float, spread: float, low: float, high: float) -> Draw:
    return Draw(shape=Shape.LOG_NORMAL, middle=middle, spread=spread, low=low, high=high)


_BED = _normal(23.2, 0.5, 20.0, 27.0)
COMPLAINT = Population(
    name="complaint",
    draws=MappingProxyType(
        {
            "A0": _normal(0.45, 0.25, 0.0, 1.5),
            "DAO": _normal(1.0, 0.2, 0.4, 1.6),
            "tau": _normal(23.84, 0.12, 23.3, 24.4),
        }
    ),
    stress=_normal(0.25, 0.15, 0.0, 1.0),
    bed_h=_BED,
)
"""People with a sleep complaint, the cohort on which potencies are calibrated."""
GENERAL = Population(
    name="general",
    draws=MappingProxyType(
        {
            "A0": _normal(0.0, 0.2, -0.5, 1.5),
            "DAO": _log_normal(1.0, 0.2, 0.3, 1.6),
            "tau": _normal(23.84, 0.16, 23.3, 24.4),
            "aM": _log_normal(360.0, 0.5, 60.0, 900.0),
            "kX": _log_normal(0.05, 0.3, 0.01, 0.1),
            "gas": _log_normal(0.5, 0.4, 0.0, 2.0),
            "GL": _log_normal(33.75, 0.2, 15.0, 60.0),
        }
    ),
    stress=_normal(0.1, 0.1, 0.0, 1.0),
    bed_h=_BED,
)
"""People at large."""
POPULATIONS = MappingProxyType({p.name: p for p in (COMPLAINT, GENERAL)})


TIMING = MappingProxyType(
    {
        "tA": _log_normal(240.0, 0.3, 96.0, 480.0),
        "aP": _log_normal(0.00144, 0.3, 0.001, 0.003),
        "aA": _log_normal(0.00096, 0.3, 0.0007, 0.004),
        "tAd": _log_normal(240.0, 0.3, 120.0, 480.0),
    }
)
"""The constants that set the timing over weeks: arousal, the two glands, adaptation to fibre; spreads assumed."""


def with_timing(population: Population) -> Population:
    """Return a population in which the constants of timing differ too; the rest is drawn as before.

    Examples
    --------
    >>> a, b = (draw_person(p, seed=0, index=3) for p in (COMPLAINT, with_timing(COMPLAINT)))
    >>> a.values["A0"] == b.values["A0"], "tA" in b.values
    (True, True)
    """
    return replace(population, draws=MappingProxyType({**population.draws, **TIMING}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One person drawn from a population; without a stress of their own the schedule's holds."""

    values: Mapping[str, float]
    stress: float | None
    schedule: Schedule

    def case(self, interventions: tuple[Intervention, ...] = ()) -> Case:
        """Return the person's run under interventions."""
        stress = None if self.stress is None else round(self.stress, 4)
        return Case(values=self.values, schedule=self.schedule, interventions=interventions, stress=stress)


def draw_person(population: Population, *, seed: int, index: int) -> Drawn:
    """Return person `index` of a seeded population; the same whoever else is drawn.

    Parameters
    ----------
    population : Population
        How people differ.
    seed, index : int
        Key of the counter-based generator.

    Returns
    -------
    Drawn

    Raises
    ------
    RangeError
        If seed or index are negative or too large.

    Examples
    --------
    >>> draw_person(GENERAL, seed=1, index=7) == draw_person(GENERAL, seed=1, index=7)
    True
    """
    if not (0 <= seed < 2**63 and 0 <= index < MOST_PEOPLE):
        raise RangeError("seed and person count from 0", where="draw", found=f"{seed}, {index}", do="use whole numbers")
    z = np.random.Generator(np.random.Philox(key=[seed, index])).standard_normal(len(population.draws) + 2)
    values = {name: draw.value(float(z[i + 2])) for i, (name, draw) in enumerate(population.draws.items())}
    bed = round(population.bed_h.value(float(z[1])), 1)
    day = Day(sleeps=(Span(start_h=bed, end_h=round(bed + IN_BED_H, 1)),))
    return Drawn(
        values=MappingProxyType(values), stress=population.stress.value(float(z[0])), schedule=Schedule(days=(day,))
    )


def draw_around(
    person: Person, schedule: Schedule, *, seed: int, index: int, population: Population = GENERAL
) -> Drawn:
    """Return somebody like one person: the same days, traits and timing spread around that person's own.

    Parameters
    ----------
    person, schedule
        Whose neighbour.
    seed, index : int
        Key of the counter-based generator.
    population : Population
        Whose spreads are used.

    Returns
    -------
    Drawn

    Examples
    --------
    >>> draw_around(Person(values={"A0": 0.45}), Schedule(), seed=0, index=0).schedule == Schedule()
    True
    """
    spread = with_timing(population)
    drawn = draw_person(spread, seed=seed, index=index).values
    values = dict(person.values)
    for name, draw in spread.draws.items():
        known = parameter(name)
        own = person.values.get(name, known.value)
        moved = own + drawn[name] - draw.middle if draw.shape is Shape.NORMAL else own * drawn[name] / draw.middle
        low, high = min(known.low, own), max(known.high, own)
        values[name] = min(max(moved, low), high)
    return Drawn(values=MappingProxyType(values), stress=None, schedule=schedule)
