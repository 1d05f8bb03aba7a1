"""A linear scale from values to drawing units, with round ticks."""

import math
from dataclasses import dataclass

from noctiflora.core import RangeError

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A scale: `low` is drawn at `start`, `high` at `end`.

    Parameters
    ----------
    low, high : float
        Values at the two ends, low < high.
    start, end : float
        Drawing units.
    ticks : tuple of float
        Round values within the range.
    step : float
        Distance of the ticks.
    """

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]
    step: float

    def at(self, value: float) -> float:
        """Return where `value` is drawn; values beyond the ends are drawn at the ends."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    @property
    def digits(self) -> int:
        """Decimals that the ticks need."""
        return next(d for d in range(12) if math.isclose(self.step * 10**d, round(self.step * 10**d), abs_tol=1e-9))


def axis(low: float, high: float, *, start: float, end: float, ticks: int = 6, whole: bool = True) -> Axis:
    """Return an axis over a range, with about `ticks` round ticks.

    Parameters
    ----------
    low, high : float
        Range to cover; a range of no width is widened by 1.
    start, end : float
        Drawing units of the two ends.
    ticks : int
        About how many ticks, 2 or more.
    whole : bool
        Whether to widen the range to ticks.

    Raises
    ------
    RangeError
        If the range is not finite.

    Examples
    --------
    >>> axis(-2.3, 5.2, start=0, end=100, ticks=5).ticks
    (-4.0, -2.0, 0.0, 2.0, 4.0, 6.0)
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        raise RangeError("an axis needs a finite range", where="axis", found=f"{low} to {high}")
    if high <= low:
        low, high = low - 0.5, low + 0.5
    step = _round_step((high - low) / max(ticks, 2))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if whole:
        low, high = first * step, last * step
    marks = tuple(k * step + 0.0 for k in range(first, last + 1) if low - 1e-9 <= k * step <= high + 1e-9)
    return Axis(low=low, high=high, start=start, end=end, ticks=marks, step=step)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in _STEPS if step * size >= rough * (1 - 1e-9))
