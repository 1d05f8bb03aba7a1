"""Starts a season: gates, plan, threshold, safety rule, and the order drawn and sealed."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from noctiflora.actions._analyse import SEED
from noctiflora.actions._earlier_trials import touched_by_trials
from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._keep_trial import kept_trials, running_trial
from noctiflora.actions._list_options import list_options
from noctiflora.actions._result import expected_for
from noctiflora.actions._trial_nights import as_array, trial_nights
from noctiflora.actions._trial_record import TrialRecord, record_document
from noctiflora.actions._trial_request import StartRequest
from noctiflora.actions._trial_result import plan_threshold
from noctiflora.actions._trial_run_in import run_in_of, secondary_outcomes
from noctiflora.core import DesignError, GateClosed, RangeError
from noctiflora.plan import Blinding, Door, GateReport, Option, Scope
from noctiflora.store import Store
from noctiflora.trial import (
    Cost,
    Order,
    Plan,
    SeasonPlan,
    Series,
    check_passphrase,
    check_periods,
    draw_arms,
    draw_codes,
    priors_for,
    safety_limit,
    seal_order,
)

FURTHEST_DAYS = 60
"""A first night lies at most so far ahead (assumed): the run-in must be fresh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Where random numbers come from: the operating system's cryptographic generator."""

    bits: Callable[[int], int] = secrets.randbits
    below: Callable[[int], int] = secrets.randbelow
    bytes: Callable[[int], bytes] = secrets.token_bytes


def start_trial(
    store: Store,
    request: StartRequest,
    passphrase: str | None,
    *,
    today: dt.date,
    chance: Chance | None = None,
    cost: Cost | None = None,
) -> TrialRecord:
    """Start a season and keep it.

    Parameters
    ----------
    store : Store
        Where to.
    request : StartRequest
        What the person decided.
    passphrase : str or None
        The helper's; None for a trial in which the person knows what is taken.
    today : date
        The day of starting.
    chance : Chance, optional
        Source of random numbers.
    cost : Cost, optional
        Of one try at the passphrase.

    Raises
    ------
    GateClosed
        If the safety questions stand in the way of a trial or of this option.
    DesignError
        If a trial is under way, the option cannot be blinded, or the run-in is too short.
    RangeError
        If a number or date is out of range.
    """
    if passphrase is not None:
        check_passphrase(passphrase)
    chance = chance or Chance()
    under_way = running_trial(store)
    if under_way is not None:
        raise DesignError(
            f"a trial of {under_way.record.plan.option_name} is under way, and its schedule is fixed",
            where="trial start",
            do="finish it (trial lock), or end it (trial stop)",
        )
    option = open_option(store, request, today=today)
    blinded = passphrase is not None
    if blinded and option.blinding in (Blinding.NO, Blinding.NOT_KNOWN):
        raise DesignError(
            f"{option.name}: {option.blinding.value}. {option.blinding_reason}",
            where="trial start",
            do="start it with --known: the analysis then allows for what knowing does",
        )
    _check(request, today)
    plan, run_in, told = _plan(store, request, option, today=today, blinded=blinded, chance=chance)
    bottle = plan.bottle_nights
    arms = draw_arms(
        chance.bits, plan.pairs, on_bottles=plan.on_nights // bottle, off_bottles=plan.off_nights // bottle
    )
    sealed = order = None
    if passphrase is None:
        order = Order(arms=arms, nonce=b"")
    else:
        sealed, _ = seal_order(arms, passphrase, plan.fingerprint(), random_bytes=chance.bytes, cost=cost or Cost())
    record = TrialRecord(
        plan=plan,
        sealed=sealed,
        order=order,
        run_in=run_in,
        share_id=f"n1-{chance.bytes(16).hex()}",
        told_before=told,
    )
    store.trials.save(f"season-{len(kept_trials(store)) + 1:03d}", record_document(record), version=0)
    return record


