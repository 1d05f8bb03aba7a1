"""One row of the raster: what is drawn of one night, in hours of a common window."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Hours of the clock that a raster draws, from the eve of each night."""

    start_h: float
    length_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of time in hours since the window opened."""

    start_h: float
    end_h: float

    def moved(self, by_h: float) -> "Stretch":
        """Return the stretch moved by hours.

        Examples
        --------
        >>> Stretch(start_h=1, end_h=2).moved(-1)
        Stretch(start_h=0, end_h=1)
        """
        return Stretch(start_h=self.start_h + by_h, end_h=self.end_h + by_h)

    def within(self, length_h: float) -> "Stretch | None":
        """Return the part within 0 and `length_h`, or None where there is none.

        Examples
        --------
        >>> Stretch(start_h=-1, end_h=2).within(14)
        Stretch(start_h=0.0, end_h=2)
        """
        start, end = max(self.start_h, 0.0), min(self.end_h, length_h)
        return Stretch(start_h=start, end_h=end) if end > start else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterRow:
    """One night of the raster.

    Parameters
    ----------
    date : date
        Local date of waking up.
    recorded : bool
        Whether there is a night at all.
    asleep, in_bed, unknown : tuple of Stretch
        What the record says; in bed means awake there.
    outline : Stretch or None
        First to last sleep, where wakings are not recorded.
    times_unknown : bool
        Whether the night is known only by its sums.
    """

    date: dt.date
    recorded: bool
    asleep: tuple[Stretch, ...] = ()
    in_bed: tuple[Stretch, ...] = ()
    unknown: tuple[Stretch, ...] = ()
    outline: Stretch | None = None
    times_unknown: bool = False
