"""What the model needs to know of one person, from that person's nights."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from noctiflora.actions._keep_trial import running_trial
from noctiflora.actions._list_nights import list_nights
from noctiflora.axis import EVENING_LUX, Day, Evening, Light, OwnNights, Schedule, night_span
from noctiflora.core import RangeError
from noctiflora.sleep import Night, clock_mean
from noctiflora.store import Store

DAYS = 28
"""Nights of the last four weeks describe a person."""
EARLIEST_RISE_H, LATEST_RISE_H = 3.0, 12.0
_BREAKFAST_AFTER_H, _LUNCH_AFTER_H = 1.0, 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPerson:
    """One person's hours and nights; equal persons share one fit.

    Parameters
    ----------
    bed_h, rise_h : float
        Lights out and getting up, clock hours 0 to 24.
    dinner_h : float
        Clock hour, 12 to 24.
    evening_lux : float
        Effective lux of the usual evening; `EVENING_LUX` has dim, typical, bright.
    stress : float or None
        0 to 1; None where not told.
    tst_min, sol_min, waso_min : float or None
        Medians of the person's nights, minutes; None where not measured. As in the model, lying awake
        before getting up belongs to `waso_min`.
    n_nights : int
        Nights behind them; 0 for nobody's.

    Raises
    ------
    RangeError
        If the night does not end between 3 and 12 o'clock, or a number is out of range.

    Examples
    --------
    >>> WhatIfPerson(bed_h=23.32, rise_h=6.9).schedule().days[0].sleeps[0].start_h
    23.3
    """

    bed_h: float = 23.0
    rise_h: float = 7.0
    dinner_h: float = 19.0
    evening_lux: float = EVENING_LUX[Evening.TYPICAL]
    stress: float | None = None
    tst_min: float | None = None
    sol_min: float | None = None
    waso_min: float | None = None
    n_nights: int = 0

    def __post_init__(self) -> None:
        if not EARLIEST_RISE_H <= self.rise_h <= LATEST_RISE_H:
            raise RangeError(
                "the sliders are for nights that end between 3 and 12 o'clock",
                where="WhatIfPerson.rise_h",
                found=f"{self.rise_h:g}",
                do="use axis simulate with a preset such as night-work",
            )
        self.schedule()
        self.own()

    def schedule(self) -> Schedule:
        """Return the days that the person lives, in the model's steps of six minutes."""
        rise = round(self.rise_h, 1)
        breakfast = round(rise + _BREAKFAST_AFTER_H, 1)
        meals = (breakfast, round(rise + _LUNCH_AFTER_H, 1), round(self.dinner_h, 1))
        night = night_span(round(self.bed_h, 1) % 24.0, rise)
        light = Light(evening_lux=self.evening_lux)
        stress = 0.0 if self.stress is None else self.stress
        return Schedule(days=(Day(sleeps=(night,), meals_h=meals, light=light, stress=stress),))

    def own(self) -> OwnNights:
        """Return what the person's nights were, as far as it is known."""
        return OwnNights(tst_min=self.tst_min, sol_min=self.sol_min, waso_min=self.waso_min)


def what_if_person(
    store: Store, *, today: dt.date, dinner_h: float = 19.0, evening_lux: float = EVENING_LUX[Evening.TYPICAL]
) -> WhatIfPerson:
    """Return the person of a store by the last four weeks of nights.

    Nights of a trial that is under way are left out, so that nothing of a sealed trial can show.

    Parameters
    ----------
    store : Store
        Whose nights.
    today : date
        Nights up to this one count.
    dinner_h, evening_lux : float
        Not in the nights; told by the person.

    Returns
    -------
    WhatIfPerson
        The reference hours where there are no nights with known hours in bed.

    Raises
    ------
    RangeError
        If the nights end outside 3 to 12 o'clock.
    """
    running = running_trial(store)
    last = today if running is None else min(today, running.record.plan.first_night - dt.timedelta(days=1))
    nights = [n for n in list_nights(store).nights if not n.nap and n.date <= last]
    latest = max((n.date for n in nights), default=last)
    used = [n for n in nights if n.date > latest - dt.timedelta(days=DAYS)]
    hours = [h for n in used if (h := _in_bed(n)) is not None]
    beds, rises = clock_mean([b for b, _ in hours]), clock_mean([r for _, r in hours])
    if beds is None or rises is None:
        return WhatIfPerson(dinner_h=dinner_h, evening_lux=evening_lux)
    return WhatIfPerson(
        bed_h=round(beds.mean_h, 1) % 24.0,
        rise_h=round(rises.mean_h, 1) % 24.0,
        dinner_h=dinner_h,
        evening_lux=evening_lux,
        tst_min=_median(n.tst_min for n in used),
        sol_min=_median(n.sol_min for n in used),
        waso_min=_median(None if n.waso_min is None else n.waso_min + (n.terminal_wake_min or 0.0) for n in used),
        n_nights=len(used),
    )


def _median(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(median(known), 1) if known else None


def _in_bed(night: Night) -> tuple[float, float] | None:
    """Return lights out and getting up as clock hours; without hours in bed, onset and offset."""
    if night.onset is None or night.offset is None:
        return None
    onset = night.onset - dt.timedelta(minutes=night.sol_min or 0.0)
    offset = night.offset + dt.timedelta(minutes=night.terminal_wake_min or 0.0)
    zones = (night.onset_zone_offset_min or 0, night.offset_zone_offset_min or 0)
    return _clock(onset, zones[0]), _clock(offset, zones[1])


def _clock(instant: dt.datetime, offset_min: int) -> float:
    local = instant.astimezone(dt.timezone(dt.timedelta(minutes=offset_min)))
    return local.hour + local.minute / 60.0
