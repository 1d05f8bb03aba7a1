"""The report as plain data: the contract of ``report.json``."""

import math
from collections.abc import Iterable

from noctiflora.core import Predictive, Source
from noctiflora.plan import Finding, GateReport, Option
from noctiflora.report._answer import answer
from noctiflora.report._data import DesignSummary, EvidenceSummary, Interval, ReportData, TrialSummary
from noctiflora.report._effect import measure_of
from noctiflora.report._gut import gut_dict
from noctiflora.report._measures import key_measures
from noctiflora.report._sources import SourceList, collect
from noctiflora.report._veil import Shown, shown
from noctiflora.report._what_if import what_if_dict
from noctiflora.sleep import Summary, night_dict, summarise
from noctiflora.trial import Posterior, Verdict, posterior_dict

SCHEMA = 1
"""Version of this form."""
Json = dict[str, object]


def report_dict(data: ReportData) -> Json:
    """Return the report as nested plain values; unknown is None, and no number is NaN.

    Sources are numbered as in the page; a record names them by number. While a trial is sealed,
    its nights but for the last seven are left out, as on the page; in a crisis so is everything
    but the gates.

    Examples
    --------
    >>> import datetime as dt
    >>> report_dict(ReportData(person="A.", made_up=True, generated_on=dt.date(2026, 8, 2)))["schema"]
    1
    """
    crisis = data.gates is not None and data.gates.crisis
    sources, view = collect(data), shown(data)
    measure = measure_of(data.outcome if data.design is None else data.design.outcome, view.summed)
    plain = _plain(
        {
            "schema": SCHEMA,
            "person": data.person,
            "made_up": data.made_up,
            "generated_on": data.generated_on.isoformat(),
            "answer": None if crisis else answer(data, measure),
            "nights": None if crisis else _nights(view),
            "findings": [] if crisis else [_finding(f, sources) for f in data.findings],
            "gates": [] if data.gates is None else _gates(data.gates, sources),
            "doors": {} if data.gates is None else {s.value: d.value for s, d in data.gates.doors.items()},
            "reviewed_by_clinician": None if data.gates is None else data.gates.reviewed_by_clinician,
            "options": [] if crisis else [_option(o, sources) for o in data.options],
            "evidence": None if crisis or data.evidence is None else _evidence(data.evidence, sources),
            "design": None if crisis or data.design is None else _design(data.design),
            "trial": None if crisis or data.trial is None else _trial(data.trial),
            "verdict": None if crisis or data.verdict is None else _verdict(data.verdict),
            "what_if": None
            if crisis or data.what_if is None
            else what_if_dict(data.what_if, lambda given: _cited(sources, given)),
            "gut": None if crisis or data.gut is None else gut_dict(data.gut),
            "import_notes": list(data.import_notes),
            "sources": [_source(n.number, n.source) for n in sources],
        }
    )
    assert isinstance(plain, dict)
    return plain


