"""A trial as it lies in the store: the plan that was fixed, and the order once it is open."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from noctiflora.core import FormatError, Instrument, Outcome
from noctiflora.trial import Arm, Period, Schedule

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPlan:
    """One trial that is over and whose order is open.

    Parameters
    ----------
    option_key, option_name : str
        What was tried.
    outcome, instrument : Outcome, Instrument
        What was measured each night, and by what.
    useful : float
        The amount called worth it, in the outcome's unit.
    threshold : float
        The chance of benefit that "helps" needs, fixed before the start.
    first_night : date
        Date of night 1 (local date of waking up).
    schedule : Schedule
        The order, run-in included.
    blinded, randomised : bool
        How it was done.
    """

    option_key: str
    option_name: str
    outcome: Outcome
    instrument: Instrument
    useful: float
    threshold: float
    first_night: dt.date
    schedule: Schedule
    blinded: bool
    randomised: bool

    def date_of(self, night: int) -> dt.date:
        """Return the date of a night counted from 1."""
        return self.first_night + dt.timedelta(days=night - 1)


def to_document(plan: TrialPlan) -> dict[str, object]:
    """Return the plan as JSON values."""
    return {
        "schema": SCHEMA,
        "option_key": plan.option_key,
        "option_name": plan.option_name,
        "outcome": plan.outcome.value,
        "instrument": plan.instrument.value,
        "useful": plan.useful,
        "threshold": plan.threshold,
        "first_night": plan.first_night.isoformat(),
        "periods": [{"arm": p.arm.value, "nights": p.nights} for p in plan.schedule.periods],
        "blinded": plan.blinded,
        "randomised": plan.randomised,
    }


def from_document(body: Mapping[str, object], *, where: str) -> TrialPlan:
    """Read a plan back.

    Raises
    ------
    FormatError
        If the document is of another schema or a part is missing.
    """
    if body.get("schema") != SCHEMA:
        raise FormatError(
            "this trial was saved by another version",
            where=where,
            found=str(body.get("schema")),
            do="update Noctiflora",
        )
    try:
        return TrialPlan(
            option_key=str(body["option_key"]),
            option_name=str(body["option_name"]),
            outcome=Outcome(str(body["outcome"])),
            instrument=Instrument(str(body["instrument"])),
            useful=float(str(body["useful"])),
            threshold=float(str(body["threshold"])),
            first_night=dt.date.fromisoformat(str(body["first_night"])),
            schedule=_schedule(body["periods"]),
            blinded=body["blinded"] is True,
            randomised=body["randomised"] is True,
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise FormatError("this trial cannot be read", where=where, found=str(problem), do="restore a backup") from None


def _schedule(periods: object) -> Schedule:
    if not isinstance(periods, list):
        raise TypeError("periods is not a list")
    made: list[Period] = []
    first = 1
    for part in periods:
        made.append(Period(arm=Arm(part["arm"]), first=first, nights=int(part["nights"])))
        first += made[-1].nights
    return Schedule(periods=tuple(made))
