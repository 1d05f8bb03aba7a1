"""The order of periods with product and without, drawn by chance inside pairs."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from noctiflora.core import DesignError
from noctiflora.trial._arrays import Floats
from noctiflora.trial._series import MAX_NIGHTS


class Arm(StrEnum):
    """What a period is for."""

    RUN_IN = "run-in"
    PRODUCT = "product"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One stretch of nights on one arm; `first` counts from 1."""

    arm: Arm
    first: int
    nights: int

    @property
    def last(self) -> int:
        """Number of the last night."""
        return self.first + self.nights - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Periods that follow each other from night 1 without a gap."""

    periods: tuple[Period, ...]

    @property
    def n_nights(self) -> int:
        """Nights in all, run-in included."""
        return self.periods[-1].last if self.periods else 0

    @property
    def dose(self) -> Floats:
        """Planned dose before each night, (n_nights,): 1 with product, else 0."""
        return np.concatenate([np.full(p.nights, float(p.arm is Arm.PRODUCT)) for p in self.periods])

    @property
    def looks(self) -> tuple[int, ...]:
        """Last nights of the pairs: the nights at which a look may be planned."""
        pairs = [p for p in self.periods if p.arm is not Arm.RUN_IN]
        return tuple(p.last for p in pairs[1::2])


def draw(rng: np.random.Generator, n_pairs: int, *, nights_per_period: int, run_in_nights: int = 0) -> Schedule:
    """Draw a schedule in which each pair of periods has both arms, in an order drawn by chance.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source of chance; the caller decides whether it is seeded or sealed.
    n_pairs : int
        Pairs, at least 1 (at least 2 hold off a false alarm from slow drift).
    nights_per_period : int
        Nights of each period, at least 1.
    run_in_nights : int
        Nights before the first period, without product; 0 or more.

    Raises
    ------
    DesignError
        If a count is too small or the trial longer than can be analysed.

    Examples
    --------
    >>> schedule = draw(np.random.default_rng(1), 2, nights_per_period=7)
    >>> int(schedule.dose.sum()), schedule.looks
    (14, (14, 28))
    """
    if n_pairs < 1 or nights_per_period < 1 or run_in_nights < 0:
        raise DesignError("a schedule needs at least one pair of periods of at least one night", where="draw")
    if run_in_nights + 2 * n_pairs * nights_per_period > MAX_NIGHTS:
        raise DesignError(f"a trial is at most {MAX_NIGHTS} nights long", where="draw", do="shorten it")
    periods = [Period(arm=Arm.RUN_IN, first=1, nights=run_in_nights)] if run_in_nights else []
    first = run_in_nights + 1
    for product_first in (rng.random(n_pairs) < 0.5).tolist():
        pair = (Arm.PRODUCT, Arm.COMPARATOR) if product_first else (Arm.COMPARATOR, Arm.PRODUCT)
        for arm in pair:
            periods.append(Period(arm=arm, first=first, nights=nights_per_period))
            first += nights_per_period
    return Schedule(periods=tuple(periods))
