"""Lists what is worth trying, with the effect that trials lead one to expect."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.actions._answer_gates import review_gates
from noctiflora.actions._gather_evidence import gather_evidence
from noctiflora.actions._remember import change_stamp, remember
from noctiflora.actions._set_costs import kept_costs
from noctiflora.core import Instrument, Outcome, Predictive, Source
from noctiflora.evidence import Evidence, OptionEntry, grade, load_options, pool, predictive
from noctiflora.plan import GateReport, Option, Scope, rank
from noctiflora.store import Store
from noctiflora.trial import USEFUL

STRAINS = frozenset({Scope.LIVE.value, Scope.KILLED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionList:
    """The options with what they were judged by.

    Parameters
    ----------
    options : tuple of Option
        In the order in which they are shown.
    gates : GateReport
        How the safety questions stand.
    outcome, instrument : Outcome, Instrument
        What the expected effects are about.
    useful : float
        The amount taken as worth it, in the outcome's unit.
    useful_source : Source
        Where that amount comes from.
    """

    options: tuple[Option, ...]
    gates: GateReport
    outcome: Outcome
    instrument: Instrument
    useful: float
    useful_source: Source


def list_options(
    store: Store,
    *,
    today: dt.date,
    outcome: Outcome = Outcome.EFFICIENCY,
    instrument: Instrument = Instrument.DIARY,
    useful: float | None = None,
) -> OptionList:
    """Return all options; what the safety questions close stands last, with the reason.

    Parameters
    ----------
    store : Store
        Holds the answers to the safety questions, scores and costs.
    today : date
        By which answers are fresh or stale.
    outcome, instrument : Outcome, Instrument
        What the effects are about; by default the diary's sleep efficiency.
    useful : float, optional
        Smallest amount worth it; `trial.USEFUL` by default.
    """
    what = ("options", today, outcome, instrument, useful)
    return remember(
        store, what, change_stamp(store), lambda: _listed(store, today, outcome, instrument=instrument, useful=useful)
    )


def _listed(
    store: Store, today: dt.date, outcome: Outcome, *, instrument: Instrument, useful: float | None
) -> OptionList:
    evidence, entries = gather_evidence(store), load_options()
    gates = review_gates(store, today=today)
    amount = USEFUL[outcome].value if useful is None else useful
    options = rank(
        entries,
        gates,
        effects=expected_effects(evidence, entries, outcome, instrument),
        useful=amount,
        default_effect=predictive(evidence, None, outcome, instrument),
        certainty=_certainty(evidence, entries),
        costs=kept_costs(store),
    )
    own = Source(ref="assumed", note="named by the person")
    return OptionList(
        options=options,
        gates=gates,
        outcome=outcome,
        instrument=instrument,
        useful=amount,
        useful_source=USEFUL[outcome].source if useful is None else own,
    )


def expected_effects(
    evidence: Evidence, entries: tuple[OptionEntry, ...], outcome: Outcome, instrument: Instrument
) -> dict[str, Predictive]:
    """Return the expected effect of each option that the pooled trials speak of, by option key."""
    return {
        entry.key: predictive(evidence, entry.evidence_key, outcome, instrument)
        for entry in entries
        if entry.evidence_key
    }


def _certainty(evidence: Evidence, entries: tuple[OptionEntry, ...]) -> dict[str, int]:
    pooled = {strain.key.name: strain for strain in pool(evidence).strains}
    return {
        entry.key: grade(evidence, pooled[entry.evidence_key]).level
        for entry in entries
        if entry.evidence_key in pooled
    }
