"""The result of a finished trial in the store: series, three analyses, verdict."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._trial_document import TrialPlan
from noctiflora.core import Instrument, Outcome, Predictive
from noctiflora.evidence import Evidence, load, load_options, predictive
from noctiflora.sleep import outcome_values
from noctiflora.store import Store
from noctiflora.trial import (
    Arm,
    Posterior,
    Priors,
    Series,
    Verdict,
    conclude,
    posterior,
    priors_for,
    sceptical,
    vague,
)

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a finished trial says.

    Parameters
    ----------
    expected : Predictive
        What trials led one to expect: the informative part of the prior.
    priors : Priors
        The whole prior.
    series : Series
        The nights of the trial, run-in left out.
    evidence, sceptical, vague : Posterior
        Under the three priors.
    verdict : Verdict
        The word with its reason.
    doses_taken, doses_planned : int
        Days on which the product was due; on how many of these at least half of it was taken.
    """

    expected: Predictive
    priors: Priors
    series: Series
    evidence: Posterior
    sceptical: Posterior
    vague: Posterior
    verdict: Verdict
    doses_taken: int
    doses_planned: int


def result(store: Store, plan: TrialPlan) -> Result:
    """Analyse a finished trial from the nights and doses in the store."""
    values = _values(store, plan)
    taken = {dose.night: dose.taken for dose in store.diary.doses()}
    expected = expected_effect(plan)
    priors = trial_priors(plan, expected, run_in(plan, values))
    nights = _series(plan, values, taken)
    due = [n for n in range(1, plan.schedule.n_nights + 1) if plan.schedule.dose[n - 1] > 0]
    evidence, doubt, open_minded = (posterior(nights, p) for p in (priors, sceptical(priors), vague(priors)))
    return Result(
        expected=expected,
        priors=priors,
        series=nights,
        evidence=evidence,
        sceptical=doubt,
        vague=open_minded,
        verdict=conclude(evidence, doubt, open_minded, threshold=plan.threshold, unit=plan.outcome.unit),
        doses_taken=sum((taken.get(plan.date_of(n)) or 0.0) >= 0.5 for n in due),
        doses_planned=len(due),
    )


def expected_effect(plan: TrialPlan) -> Predictive:
    """Return what trials lead one to expect of the plan's option on its outcome."""
    return expected_for(plan.option_key, plan.outcome, plan.instrument)


def expected_for(
    option_key: str, outcome: Outcome, instrument: Instrument, evidence: Evidence | None = None
) -> Predictive:
    """Return what trials lead one to expect of an option on an outcome; by default those of the packaged table."""
    keys = {entry.key: entry.evidence_key for entry in load_options()}
    return predictive(evidence or load(), keys.get(option_key) or None, outcome, instrument)


def run_in(plan: TrialPlan, values: Mapping[int, float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the known values of the run-in; they set the scale and never enter the contrast."""
    nights = {n for p in plan.schedule.periods if p.arm is Arm.RUN_IN for n in range(p.first, p.last + 1)}
    known = [v for n, v in values.items() if n in nights and v is not None]
    return np.array(known, dtype=np.float64)


def trial_priors(plan: TrialPlan, expected: Predictive, before: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Priors:
    """Return the priors of the trial: the evidence, and the scale of the person's own run-in."""
    enough = before.size >= 7
    return priors_for(
        plan.outcome,
        expected,
        useful=plan.useful,
        run_in_mean=float(np.mean(before)) if enough else None,
        run_in_sd=float(np.std(before, ddof=1)) if enough else None,
    )


def _values(store: Store, plan: TrialPlan) -> dict[int, float | None]:
    """Return the outcome by night number, run-in included."""
    if plan.outcome is Outcome.RATING:
        by_date: dict[dt.date, float | None] = {c.date: c.value for c in store.diary.checkins() if c.item == "quality"}
    else:
        found = list_nights(store, instrument=plan.instrument)
        by_date = dict(outcome_values(found.nights, plan.outcome))
    return {n: by_date.get(plan.date_of(n)) for n in range(1, plan.schedule.n_nights + 1)}


def _series(plan: TrialPlan, values: Mapping[int, float | None], taken: Mapping[dt.date, float | None]) -> Series:
    """Return the trial's own nights; a dose that was not logged is told as planned."""
    start = next(p.first for p in plan.schedule.periods if p.arm is not Arm.RUN_IN)
    numbers = list(range(start, plan.schedule.n_nights + 1))
    planned = plan.schedule.dose
    due = [planned[n - 1] > 0 for n in numbers]
    dose = [_dose(taken.get(plan.date_of(n)), float(planned[n - 1]), on) for n, on in zip(numbers, due, strict=True)]
    y = [math.nan if (v := values[n]) is None else v for n in numbers]
    dates = tuple(plan.date_of(n) for n in numbers)
    return Series(
        nights=np.arange(1, len(numbers) + 1),
        y=np.array(y),
        dose=np.array(dose),
        covariates={"weekend": weekend(dates)},
        dates=dates,
        where=plan.option_name,
    )


def _dose(logged: float | None, planned: float, due: bool) -> float:
    if logged is None:
        return planned
    return logged if due else 0.0


def weekend(dates: Iterable[dt.date]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return 1 for nights that end on Saturday or Sunday, else 0."""
    return np.array([float(d.weekday() >= SATURDAY) for d in dates])