def _plain(value: object) -> object:
    """Return `value` with every number that is not finite as None."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    raise TypeError(f"{type(value).__name__} is not a plain value")


def _nights(view: Shown) -> Json:
    summary = summarise(view.summed, naps=view.naps)
    return {
        "n_nights": summary.n_nights,
        "n_naps": len(view.naps),
        "n_veiled": view.veiled,
        "first": None if summary.first is None else summary.first.isoformat(),
        "last": None if summary.last is None else summary.last.isoformat(),
        "missing_nights": summary.missing_nights,
        "median": _medians(summary),
        "measures": {
            m.key: {"name": m.name, "value": m.value, "detail": m.detail} for m in key_measures(view.summed, view.naps)
        },
        "sources": dict(summary.sources),
        "list": [night_dict(n) for n in view.drawn],
    }


def _medians(summary: Summary) -> Json:
    spreads = {
        "tst_min": summary.tst_min,
        "se_pct": summary.se_pct,
        "sol_min": summary.sol_min,
        "waso_min": summary.waso_min,
    }
    return {
        **{name: None if s is None else s.median for name, s in spreads.items()},
        "midsleep_h": None if summary.midsleep is None else summary.midsleep.mean_h,
        "social_jetlag_h": summary.social_jetlag_h,
        "sri": None if summary.regularity is None else summary.regularity.sri,
    }


def _cited(sources: SourceList, given: Iterable[Source]) -> list[int]:
    return list(sources.numbers(given))


def _finding(finding: Finding, sources: SourceList) -> Json:
    return {
        "key": finding.key,
        "heading": finding.heading,
        "number": finding.number or None,
        "group": finding.group.value,
        "text": finding.text,
        "certainty": finding.certainty,
        "would_change": finding.would_change,
        "sources": _cited(sources, finding.sources),
    }


def _gates(gates: GateReport, sources: SourceList) -> list[Json]:
    return [
        {
            "gate_id": s.gate_id,
            "question": s.question,
            "reply": None if s.reply is None else s.reply.value,
            "doors": {scope.value: door.value for scope, door in s.doors.items()},
            "tags": {tag: door.value for tag, door in s.tags.items()},
            "message": s.message,
            "urgency": s.urgency,
            "sources": _cited(sources, s.sources),
        }
        for s in gates.states
    ]


def _option(option: Option, sources: SourceList) -> Json:
    return {
        "key": option.key,
        "name": option.name,
        "kind": option.kind.value,
        "tags": list(option.tags),
        "door": option.door.value,
        "door_reason": option.door_reason,
        "warnings": list(option.warnings),
        "dose": option.dose,
        "known": option.known,
        "not_known": option.not_known,
        "effect": None if option.effect is None else _predictive(option.effect),
        "blinding": option.blinding.value,
        "blinding_reason": option.blinding_reason,
        "certainty": option.certainty,
        "sources": _cited(sources, option.sources),
    }


def _predictive(found: Predictive) -> Json:
    return {
        "subject": found.subject,
        "outcome": found.outcome,
        "unit": found.unit,
        "higher_is_better": found.higher_is_better,
        "mean": found.mean,
        "sd": found.sd,
        "parts": [[p.weight, p.mean, p.sd] for p in found.parts],
        "p_benefit": found.p_better_than(0.0),
    }


def _evidence(evidence: EvidenceSummary, sources: SourceList) -> Json:
    return {
        "review": evidence.review,
        "n_trials": evidence.n_trials,
        "n_people": evidence.n_people,
        "review_psqi": _interval(evidence.review_psqi),
        "population_smd": _interval(evidence.population_smd),
        "predictive": None if evidence.predictive is None else _predictive(evidence.predictive),
        "psqi_sd": evidence.psqi_sd,
        "useful_psqi": evidence.useful_psqi,
        "note": evidence.note,
        "sources": _cited(sources, evidence.sources),
    }


def _interval(found: Interval | None) -> Json | None:
    if found is None:
        return None
    return {"mean": found.mean, "low": found.low, "high": found.high, "level": found.level}


def _design(design: DesignSummary) -> Json:
    return {
        "outcome": design.outcome.value,
        "unit": design.unit,
        "option": design.option_name,
        "n_nights": design.n_nights,
        "periods": [
            {"start": p.start.isoformat(), "n_nights": p.n_nights, "arm": None if p.arm is None else p.arm.value}
            for p in design.periods
        ],
        "useful": design.useful,
        "threshold": design.threshold,
        "blinded": design.blinded,
        "randomised": design.randomised,
        "opened_early": design.opened_early,
        "veil_lifted": design.veil_lifted,
    }


def _trial(trial: TrialSummary) -> Json:
    return {
        "posterior": _posterior(trial.posterior),
        "sceptical": None if trial.sceptical is None else _posterior(trial.sceptical),
        "vague": None if trial.vague is None else _posterior(trial.vague),
        "prior": None if trial.prior is None else _predictive(trial.prior),
        "prior_weight": trial.prior_weight,
        "vague_sd": trial.vague_sd,
        "sceptical_sd": trial.sceptical_sd,
        "seed": trial.seed,
        "doses_taken": trial.doses_taken,
        "doses_planned": trial.doses_planned,
        "guesses_right": trial.guesses_right,
        "guesses": trial.guesses,
        "series": [{"date": n.date.isoformat(), "y": n.y, "dose": n.dose} for n in trial.series],
    }


def _posterior(found: Posterior) -> Json:
    return {
        **posterior_dict(found),
        "status": found.status.value,
        "useful": found.useful,
        "higher_is_better": found.higher_is_better,
        "notes": list(found.notes),
    }


def _verdict(verdict: Verdict) -> Json:
    return {
        "word": None if verdict.word is None else verdict.word.value,
        "reason": verdict.reason,
        "threshold": verdict.threshold,
        "p_benefit_evidence": verdict.p_benefit_evidence,
        "p_useful_evidence": verdict.p_useful_evidence,
        "p_benefit_sceptical": verdict.p_benefit_sceptical,
        "p_benefit_vague": verdict.p_benefit_vague,
    }


def _source(k: int, source: Source) -> Json:
    return {"number": k, "ref": source.ref, "note": source.note, "url": source.url, "assumed": source.is_assumed}
