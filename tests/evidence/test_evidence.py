"""The loaded evidence is one record, and its tables agree with each other."""

import re

from noctiflora.core import Instrument, Outcome
from noctiflora.evidence import load
from noctiflora.evidence._vocabulary import Domain, NormKind, Significant


def test_loading_twice_gives_the_same_record() -> None:
    assert load() is load()


def test_counts_of_the_trials() -> None:
    trials = load().trials
    assert len({r.trial_id for r in trials}) == 86
    sleep = (Domain.SLEEP_SUBJECTIVE, Domain.SLEEP_OBJECTIVE)
    about_sleep = {r.trial_id for r in trials if r.outcome_domain in sleep or "Sleepiness" in r.outcome}
    assert len(about_sleep) == 56


def test_every_trial_has_a_strain_row_and_the_other_way_round() -> None:
    evidence = load()
    known = {r.trial_id for r in evidence.trials}
    listed = {t for s in evidence.strains for t in re.split(r"\s*;\s*", s.trial_ids or "") if t}
    assert listed == known


def test_every_derived_effect_belongs_to_a_trial_row() -> None:
    evidence = load()
    known = {(r.trial_id, r.outcome) for r in evidence.trials}
    assert {(e.trial_id, e.outcome) for e in evidence.derived_effects} <= known


def test_keys_are_unique() -> None:
    evidence = load()
    for keys in (
        [c.claim_id for c in evidence.claims],
        [n.norm_id for n in evidence.norms],
        [i.list_id for i in evidence.lists],
        [p.path_id for p in evidence.pathways],
        [q.q_id for q in evidence.questionnaires],
        [f"{s.species} {s.strain_id}" for s in evidence.strains],
    ):
        assert len(keys) == len(set(keys))


def test_scale_and_scope_are_given_for_subjective_sleep_and_nothing_else() -> None:
    for row in load().trials:
        assert (row.scale is not None) == (row.outcome_domain is Domain.SLEEP_SUBJECTIVE)
        assert (row.scope is None) == (row.scale is None)


def test_one_reference_spread_per_outcome_and_instrument() -> None:
    rows = [n for n in load().norms if n.reference_for is not None]
    assert all(n.kind is NormKind.SPREAD and n.between_sd for n in rows)
    pairs = [(n.outcome, n.reference_for) for n in rows]
    assert len(pairs) == len(set(pairs))
    wanted = {(o, i) for o in Outcome for i in Instrument} - {(Outcome.RATING, Instrument.WEARABLE)}
    assert set(pairs) == wanted


def test_open_faults_are_settled_with_their_reason() -> None:
    trials = load().trials
    for key in ("OMNIBIOTIC_STRESS_SLEEP", "RASTEGAR2024_POSTPARTUM"):
        row = next(r for r in trials if r.trial_id == key and r.outcome == "PSQI global")
        assert row.significant is Significant.NOT_REPORTED
        assert "Settled:" in (row.note or "")
    assert all(r.timepoint_days for r in trials if r.trial_id in {"TAKADA2017_LCS", "SBT2786_2024"})
    names = ";".join(r.strains for r in trials)
    assert "not in passage" not in names
    assert "HT-PS150" not in names
    assert "longum 04" not in names


def test_questions_are_answered_from_claims_and_their_sources() -> None:
    evidence = load()
    claims = {c.claim_id: c for c in evidence.claims}
    assert len({q.question_id for q in evidence.questions}) == len(evidence.questions) == 13
    for question in evidence.questions:
        rests_on = question.claim_ids.split("; ")
        assert set(rests_on) <= set(claims)
        known = {source.ref for name in rests_on for source in claims[name].sources}
        assert {source.ref for source in question.sources} <= known, question.question_id
