"""Light at the eye while up, by the clock, in effective lux of the pacemaker model."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from noctiflora.core import RangeError

DAY_FROM_H, DAY_TO_H, DAWN_FROM_H = 8.0, 18.0, 6.0
BRIGHTEST = 100_000.0
"""Lux of direct sunlight, the most that is accepted."""


class Evening(StrEnum):
    """How bright the evening is at home; people know this better than lux."""

    DIM = "dim evening"
    TYPICAL = "typical evening"
    BRIGHT = "bright evening"


EVENING_LUX = {Evening.DIM: 120.0, Evening.TYPICAL: 290.0, Evening.BRIGHT: 400.0}
"""Effective lux of each preset, assumed (3 to 500). These are not meter readings: the typical evening
gives the reference phase, and a week of dim ones moves the melatonin onset 1:03 earlier, as a dim
home did against a usual one (PMC4053688)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Light while up: 08-18 h, 06-08 h, and the rest of the waking time.

    Parameters
    ----------
    day_lux, dawn_lux, evening_lux : float
        Effective lux of the pacemaker model, 0 to 100,000; in bed it is dark.
    evening_from_h : float
        Clock hour at which the evening begins, 8 to 24.

    Raises
    ------
    RangeError
        If a value is negative, too large or not a number.
    """

    day_lux: float = 300.0
    dawn_lux: float = 150.0
    evening_lux: float = EVENING_LUX[Evening.TYPICAL]
    evening_from_h: float = DAY_TO_H

    def __post_init__(self) -> None:
        if not DAY_FROM_H <= self.evening_from_h <= 24.0:
            raise RangeError("the evening begins between 8 and 24 h", where="Light", found=str(self.evening_from_h))
        for name in ("day_lux", "dawn_lux", "evening_lux"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= BRIGHTEST):
                raise RangeError(
                    "light must be 0 to 100,000 effective lux", where=f"Light.{name}", found=str(value), do="correct it"
                )

    def at(self, clock_h: float) -> float:
        """Return the light at a clock time (0 to 24 h) while up.

        Examples
        --------
        >>> Light().at(7.0), Light().at(12.0), Light().at(22.0)
        (150.0, 300.0, 290.0)
        """
        if DAY_FROM_H <= clock_h < self.evening_from_h:
            return self.day_lux
        return self.dawn_lux if DAWN_FROM_H <= clock_h < DAY_FROM_H else self.evening_lux


def evening(preset: Evening) -> Light:
    """Return the reference light with another evening.

    Examples
    --------
    >>> evening(Evening.DIM).evening_lux < evening(Evening.BRIGHT).evening_lux
    True
    """
    return replace(Light(), evening_lux=EVENING_LUX[preset])
