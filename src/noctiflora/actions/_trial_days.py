"""The nights of the season under way one by one: what was recorded and taken, never an outcome."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.actions._keep_trial import the_running_trial
from noctiflora.actions._trial_nights import trial_nights
from noctiflora.store import Store
from noctiflora.trial import Arm, EntryKind, doses_taken, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDay:
    """One night of a season; every part is the same whatever the order of a sealed one.

    Parameters
    ----------
    night : int
        From 1.
    date : date
        Date of waking up.
    bottle : int
        Place of its bottle, from 0.
    passed : bool
        Whether the morning has come.
    recorded : bool
        Whether there is a value of the outcome.
    dose : float or None
        Share taken, as logged; None where nothing was said.
    due : bool
        Whether a dose was due: every night of a sealed season.
    reason : str
        Why it was not recorded, as told; empty where nothing was said.
    """

    night: int
    date: dt.date
    bottle: int
    passed: bool
    recorded: bool
    dose: float | None
    due: bool
    reason: str


def trial_days(store: Store, *, today: dt.date) -> tuple[TrialDay, ...]:
    """Return every night of the season under way, in order.

    Raises
    ------
    NotFound
        If none is under way.
    """
    record = the_running_trial(store).record
    plan = record.plan
    values = trial_nights(store, plan.outcome, plan.instrument).values
    doses = doses_taken(record.entries)
    told = {n: e.text for (kind, n), e in standing(record.entries).items() if kind is EntryKind.MISSING}
    arms = None if plan.blinded or record.order is None else record.order.arms
    days = []
    for night in range(1, plan.n_nights + 1):
        date, bottle = plan.date_of(night), plan.bottle_of(night)
        days.append(
            TrialDay(
                night=night,
                date=date,
                bottle=bottle,
                passed=date <= today,
                recorded=date <= today and values.get(date) is not None,
                dose=doses.get(night),
                due=arms is None or arms[bottle] is Arm.PRODUCT,
                reason=told.get(night, ""),
            )
        )
    return tuple(days)
