"""What the person of a trial wrote down: the nightly series, the check-ins and the doses."""

import csv
import datetime as dt
import io

from noctiflora.core import Outcome, zone
from noctiflora.intake import CheckIn
from noctiflora.sample._course import SATURDAY
from noctiflora.sample._records import DiaryEntry, Person, TrueNight
from noctiflora.trial import Arm, Dose, Period

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
        Name of the product.
    sealed : bool
        Give what the person can know before the order is opened: the number of the bottle,
        whether a capsule was taken, and nothing of what it held.
    """
    log = []
    for k, period in enumerate(_periods(person), start=1):
        for night in person.nights[period.first - 1 : period.last]:
            taken = float(bool(night.capsule_taken)) if sealed else night.dose_taken
            log.append(
                Dose(
                    night=night.date,
                    product=f"bottle {k}" if sealed else product,
                    taken=taken if night.dose_logged else None,
                    assigned=None if sealed else night.dose_assigned,
                )
            )
    return tuple(log)


def check_ins(person: Person) -> tuple[CheckIn, ...]:
    """Return the morning entries, in order of date; a morning without a diary entry has none."""
    return tuple(
        CheckIn(date=night.date, item=item, value=float(answer))
        for night in person.nights
        if night.diary is not None
        for item, answer in _answers(person, night, night.diary).items()
    )


def _periods(person: Person) -> tuple[Period, ...]:
    return tuple(p for p in person.course.schedule.periods if p.arm is not Arm.RUN_IN)


def _answers(person: Person, night: TrueNight, entry: DiaryEntry) -> dict[str, float]:
    answers: dict[str, float] = {
        "quality": entry.quality,
        "bed_time_h": _clock_h(entry, entry.attempt),
        "latency_min": entry.latency_min,
        "wake_min": entry.awake_min,
        "awakenings": entry.awakenings,
        "wake_time_h": _clock_h(entry, entry.final_awakening),
        "rise_time_h": _clock_h(entry, entry.out_of_bed),
        "travel": entry.zone != person.home,
    }
    if night.capsule_taken is not None and night.dose_logged:
        answers["capsule"] = night.capsule_taken
    return answers


def _clock_h(entry: DiaryEntry, instant: dt.datetime) -> float:
    clock = instant.astimezone(zone(entry.zone))
    return clock.hour + clock.minute / 60
