"""The nights right before a season, which tell how much nights vary; those of an earlier trial do not count."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from noctiflora.actions._earlier_trials import WASH_OUT, count_touched, first_free
from noctiflora.actions._trial_nights import TrialNights, as_array, trial_nights
from noctiflora.actions._trial_request import StartRequest
from noctiflora.core import DesignError, Instrument, Outcome
from noctiflora.store import Store
from noctiflora.trial import Measured

LONGEST_RUN_IN = 28
"""Nights right before the start that are looked at (assumed, 14 to 42)."""
LEAST_RUN_IN = 7
"""Known nights among these that a start needs (assumed, 7 to 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIn:
    """The run-in, from its first known night up to the start.

    Parameters
    ----------
    values : tuple of float or None
        Its nights.
    left_out : int
        Nights of the window before the start that an earlier trial or its wash-out touched.
    """

    values: tuple[float | None, ...]
    left_out: int


def run_in_of(nights: TrialNights, first_night: dt.date, today: dt.date, touched: frozenset[dt.date]) -> RunIn:
    """Return the nights right before the start, from the first that is known and free.

    Raises
    ------
    DesignError
        If too few are known.
    """
    last = min(first_night - dt.timedelta(days=1), today)
    first = first_night - dt.timedelta(days=LONGEST_RUN_IN)
    dates = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    every = tuple(None if date in touched else nights.values.get(date) for date in dates)
    left_out = count_touched(touched, first, last)
    n_known = sum(v is not None for v in every)
    if n_known < LEAST_RUN_IN or len({v for v in every if v is not None}) < 2:
        _refuse(n_known, left_out, first_free(touched, first))
    start = next(i for i, v in enumerate(every) if v is not None)
    # nights between today and the first night are not known yet
    values = (*every[start:], *(None,) * ((first_night - last).days - 1))
    return RunIn(values=values, left_out=left_out)


def _refuse(n_known: int, left_out: int, free: dt.date) -> None:
    ready = free + dt.timedelta(days=LEAST_RUN_IN)
    raise DesignError(
        f"a trial needs {LEAST_RUN_IN} nights of the {LONGEST_RUN_IN} right before it, which tell how much your "
        "nights vary"
        + (f"; nights of an earlier trial and {WASH_OUT} nights after it do not count" if left_out else ""),
        where="run-in",
        found=f"{n_known} nights",
        do=f"record more nights first; the first night can be {ready} at the earliest"
        if left_out
        else "record more nights first, or name the outcome and instrument that you record",
    )


def secondary_outcomes(store: Store, request: StartRequest, *, first: dt.date) -> tuple[Measured, ...]:
    """Return the secondary outcomes with level and SD over the run-in, which begins at `first`.

    Raises
    ------
    DesignError
        If one stands twice or is the primary, or too few of its nights are known.
    """
    found = []
    for outcome in request.secondaries:
        if [request.outcome, *request.secondaries].count(outcome) > 1:
            raise DesignError(
                "each outcome is measured once, and the primary is no secondary",
                where="--secondary",
                found=outcome.value,
                do="name each outcome once",
            )
        instrument = Instrument.DIARY if outcome is Outcome.RATING else request.instrument
        last = request.first_night - dt.timedelta(days=1)
        values = as_array(trial_nights(store, outcome, instrument).span(first, last))
        known = values[~np.isnan(values)]
        if known.size < LEAST_RUN_IN or not np.ptp(known) > 0:
            raise DesignError(
                f"a secondary outcome needs {LEAST_RUN_IN} nights of the run-in, and not all of them alike",
                where="--secondary",
                found=f"{outcome.value} by {instrument.value}: {known.size} nights",
                do="record it first, or leave it out",
            )
        sd = float(np.std(known, ddof=1))
        found.append(Measured(outcome=outcome, instrument=instrument, run_in_mean=float(np.mean(known)), run_in_sd=sd))
    return tuple(found)
