"""How the season under way stands: progress, adherence and safety, and nothing else."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.actions._answer_gates import review_gates
from noctiflora.actions._keep_trial import KeptTrial, kept_trials, running_trial
from noctiflora.actions._trial_nights import as_array, other_device, trial_nights
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.actions._trial_result import adherence, alarm_of
from noctiflora.core import NotFound
from noctiflora.evidence import SafetyPhase, load_safety
from noctiflora.store import Store
from noctiflora.trial import EntryKind, check_clock, corrections, guesses_made, standing

ADVICE = (
    "Stop taking anything from the bottles and speak with someone who looks after your health; the helper can open the "
    "order for them (noctiflora trial open)."
)
"""What is said when a safety rule fires; it never advises to go on."""
ADVICE_KNOWN = "Stop taking it and speak with someone who looks after your health."
"""The same where the order is known, so that there are neither bottles nor a helper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStatus:
    """How a season stands; every part is the same whatever the order.

    Parameters
    ----------
    trial_id : str
        Its name in the store.
    state : TrialState
        Where it stands.
    option_name, outcome : str
        What is tried, and what is measured.
    commitment : str
        Fingerprint of the sealed order; empty where nothing is sealed.
    plan_sha256 : str
        Fingerprint of the plan.
    first_night, last_night : date
        Of the trial.
    night : int
        Number of last night, 0 before the first, at most the number of nights.
    n_nights, recorded : int
        Nights in all; of those so far, recorded.
    doses_taken, doses_due : int
        So far.
    missing_with_reason, corrections : int
        Nights not recorded for a reason that was told; entries that were corrected.
    bottle : str
        Code of the bottle for tonight; empty before and after the trial, or where there are none.
    bottle_changes : date or None
        First night of the next bottle.
    guess_due : tuple of int
        Last nights of bottles that are over and not guessed yet.
    look_due, looks_made : tuple of int
        Nights of looks that are due; of those made.
    adverse : tuple of str
        Unwanted effects as told.
    device_changed : tuple of date
        Nights measured by another device than before the trial.
    safety : tuple of str
        What fired, with what to do; empty where nothing did.
    crisis : bool
        Whether help goes before everything else.
    """

    trial_id: str
    state: TrialState
    option_name: str
    outcome: str
    commitment: str
    plan_sha256: str
    first_night: dt.date
    last_night: dt.date
    night: int
    n_nights: int
    recorded: int
    doses_taken: int
    doses_due: int
    missing_with_reason: int
    corrections: int
    bottle: str
    bottle_changes: dt.date | None
    guess_due: tuple[int, ...]
    look_due: tuple[int, ...]
    looks_made: tuple[int, ...]
    adverse: tuple[str, ...]
    device_changed: tuple[dt.date, ...]
    safety: tuple[str, ...]
    crisis: bool


def trial_status(store: Store, *, now: dt.datetime, today: dt.date) -> TrialStatus:
    """Return how the season under way, or the last one, stands.

    Raises
    ------
    NotFound
        If there was never one.
    RangeError
        If the clock was set back.
    """
    every = kept_trials(store)
    if not every:
        raise NotFound("there is no trial yet", where="trial", do="start one: noctiflora trial start")
    return _status(store, running_trial(store) or every[-1], now=now, today=today)


def _status(store: Store, kept: KeptTrial, *, now: dt.datetime, today: dt.date) -> TrialStatus:
    record = kept.record
    plan, entries = record.plan, record.entries
    if record.state is TrialState.RUNNING:
        check_clock(entries, now)
    night = max(0, min((today - plan.first_night).days + 1, plan.n_nights))
    nights = trial_nights(store, plan.outcome, plan.instrument)
    values = nights.span(plan.first_night, plan.date_of(night))
    changed = other_device(plan, nights)[plan.run_in_nights :][:night]
    taken, due = adherence(record, None if record.order is None else record.order.arms, last=night)
    guessed = guesses_made(entries, plan)
    looked = tuple(sorted({e.night for e in entries if e.kind is EntryKind.LOOK}))
    tonight = night + 1
    running = record.state is TrialState.RUNNING
    underway = running and 1 <= tonight <= plan.n_nights
    reasons = [n for kind, n in standing(entries) if kind is EntryKind.MISSING]
    alarm = alarm_of(record, as_array(values))
    during = {r.gate_id for r in load_safety() if r.phase is SafetyPhase.DURING}
    gates = review_gates(store, today=today)
    fired = [s.message for s in gates.states if s.gate_id in during and s.message]
    return TrialStatus(
        trial_id=kept.trial_id,
        state=record.state,
        option_name=plan.option_name,
        outcome=plan.outcome.label,
        commitment="" if record.sealed is None else record.sealed.commitment,
        plan_sha256=plan.fingerprint().hex(),
        first_night=plan.first_night,
        last_night=plan.last_night,
        night=night,
        n_nights=plan.n_nights,
        recorded=sum(v is not None for v in values),
        doses_taken=taken,
        doses_due=due,
        missing_with_reason=sum(n <= night and values[n - 1] is None for n in reasons),
        corrections=corrections(entries),
        bottle=plan.codes[plan.bottle_of(tonight)] if underway else "",
        bottle_changes=_next_bottle(record, tonight) if underway else None,
        guess_due=tuple(end for i, end in enumerate(plan.ends) if end <= night and i not in guessed)
        if plan.blinded and running
        else (),
        look_due=tuple(look for look in plan.looks if running and look <= night and look not in looked),
        looks_made=looked,
        adverse=tuple(f"{plan.date_of(e.night)}: {e.value}, {e.text}" for e in entries if e.kind is EntryKind.ADVERSE),
        device_changed=tuple(plan.date_of(i + 1) for i, other in enumerate(changed) if other),
        safety=_safety(record, alarm, fired),
        crisis=gates.crisis,
    )


def advice_for(record: TrialRecord) -> str:
    """Return what is said when a safety rule fires in this season."""
    return ADVICE if record.plan.blinded else ADVICE_KNOWN


def _safety(record: TrialRecord, alarm: str | None, fired: list[str]) -> tuple[str, ...]:
    severe = any(e.kind is EntryKind.ADVERSE and e.value == "severe" for e in record.entries)
    found, advice = list(fired), advice_for(record)
    if alarm is not None:
        found.append(f"{alarm[:1].upper()}{alarm[1:]}. {advice}")
    if severe:
        found.append(f"You told of a severe unwanted effect. {advice}")
    return tuple(found)


def _next_bottle(record: TrialRecord, tonight: int) -> dt.date | None:
    end = record.plan.ends[record.plan.bottle_of(tonight)]
    return record.plan.date_of(end + 1) if end < record.plan.n_nights else None
