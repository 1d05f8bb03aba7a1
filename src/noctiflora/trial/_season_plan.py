"""The plan of one season as fixed before its start: everything but the order."""

import datetime as dt
import hashlib
import json
import math
from dataclasses import dataclass

from noctiflora.core import DesignError, Instrument, Normal, Outcome, RangeError
from noctiflora.trial._schedule import Arm, Period, Schedule
from noctiflora.trial._series import MAX_NIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A secondary outcome, fixed before the start, with level and SD of its run-in in its own unit."""

    outcome: Outcome
    instrument: Instrument
    run_in_mean: float
    run_in_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonPlan:
    """One personal trial, public part; nothing in it depends on the order that was drawn.

    Parameters
    ----------
    option_key, option_name : str
        What is tried.
    dose_value, dose_unit : float, str
        Full daily dose with its unit, for example 1e10 and ``CFU/day``; value > 0.
    outcome, instrument : Outcome, Instrument
        The primary outcome, and by what it is measured.
    useful : float
        The amount called worth it, in the outcome's unit, > 0.
    expected : tuple of Normal
        The evidence prior of the effect, informative part, as it stood at the start.
    threshold : float
        The chance of benefit that "helps" needs.
    safety_limit : float
        Fall of a week's mean below the run-in, in standard errors, from which the safety rule fires.
    first_night : date
        Date of night 1, the first of the trial proper (local date of waking up).
    run_in_nights : int
        Nights right before it that set level and noise.
    run_in_mean, run_in_sd : float
        What they showed, in the outcome's unit.
    pairs, on_nights, off_nights : int
        Pairs of periods; nights of each with product, and without. Where the two differ, their lengths
        would tell which is which: so bottles are filled for as many nights as divide both, and the person
        sees bottles of one length.
    looks : tuple of int
        Night numbers of the planned looks, each the end of a pair, the last night left out.
    codes : tuple of str
        One random code a bottle.
    blinded : bool
        Whether the order is sealed from the person.
    secondaries : tuple of Measured
        Further outcomes; none of them decides.
    run_in_left_out : int
        Nights right before the start that count for nothing, because of an earlier trial.

    Raises
    ------
    DesignError
        If the periods or looks are not possible.
    """

    option_key: str
    option_name: str
    dose_value: float
    dose_unit: str
    outcome: Outcome
    instrument: Instrument
    useful: float
    expected: tuple[Normal, ...]
    threshold: float
    safety_limit: float
    first_night: dt.date
    run_in_nights: int
    run_in_mean: float
    run_in_sd: float
    pairs: int
    on_nights: int
    off_nights: int
    looks: tuple[int, ...]
    codes: tuple[str, ...]
    blinded: bool
    secondaries: tuple[Measured, ...] = ()
    run_in_left_out: int = 0

    def __post_init__(self) -> None:
        check_periods(self.pairs, self.on_nights, self.off_nights, self.looks)
        named = [self.outcome, *(one.outcome for one in self.secondaries)]
        if len(set(named)) != len(named):
            raise DesignError(
                "each outcome is measured once, and the primary is no secondary", where="SeasonPlan, secondaries"
            )
        if len(self.codes) != self.n_bottles or len(set(self.codes)) != len(self.codes):
            raise DesignError("each bottle needs a code of its own", where="SeasonPlan, codes")

    @property
    def bottle_nights(self) -> int:
        """Nights that one bottle lasts."""
        return math.gcd(self.on_nights, self.off_nights)

    @property
    def n_bottles(self) -> int:
        """Bottles in all."""
        return self.n_nights // self.bottle_nights

    @property
    def n_nights(self) -> int:
        """Nights of the trial proper."""
        return self.pairs * (self.on_nights + self.off_nights)

    @property
    def last_night(self) -> dt.date:
        """Date of the last night."""
        return self.date_of(self.n_nights)

    def date_of(self, night: int) -> dt.date:
        """Return the date of a night; night 1 is the first, nights of the run-in are 0 and below."""
        return self.first_night + dt.timedelta(days=night - 1)

    def night_of(self, date: dt.date) -> int:
        """Return the number of the night of a date.

        Raises
        ------
        RangeError
            If the date lies outside the trial.
        """
        night = (date - self.first_night).days + 1
        if not 1 <= night <= self.n_nights:
            raise RangeError(
                f"this night is not in the trial, which runs from {self.first_night} to {self.last_night}",
                where="night",
                found=str(date),
                do="check the date; a night bears the date on which you woke up",
            )
        return night

    def bottle_of(self, night: int) -> int:
        """Return the place, from 0, of the bottle of a night from 1 to `n_nights`."""
        return (night - 1) // self.bottle_nights

    @property
    def ends(self) -> tuple[int, ...]:
        """Last night of each bottle."""
        return tuple(self.bottle_nights * (i + 1) for i in range(self.n_bottles))

    def schedule(self, arms: tuple[Arm, ...]) -> Schedule:
        """Return the schedule for the arms of the bottles, the run-in included."""
        return schedule_of(arms, self.bottle_nights, run_in_nights=self.run_in_nights)

    def fingerprint(self) -> bytes:
        """Return the SHA-256 of the plan: any change after the start changes it."""
        return hashlib.sha256(json.dumps(plan_document(self), sort_keys=True).encode("ascii")).digest()


def check_periods(pairs: int, on_nights: int, off_nights: int, looks: tuple[int, ...]) -> None:
    """Refuse periods or looks that are not possible.

    Raises
    ------
    DesignError
        If so.
    """
    if min(pairs, on_nights, off_nights) < 1:
        raise DesignError("a trial needs pairs of periods of one night or more", where="periods")
    pair = on_nights + off_nights
    if pairs * pair > MAX_NIGHTS:
        raise DesignError(f"a trial is at most {MAX_NIGHTS} nights long", where="periods", do="shorten it")
    possible = [pair * (i + 1) for i in range(pairs - 1)]
    if list(looks) != sorted({*looks} & {*possible}):
        raise DesignError(
            "a look stands at the end of a pair of periods, before the last",
            where="looks",
            found=", ".join(map(str, looks)),
            do=f"choose from {', '.join(map(str, possible)) or 'none'}",
        )


def schedule_of(arms: tuple[Arm, ...], bottle_nights: int, *, run_in_nights: int = 0) -> Schedule:
    """Return periods of equal length on these arms.

    Examples
    --------
    >>> schedule_of((Arm.COMPARATOR, Arm.PRODUCT), 2).dose.tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    periods = [Period(arm=Arm.RUN_IN, first=1, nights=run_in_nights)] if run_in_nights else []
    for i, arm in enumerate(arms):
        periods.append(Period(arm=arm, first=run_in_nights + 1 + i * bottle_nights, nights=bottle_nights))
    return Schedule(periods=tuple(periods))


