"""The whole loop on a made-up person: export, import, gates, options, a finished trial, the report."""

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from noctiflora.actions._analyse import SEED, SIMULATED
from noctiflora.actions._answer_gates import answer_gates
from noctiflora.actions._assess import assess
from noctiflora.actions._import_files import import_files
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._result import expected_effect, trial_priors
from noctiflora.actions._trial_document import TrialPlan, to_document
from noctiflora.core import GateClosed, Instrument, Outcome
from noctiflora.evidence import load_options, load_safety
from noctiflora.plan import Answer, Door, Reply, Scope, gate
from noctiflora.report import ReportData
from noctiflora.sample import Person, Vendor, check_ins, doses, export, person
from noctiflora.sleep import outcome_values
from noctiflora.store import Store, open_store
from noctiflora.trial import USEFUL, Noise, threshold

PERSON_SEED = 1
"""The first number there is: the sample person was not picked for a pleasing result."""
START = dt.date(2024, 10, 7)
"""Both clock changes lie within the nights that follow."""
TRIED = "lactobacillus-gasseri-cp2305"
"""Tried by the sample person: heat-killed, so that it can be blinded at home."""
LASTING_INSOMNIA = "S43"
"""The one safety question that the sample person answers with yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """The report of the made-up person, with what was said on the way."""

    report: ReportData
    said: tuple[str, ...]


def demonstrate(*, now: Callable[[], dt.datetime], say: Callable[[str], None]) -> Demonstration:
    """Take a made-up person through the loop in a database of its own, which is then removed.

    Parameters
    ----------
    now : callable
        Returns the present instant, with a zone.
    say : callable
        Takes one line at a time of what is being done.
    """
    said: list[str] = []

    def tell(line: str) -> None:
        said.append(line)
        say(line)

    sample = person(PERSON_SEED, start=START)
    today = sample.nights[-1].date + dt.timedelta(days=1)
    with (
        tempfile.TemporaryDirectory(prefix="noctiflora-demo-") as folder,
        open_store(Path(folder) / "demo.sqlite", now=now, own_folder=True) as store,
    ):
        _import(store, sample, Path(folder), tell)
        _pass_gates(store, today, tell)
        plan = _plan(store, sample)
        _keep_trial(store, sample, plan)
        tell(
            f"Trial: {plan.option_name} against placebo, {len(plan.schedule.periods) - 1} periods in an order drawn by "
            f"chance; 'helps' needs a chance of benefit of {100 * plan.threshold:.0f} of 100, fixed before the start."
        )
        report = assess(store, today=today, person=sample.name, made_up=True)
    if report.verdict is not None and report.verdict.word is not None:
        tell(f"Verdict: {report.verdict.word.value}. {report.verdict.reason}")
    return Demonstration(report=report, said=tuple(said))


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
