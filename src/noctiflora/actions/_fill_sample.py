"""Fills a store with a made-up person: exports, gates, a finished trial."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from noctiflora.actions._analyse import SEED, SIMULATED
from noctiflora.actions._answer_gates import answer_gates
from noctiflora.actions._import_files import import_files
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._result import expected_effect, trial_priors
from noctiflora.actions._trial_document import TrialPlan, to_document
from noctiflora.core import GateClosed, Instrument, Outcome
from noctiflora.evidence import load_options, load_safety
from noctiflora.plan import Answer, Door, Reply, Scope, gate
from noctiflora.sample import Person, Vendor, check_ins, doses, export, person
from noctiflora.sleep import outcome_values
from noctiflora.store import Store
from noctiflora.trial import USEFUL, Noise, threshold

PERSON_SEED = 1
"""The first number there is: the sample person was not picked for a pleasing result."""
SAMPLE_NAME = "Sample person"
START = dt.date(2024, 10, 7)
"""Both clock changes lie within the nights that follow."""
TRIED = "lactobacillus-gasseri-cp2305"
"""Tried by the sample person: heat-killed, so that it can be blinded at home."""
LASTING_INSOMNIA = "S43"
"""The one safety question that the sample person answers with yes."""


def fill_sample(store: Store, folder: Path, *, say: Callable[[str], None]) -> dt.date:
    """Take a made-up person through the loop in an empty store.

    Parameters
    ----------
    store : Store
        An empty store.
    folder : Path
        Where the exports are written before they are read.
    say : callable
        Takes one line at a time of what is being done.

    Returns
    -------
    date
        The morning after the last night: the date by which it is to be shown.
    """
    sample = person(PERSON_SEED, start=START)
    today = sample.nights[-1].date + dt.timedelta(days=1)
    _import(store, sample, folder, say)
    _pass_gates(store, today, say)
    plan = _plan(store, sample)
    _keep_trial(store, sample, plan)
    say(
        f"Trial: {plan.option_name} against placebo, {len(plan.schedule.periods) - 1} periods in an order drawn by "
        f"chance; 'helps' needs a chance of benefit of {100 * plan.threshold:.0f} of 100, fixed before the start."
    )
    return today


def _import(store: Store, sample: Person, folder: Path, tell: Callable[[str], None]) -> None:
    files = [(folder / "export.zip", Vendor.APPLE), (folder / "diary.csv", Vendor.DIARY)]
    for path, vendor in files:
        path.write_bytes(export(sample, vendor))
    done = import_files(store, [path for path, _ in files], zone=sample.home)
    for file in done.files:
        words = file.outcome.text if file.outcome else file.refusal
        tell(f"Import: {Path(file.name).name} ({', '.join(file.formats)}): {words}.")
    found = list_nights(store)
    tell(f"Nights: {len(found.nights)} nights and {len(found.naps)} naps.")


def _pass_gates(store: Store, today: dt.date, tell: Callable[[str], None]) -> None:
    rules = load_safety()
    replies = {rule.gate_id: Reply.YES if rule.gate_id == LASTING_INSOMNIA else Reply.NO for rule in rules}
    answer_gates(store, [Answer(gate_id=key, reply=reply, date=today) for key, reply in replies.items()])
    report = gate(rules, store.answers.history(), today=today)
    if report.doors[Scope.TRIAL_START] is Door.CLOSED:
        raise GateClosed("the sample person's answers close the trial", where="gates", do="report this")
    tell(
        f"Safety questions: {len(rules)} answered; what the sample person tried is {report.doors[Scope.KILLED].value}."
    )


def _plan(store: Store, sample: Person) -> TrialPlan:
    """Return the plan as it was fixed before the start, its threshold from the run-in alone."""
    plan = TrialPlan(
        option_key=TRIED,
        option_name=next(e.name for e in load_options() if e.key == TRIED),
        outcome=Outcome.EFFICIENCY,
        instrument=Instrument.DIARY,
        useful=USEFUL[Outcome.EFFICIENCY].value,
        threshold=1.0,
        first_night=sample.nights[0].date,
        schedule=sample.course.schedule,
        blinded=True,
        randomised=True,
    )
    n_before = plan.schedule.periods[0].nights
    before = np.array([v for v in _run_in(store, plan) if v is not None])
    found = threshold(
        np.random.default_rng(SEED),
        plan.schedule.dose[n_before:],
        noise=Noise(sigma=float(np.std(before, ddof=1)), missing=1 - before.size / n_before),
        priors=trial_priors(plan, expected_effect(plan), before),
        n=SIMULATED,
    )
    return replace(plan, threshold=found.c)


def _run_in(store: Store, plan: TrialPlan) -> list[float | None]:
    values = dict(outcome_values(list_nights(store, instrument=plan.instrument).nights, plan.outcome))
    return [values.get(plan.date_of(n)) for n in range(1, plan.schedule.periods[0].nights + 1)]


def _keep_trial(store: Store, sample: Person, plan: TrialPlan) -> None:
    store.diary.save_checkins(check_ins(sample))
    store.diary.save_doses(doses(sample, product=plan.option_key))
    store.trials.save("sample-trial", to_document(plan), version=0)
