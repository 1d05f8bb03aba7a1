"""Gathers what is known so far of one person into a report."""

import datetime as dt

from noctiflora.actions._analyse import SEED
from noctiflora.actions._evidence_summary import evidence_summary
from noctiflora.actions._list_findings import list_findings
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._list_options import list_options
from noctiflora.actions._result import Result, result
from noctiflora.actions._trial_document import TrialPlan, from_document
from noctiflora.core import Instrument, Outcome
from noctiflora.report import DesignSummary, PeriodDates, ReportData, TrialNight, TrialSummary
from noctiflora.store import Store
from noctiflora.trial import Arm


def assess(store: Store, *, today: dt.date, person: str = "You", made_up: bool = False) -> ReportData:
    """Return everything that one report shows: nights, findings, gates, options, the last finished trial.

    Parameters
    ----------
    store : Store
        The person's database.
    today : date
        Day of writing.
    person : str
        How the person is called in the report.
    made_up : bool
        Whether the person is generated.
    """
    nights = list_nights(store)
    plan = last_trial(store)
    outcome = plan.outcome if plan else Outcome.EFFICIENCY
    instrument = plan.instrument if plan else Instrument.DIARY
    offered = list_options(
        store, today=today, outcome=outcome, instrument=instrument, useful=plan.useful if plan else None
    )
    answer = result(store, plan) if plan else None
    return ReportData(
        person=person,
        made_up=made_up,
        generated_on=today,
        nights=nights.nights,
        naps=nights.naps,
        findings=list_findings(store, today=today),
        gates=offered.gates,
        options=offered.options,
        evidence=evidence_summary(),
        outcome=outcome,
        useful=offered.useful,
        useful_sources=(offered.useful_source,),
        design=_design(plan) if plan else None,
        trial=_trial(plan, answer) if plan and answer else None,
        verdict=answer.verdict if answer else None,
        import_notes=_notes(store),
    )


def last_trial(store: Store) -> TrialPlan | None:
    """Return the finished trial saved last, or None."""
    documents = store.trials.list()
    if not documents:
        return None
    latest = max(documents, key=lambda d: (d.at, d.trial_id))
    return from_document(latest.body, where=f"trial {latest.trial_id}")


def _design(plan: TrialPlan) -> DesignSummary:
    return DesignSummary(
        outcome=plan.outcome,
        unit=plan.outcome.unit,
        option_name=plan.option_name,
        n_nights=sum(p.nights for p in plan.schedule.periods if p.arm is not Arm.RUN_IN),
        periods=tuple(
            PeriodDates(start=plan.date_of(p.first), n_nights=p.nights, arm=p.arm) for p in plan.schedule.periods
        ),
        useful=plan.useful,
        threshold=plan.threshold,
        blinded=plan.blinded,
        randomised=plan.randomised,
    )


def _trial(plan: TrialPlan, answer: Result) -> TrialSummary:
    nights = answer.series
    assert nights.dates is not None
    rows = zip(nights.dates, nights.y.tolist(), nights.dose.tolist(), strict=True)
    return TrialSummary(
        posterior=answer.evidence,
        sceptical=answer.sceptical,
        vague=answer.vague,
        prior=answer.expected,
        prior_weight=answer.priors.weight,
        vague_sd=answer.priors.vague_sd,
        series=tuple(TrialNight(date=day, y=y if y == y else None, dose=dose) for day, y, dose in rows),
        doses_taken=answer.doses_taken,
        doses_planned=answer.doses_planned,
        sceptical_sd=answer.priors.informative_sd,
        seed=f"threshold {SEED}; the analysis itself uses fixed points",
    )


def _notes(store: Store) -> tuple[str, ...]:
    found: list[str] = []
    for row in store.imports.list():
        found += [f"{row.name}: {note}" for note in row.notes]
        found += [f"{row.name}: {s.count} x {s.reason} (first at {s.where})" for s in row.skipped]
    return tuple(dict.fromkeys(found))
