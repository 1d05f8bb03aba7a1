"""Gathers what is known so far of one person into a report."""

import datetime as dt
from dataclasses import dataclass, replace

from noctiflora.actions._analyse import SEED
from noctiflora.actions._evidence_summary import evidence_summary
from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._gut_page import gut_page
from noctiflora.actions._keep_scores import current_scores
from noctiflora.actions._keep_trial import kept_trials, running_trial
from noctiflora.actions._list_findings import list_findings
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._list_options import list_options
from noctiflora.actions._result import Result, result
from noctiflora.actions._trial_document import TrialPlan, from_document
from noctiflora.actions._trial_record import SCHEMA as SEASON
from noctiflora.actions._trial_record import TrialRecord, TrialState
from noctiflora.actions._trial_result import SeasonResult, season_result
from noctiflora.actions._veil import veil_lifted_on
from noctiflora.actions._what_if import what_if
from noctiflora.core import DesignError, Instrument, Outcome
from noctiflora.report import DesignSummary, PeriodDates, ReportData, TrialNight, TrialSummary
from noctiflora.store import Store
from noctiflora.trial import Arm, Verdict


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
    season = last_season(store)
    shown = _season(season) if season else _finished(store, last_trial(store))
    design = shown.design
    known = gather_evidence(store)
    outcome = design.outcome if design else Outcome.EFFICIENCY
    instrument = shown.instrument
    offered = list_options(
        store, today=today, outcome=outcome, instrument=instrument, useful=design.useful if design else None
    )
    return ReportData(
        person=person,
        made_up=made_up,
        generated_on=today,
        nights=nights.nights,
        naps=nights.naps,
        findings=list_findings(store, today=today),
        gates=offered.gates,
        options=offered.options,
        evidence=evidence_summary(known),
        outcome=outcome,
        useful=offered.useful,
        useful_sources=(offered.useful_source,),
        design=design,
        trial=shown.trial,
        verdict=shown.verdict,
        import_notes=(*shown.notes, *_notes(store)),
        what_if=what_if(option=design.option_name if design else None, evidence=known),
        gut=gut_page(store, today=today, age_years=_age(store, today)),
    )


def _age(store: Store, today: dt.date) -> float | None:
    found = current_scores(store, today=today).get("age_years")
    return None if found is None else found.value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What a report shows of the last trial."""

    design: DesignSummary | None = None
    trial: TrialSummary | None = None
    verdict: Verdict | None = None
    instrument: Instrument = Instrument.DIARY
    notes: tuple[str, ...] = ()


def last_season(store: Store) -> TrialRecord | None:
    """Return the season under way, else the one that ended last, else None."""
    every = kept_trials(store)
    under_way = running_trial(store)
    if under_way is not None:
        return under_way.record
    return every[-1].record if every else None


def _finished(store: Store, plan: TrialPlan | None) -> _Shown:
    if plan is None:
        return _Shown()
    answer = result(store, plan)
    return _Shown(design=_design(plan), trial=_told(answer), verdict=answer.verdict, instrument=plan.instrument)


def _season(record: TrialRecord) -> _Shown:
    """Return what may be shown of a season: before the lock nothing that depends on the order."""
    plan = record.plan
    if record.state is TrialState.KEY_LOST:
        text = f"The trial of {plan.option_name} ended unblinded by key loss: its order is unknown, its data are kept."
        return _Shown(instrument=plan.instrument, notes=(text,))
    if record.state is not TrialState.LOCKED:
        return _Shown(design=_sealed_design(record), instrument=plan.instrument)
    try:
        answer = season_result(record)
    except DesignError as error:
        return _Shown(design=_sealed_design(record), instrument=plan.instrument, notes=(str(error),))
    early = record.opened_early
    return _Shown(
        design=replace(
            _design(record.trial_plan()),
            opened_early=early,
            blinded=plan.blinded,
            veil_lifted=veil_lifted_on(record) is not None,
        ),
        trial=_season_trial(answer),
        verdict=answer.verdict,
        instrument=plan.instrument,
    )


def _sealed_design(record: TrialRecord) -> DesignSummary:
    plan = record.plan
    arms = record.order.arms if record.order is not None else (None,) * plan.n_bottles
    starts = (plan.date_of(end - plan.bottle_nights + 1) for end in plan.ends)
    return DesignSummary(
        outcome=plan.outcome,
        instrument=plan.instrument,
        unit=plan.outcome.unit,
        option_name=plan.option_name,
        n_nights=plan.n_nights,
        periods=tuple(
            PeriodDates(start=start, n_nights=plan.bottle_nights, arm=arm)
            for start, arm in zip(starts, arms, strict=True)
        ),
        useful=plan.useful,
        threshold=plan.threshold,
        blinded=plan.blinded,
        randomised=True,
        opened_early=record.opened_early,
        veil_lifted=veil_lifted_on(record) is not None,
        under_way=record.state not in (TrialState.LOCKED, TrialState.KEY_LOST) and not record.opened_early,
    )


def _season_trial(answer: SeasonResult) -> TrialSummary:
    return replace(
        _told(answer),
        guesses_right=answer.guesses_right if answer.guesses else None,
        guesses=answer.guesses or None,
    )


def last_trial(store: Store) -> TrialPlan | None:
    """Return the finished trial saved last that was no season of its own log, or None."""
    documents = [document for document in store.trials.list() if document.body.get("schema") != SEASON]
    if not documents:
        return None
    latest = max(documents, key=lambda d: (d.at, d.trial_id))
    return from_document(latest.body, where=f"trial {latest.trial_id}")


def _design(plan: TrialPlan) -> DesignSummary:
    return DesignSummary(
        outcome=plan.outcome,
        instrument=plan.instrument,
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


def _told(answer: Result | SeasonResult) -> TrialSummary:
    """Return what a trial of either kind tells."""
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