def plan_document(plan: SeasonPlan) -> dict[str, object]:
    """Return the plan as JSON values; what a plan of old did not have stands in it only where it is used."""
    return {
        "option_key": plan.option_key,
        "option_name": plan.option_name,
        "dose_value": plan.dose_value,
        "dose_unit": plan.dose_unit,
        "outcome": plan.outcome.value,
        "instrument": plan.instrument.value,
        "useful": plan.useful,
        "expected": [[part.weight, part.mean, part.sd] for part in plan.expected],
        "threshold": plan.threshold,
        "safety_limit": plan.safety_limit,
        "first_night": plan.first_night.isoformat(),
        "run_in_nights": plan.run_in_nights,
        "run_in_mean": plan.run_in_mean,
        "run_in_sd": plan.run_in_sd,
        "pairs": plan.pairs,
        "on_nights": plan.on_nights,
        "off_nights": plan.off_nights,
        "looks": list(plan.looks),
        "codes": list(plan.codes),
        "blinded": plan.blinded,
        **_used(plan),
    }


def _used(plan: SeasonPlan) -> dict[str, object]:
    more: dict[str, object] = {}
    if plan.secondaries:
        more["secondaries"] = [
            [one.outcome.value, one.instrument.value, one.run_in_mean, one.run_in_sd] for one in plan.secondaries
        ]
    if plan.run_in_left_out:
        more["run_in_left_out"] = plan.run_in_left_out
    return more
