"""What is changed in a what-if: a kind, a dose and the days from which it holds."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from noctiflora.axis._light import BRIGHTEST
from noctiflora.axis._schedule import MOST_FIBRE_G, Day, Span, night_span
from noctiflora.axis._strain import Strain
from noctiflora.core import FormatError, RangeError


class Kind(StrEnum):
    """Kinds of intervention, with the unit of their dose."""

    LIVE_STRAIN = "live-strain"
    HEAT_KILLED = "heat-killed"
    PHGG = "phgg"
    RESISTANT_STARCH = "resistant-starch"
    MEALS_LATER = "meals-later"
    DINNER = "dinner"
    EVENING_LIGHT = "evening-light"
    STRESS = "stress"
    BEDTIME = "bedtime"


UNITS = {
    Kind.LIVE_STRAIN: "daily unit doses",
    Kind.HEAT_KILLED: "share of the full dose",
    Kind.PHGG: "g per day",
    Kind.RESISTANT_STARCH: "g per day",
    Kind.MEALS_LATER: "h",
    Kind.DINNER: "clock hour",
    Kind.EVENING_LIGHT: "effective lux",
    Kind.STRESS: "0 to 1",
    Kind.BEDTIME: "clock hour",
}
_RANGE = {
    Kind.LIVE_STRAIN: (0.0, 10.0),
    Kind.HEAT_KILLED: (0.0, 1.0),
    Kind.PHGG: (0.0, MOST_FIBRE_G),
    Kind.RESISTANT_STARCH: (0.0, MOST_FIBRE_G),
    Kind.MEALS_LATER: (-6.0, 6.0),
    Kind.DINNER: (12.0, 26.0),
    Kind.EVENING_LIGHT: (0.0, BRIGHTEST),
    Kind.STRESS: (0.0, 1.0),
    Kind.BEDTIME: (0.0, 24.0),
}
LATEST_DAY = 366.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """One change over a stretch of days.

    Parameters
    ----------
    kind : Kind
        What is changed.
    dose : float
        How much, in the unit of `UNITS`.
    start_day, end_day : float
        From midnight of `start_day` to midnight of `end_day`, counted from the end of the
        burn-in; half days begin at noon.
    strain : Strain or None
        The preparation of a live-strain or heat-killed course.

    Raises
    ------
    RangeError
        If the dose is negative or out of range, or the days are not in order.
    """

    kind: Kind
    dose: float
    start_day: float = 0.0
    end_day: float = LATEST_DAY
    strain: Strain | None = None

    def __post_init__(self) -> None:
        low, high = _RANGE[self.kind]
        if not (math.isfinite(self.dose) and low <= self.dose <= high):
            raise RangeError(
                f"the dose must be {low:g} to {high:g} {UNITS[self.kind]}",
                where=f"intervention {self.kind}",
                found=str(self.dose),
                do="correct it",
            )
        for day in (self.start_day, self.end_day):
            if not math.isfinite(day) or abs(2 * day - round(2 * day)) > 1e-9 or not 0 <= day <= LATEST_DAY:
                raise RangeError(
                    "days are 0 to 366 in halves", where=f"intervention {self.kind}", found=str(day), do="round it"
                )
        if self.end_day <= self.start_day:
            raise RangeError(
                "the last day must come after the first",
                where=f"intervention {self.kind}",
                found=f"{self.start_day:g} to {self.end_day:g}",
            )

    def change(self, day: Day) -> Day:
        """Return a day as it is under this intervention (preparations change the doses, not the day)."""
        if self.kind in (Kind.PHGG, Kind.RESISTANT_STARCH):
            return replace(day, fibre_g_d=day.fibre_g_d + self.dose)
        if self.kind is Kind.MEALS_LATER:
            return replace(day, meals_h=tuple(round(h + self.dose, 1) for h in day.meals_h))
        if self.kind is Kind.DINNER:
            return replace(day, meals_h=(*day.meals_h[:-1], self.dose))
        if self.kind is Kind.EVENING_LIGHT:
            return replace(day, light=replace(day.light, evening_lux=self.dose))
        if self.kind is Kind.STRESS:
            return replace(day, stress=self.dose)
        if self.kind is Kind.BEDTIME:
            return replace(day, sleeps=tuple(_bed_at(self.dose, s) for s in day.sleeps))
        return day


def _bed_at(hour: float, span: Span) -> Span:
    return night_span(hour, span.end_h % 24.0)


def parse_intervention(text: str, *, strain: Strain | None = None) -> Intervention:
    """Read ``KIND:DOSE:START:END`` (days); start and end may be left out.

    Raises
    ------
    FormatError
        If the text is not of this form or the kind is unknown.
    RangeError
        If a value is out of range.

    Examples
    --------
    >>> parse_intervention("phgg:5:0:56").dose
    5.0
    """
    parts = text.split(":")
    shape = f"write KIND:DOSE:START:END with a kind of {', '.join(Kind)}"
    if not 2 <= len(parts) <= 4:
        raise FormatError("this is not an intervention", where="intervention", found=text, do=shape)
    try:
        kind = Kind(parts[0].strip().lower())
        numbers = [float(p) for p in parts[1:]]
    except ValueError:
        raise FormatError("this is not an intervention", where="intervention", found=text, do=shape) from None
    start, end = (numbers[1:2] or [0.0])[0], (numbers[2:3] or [LATEST_DAY])[0]
    if kind in (Kind.LIVE_STRAIN, Kind.HEAT_KILLED) and strain is None:
        strain = Strain(live=kind is Kind.LIVE_STRAIN)
    return Intervention(kind=kind, dose=numbers[0], start_day=start, end_day=end, strain=strain)
