"""What a placebo arm does by itself: a shared improvement that is not in the physiology."""

import math
from dataclasses import dataclass

import numpy as np

from noctiflora.axis._lanes import Lanes
from noctiflora.core import RangeError, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """An additive change of the score, the same in every arm.

    Parameters
    ----------
    change : float
        PSQI points at full strength; negative is improvement. From data, with its source.
    time_days : float
        Time constant of its onset, days.
    source : Source
        Where the change was read.

    Raises
    ------
    RangeError
        If the change is beyond 21 points or the time constant is not positive.
    """

    change: float
    time_days: float
    source: Source

    def __post_init__(self) -> None:
        if not (math.isfinite(self.change) and abs(self.change) <= 21):
            raise RangeError("a placebo change is at most 21 points", where="Placebo.change", found=str(self.change))
        if not (math.isfinite(self.time_days) and self.time_days > 0):
            raise RangeError("a time constant is positive", where="Placebo.time_days", found=str(self.time_days))

    def at(self, day: Lanes) -> Lanes:
        """Return the change on each day of treatment.

        Examples
        --------
        >>> import numpy as np
        >>> term = Placebo(change=-2.0, time_days=14.0, source=Source(ref="assumed", note="example"))
        >>> float(term.at(np.array([0.0]))[0])
        -0.0
        """
        return np.asarray(self.change * (1.0 - np.exp(-np.asarray(day) / self.time_days)), dtype=np.float64)
