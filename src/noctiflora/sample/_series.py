"""What the person of a trial wrote down: the nightly series, the check-ins and the doses."""

import csv
import io

from noctiflora.core import Outcome
from noctiflora.intake import CheckIn
from noctiflora.sample._course import SATURDAY
from noctiflora.sample._records import DiaryEntry, Person
from noctiflora.trial import Dose

PRODUCT = "sample product"


def series(person: Person, outcome: Outcome | str = Outcome.EFFICIENCY) -> str:
    """Return the nightly series for ``noctiflora trial analyse``: night, y, dose, weekend.

    The first nights are the run-in with dose 0. A night without a diary entry has a blank `y`;
    a dose that was not written down is told as it was planned.

    Parameters
    ----------
    person : Person
        Whose diary is told.
    outcome : Outcome or str
        What stands in the column `y`, in its own unit.

    Examples
    --------
    >>> import datetime as dt
    >>> from noctiflora.sample import person, series
    >>> series(person(1, start=dt.date(2024, 10, 7), n_nights=3)).splitlines()[0]
    'night,y,dose,weekend'
    """
    wanted = Outcome(outcome)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["night", "y", "dose", "weekend"])
    for k, night in enumerate(person.nights, start=1):
        y = "" if night.diary is None else f"{measured(night.diary, wanted):.4f}"
        dose = night.dose_taken if night.dose_logged else night.dose_assigned
        writer.writerow([k, y, f"{dose:g}", int(night.date.weekday() >= SATURDAY)])
    return out.getvalue()


def measured(entry: DiaryEntry, outcome: Outcome) -> float:
    """Return the value of one nightly outcome in a diary entry, in the outcome's unit."""
    match outcome:
        case Outcome.EFFICIENCY:
            return entry.efficiency
        case Outcome.LATENCY:
            return float(entry.latency_min)
        case Outcome.WASO:
            return float(entry.awake_min)
        case Outcome.TOTAL_SLEEP:
            return entry.tst_min
        case Outcome.RATING:
            return float(entry.quality)


def doses(person: Person, *, product: str = PRODUCT, sealed: bool = False) -> tuple[Dose, ...]:
    """Return the dose log of the trial's nights.

    Parameters
    ----------
    person : Person
        Whose log it is.
    product : str
        Name or bottle code to write.
    sealed : bool
        Leave out what was planned, as long as the order is sealed.
    """
    begin = person.course.run_in_nights
    length = len(person.course.active) * person.course.period_nights
    return tuple(
        Dose(
            night=night.date,
            product=product,
            taken=night.dose_taken if night.dose_logged else None,
            assigned=None if sealed else night.dose_assigned,
        )
        for night in person.nights[begin : begin + length]
    )


def check_ins(person: Person) -> tuple[CheckIn, ...]:
    """Return the morning entries: the rating of sleep quality, 0 to 10."""
    return tuple(
        CheckIn(date=night.date, item="quality", value=float(night.diary.quality))
        for night in person.nights
        if night.diary is not None
    )