def open_option(store: Store, request: StartRequest, *, today: dt.date) -> Option:
    """Return the option if the safety questions leave it and the start of a trial open.

    Raises
    ------
    GateClosed
        If not, with what the questions say.
    RangeError
        If there is no such option.
    """
    offered = list_options(
        store, today=today, outcome=request.outcome, instrument=request.instrument, useful=request.useful
    )
    _pass_gates(offered.gates)
    option = next((o for o in offered.options if o.key == request.option_key), None)
    if option is None:
        raise RangeError(
            "there is no such option", where="--option", found=request.option_key, do="see the keys: noctiflora options"
        )
    if option.door is not Door.OPEN:
        raise GateClosed(
            f"{option.name} is not open to you: {option.door_reason.rstrip('.')}", where="gates", do="noctiflora gates"
        )
    return option


def _pass_gates(gates: GateReport) -> None:
    told = [s.message for s in gates.states if s.message and s.doors.get(Scope.TRIAL_START, Door.OPEN) is not Door.OPEN]
    if gates.crisis:
        urgent = [s.message for s in gates.states if s.urgency == "crisis"]
        raise GateClosed(
            " ".join(urgent).rstrip("."), where="gates", do="a trial can wait; noctiflora gates says where help is"
        )
    if gates.doors[Scope.TRIAL_START] is Door.OPEN:
        return
    open_still = f"{len(gates.unanswered)} safety questions are open" if gates.unanswered else ""
    why = " ".join([*told, open_still]).strip() or "a safety question stands in the way"
    raise GateClosed(f"a trial cannot start yet: {why.rstrip('.')}", where="gates", do="noctiflora gates")


def _check(request: StartRequest, today: dt.date) -> None:
    if not 0 < request.useful < float("inf"):
        raise RangeError("the useful amount must be above 0", where="--useful", found=f"{request.useful:g}")
    if not 0 < request.dose_value < float("inf") or not request.dose_unit.strip():
        raise RangeError(
            "the daily dose is a number above 0 with its unit", where="--dose", found=f"{request.dose_value:g}"
        )
    ahead = (request.first_night - today).days
    if not 1 <= ahead <= FURTHEST_DAYS:
        raise RangeError(
            f"the first night lies 1 to {FURTHEST_DAYS} days ahead; its dose is taken the evening before",
            where="--first-night",
            found=str(request.first_night),
            do=f"choose {today + dt.timedelta(days=1)} or later",
        )


def _plan(
    store: Store, request: StartRequest, option: Option, *, today: dt.date, blinded: bool, chance: Chance
) -> tuple[SeasonPlan, tuple[float | None, ...], Mapping[str, float]]:
    check_periods(request.pairs, request.on_nights, request.off_nights, ())
    design = Plan(on=request.on_nights, off=request.off_nights, pairs=request.pairs, n_looks=request.n_looks)
    touched = touched_by_trials(store)
    window = run_in_of(trial_nights(store, request.outcome, request.instrument), request.first_night, today, touched)
    run_in = window.values
    values = as_array(run_in)
    known = values[~np.isnan(values)]
    mean, sd = float(np.mean(known)), float(np.std(known, ddof=1))
    expected = expected_for(option.key, request.outcome, request.instrument, gather_evidence(store))
    priors = priors_for(request.outcome, expected, useful=request.useful, run_in_mean=mean, run_in_sd=sd)
    before = Series(nights=np.arange(1, values.size + 1), y=values, dose=np.zeros(values.size), where="run-in")
    foreseen = plan_threshold(design, request.outcome, request.instrument, before, priors, blinded=blinded)
    missing = min(1 - known.size / values.size, 0.5)
    limit = safety_limit(np.random.default_rng(SEED), values, n_nights=design.n_nights, missing=missing)
    plan = SeasonPlan(
        option_key=option.key,
        option_name=option.name,
        dose_value=request.dose_value,
        dose_unit=request.dose_unit.strip(),
        outcome=request.outcome,
        instrument=request.instrument,
        useful=request.useful,
        expected=expected.parts,
        threshold=foreseen.threshold,
        safety_limit=limit,
        first_night=request.first_night,
        run_in_nights=len(run_in),
        run_in_mean=mean,
        run_in_sd=sd,
        pairs=request.pairs,
        on_nights=request.on_nights,
        off_nights=request.off_nights,
        looks=design.ends[:-1],
        codes=draw_codes(chance.below, design.n_nights // design.bottle),
        blinded=blinded,
        secondaries=secondary_outcomes(store, request, first=request.first_night - dt.timedelta(days=len(run_in))),
        run_in_left_out=window.left_out,
    )
    return plan, run_in, foreseen.told
