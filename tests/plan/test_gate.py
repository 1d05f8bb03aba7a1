"""Each gate closes and passes; what lifts, what grows stale, and what never closes."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import GateClosed, RangeError
from noctiflora.evidence import OptionTag, SafetyAction, SafetyPhase, SafetyScope
from noctiflora.plan._gate import DOOR_OF, OPEN_UNASKED, URGENCIES, URGENCY_OF, gate, standing_reply, stricter
from noctiflora.plan._gate_record import Answer, Door, Reply, Scope

from ._answers import RULES, TODAY, all_no, answer

BY_ID = {rule.gate_id: rule for rule in RULES}
SOFT = {SafetyAction.WARN, SafetyAction.NOTE}
CLINICIAN = {action for action, door in DOOR_OF.items() if door is Door.CLINICIAN}


def state_of(gate_id: str, *answers: Answer, scores: dict[str, float] | None = None):
    report = gate(RULES, answers, today=TODAY, scores=scores)
    return next(s for s in report.states if s.gate_id == gate_id)


def targets(state) -> dict[str, Door]:
    return {**{scope.value: door for scope, door in state.doors.items()}, **state.tags}


def test_plan_and_evidence_speak_of_the_same_scopes() -> None:
    assert [s.value for s in Scope] == [s.value for s in SafetyScope]


def test_the_tables_of_codes_are_whole() -> None:
    assert set(DOOR_OF) == set(URGENCY_OF) == set(SafetyAction)
    assert set(URGENCY_OF.values()) <= set(URGENCIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
@pytest.mark.parametrize("reply", [Reply.YES, Reply.NOT_SURE])
def test_each_gate_acts_on_yes_and_on_not_sure(rule, reply: Reply) -> None:
    state = state_of(rule.gate_id, answer(rule.gate_id, reply))
    assert state.message == rule.message
    assert state.urgency
    expected: dict[str, Door] = {}
    for effect in rule.effects:
        for target in (*effect.scopes, *effect.tags):
            expected[target.value] = stricter(expected.get(target.value, Door.OPEN), DOOR_OF[effect.action])
    assert targets(state) == expected
    if any(effect.action not in SOFT for effect in rule.effects):
        assert set(targets(state).values()) != {Door.OPEN}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_each_gate_passes_on_no(rule) -> None:
    state = state_of(rule.gate_id, answer(rule.gate_id, Reply.NO))
    assert set(targets(state).values()) == {Door.OPEN}
    assert (state.message, state.urgency) == ("", "")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_unanswered_closes_what_it_touches_and_no_more(rule) -> None:
    report = gate(RULES, all_no(), today=TODAY)
    assert set(report.doors.values()) == {Door.OPEN}
    without = [a for a in all_no() if a.gate_id != rule.gate_id]
    report = gate(RULES, without, today=TODAY)
    touched = {s.value for e in rule.effects for s in e.scopes}
    touched |= {t.value for e in rule.effects for t in e.tags if t not in OPEN_UNASKED}
    closed = {s.value for s, d in report.doors.items() if d is Door.CLOSED}
    closed |= {t for t, d in report.tags.items() if d is Door.CLOSED}
    during = rule.phase is SafetyPhase.DURING
    assert closed == (set() if during else touched)
    assert report.unanswered == (() if during else (rule.gate_id,))
    assert report.doors[Scope.BEHAVIOUR] is Door.OPEN


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.gate_id)
def test_agreement_lifts_clinician_codes_only(rule) -> None:
    state = state_of(rule.gate_id, answer(rule.gate_id, Reply.YES, agreed=True))
    for effect in rule.effects:
        for target in (*effect.scopes, *effect.tags):
            door = DOOR_OF[effect.action]
            if door is Door.CLOSED:
                assert targets(state)[target.value] is Door.CLOSED
            elif len(rule.effects) == 1:
                assert targets(state)[target.value] is Door.OPEN


@pytest.mark.parametrize("rule", [r for r in RULES if r.valid_days], ids=lambda r: r.gate_id)
def test_a_stale_answer_is_asked_anew(rule) -> None:
    fresh = answer(rule.gate_id, Reply.NO, days_ago=rule.valid_days)
    stale = answer(rule.gate_id, Reply.NO, days_ago=rule.valid_days + 1)
    assert state_of(rule.gate_id, fresh).reply is Reply.NO
    assert state_of(rule.gate_id, fresh).answered == fresh.date
    assert state_of(rule.gate_id, stale).answered is None
    assert state_of(rule.gate_id, stale).reply is None
    agreed = answer(rule.gate_id, Reply.YES, days_ago=rule.valid_days + 1, agreed=True)
    held = {t: d for t, d in targets(state_of(rule.gate_id, agreed)).items() if t not in OPEN_UNASKED}
    assert set(held.values()) <= {Door.CLOSED}


@pytest.mark.parametrize("gate_id", [r.gate_id for r in RULES if r.phase is SafetyPhase.DURING])
def test_what_fired_during_a_trial_does_not_grow_stale(gate_id: str) -> None:
    fresh = gate(RULES, all_no(answer(gate_id, Reply.YES)), today=TODAY)
    old = gate(RULES, all_no(answer(gate_id, Reply.YES, days_ago=900)), today=TODAY)
    assert old.doors == fresh.doors
    assert old.doors[Scope.LIVE] is not Door.OPEN
    cleared = gate(RULES, [*all_no(answer(gate_id, Reply.YES, days_ago=900)), answer(gate_id, Reply.NO)], today=TODAY)
    assert cleared.doors[Scope.LIVE] is Door.OPEN


@pytest.mark.parametrize("gate_id", ["S41", "S42", "S49", "S53"])
def test_danger_signs_stop_and_no_word_of_a_clinician_lifts_them(gate_id: str) -> None:
    report = gate(RULES, all_no(answer(gate_id, Reply.NOT_SURE, agreed=True)), today=TODAY)
    assert report.doors[Scope.LIVE] is Door.CLOSED
    assert report.doors[Scope.TRIAL_START] is Door.CLOSED


@pytest.mark.parametrize("gate_id", ["S50", "S51", "S52"])
def test_a_new_symptom_medicine_or_pregnancy_waits_for_a_clinician(gate_id: str) -> None:
    waiting = gate(RULES, all_no(answer(gate_id, Reply.YES)), today=TODAY)
    assert {waiting.doors[s] for s in (Scope.LIVE, Scope.KILLED, Scope.FIBRE, Scope.SUPPLEMENT)} == {Door.CLINICIAN}
    lifted = gate(RULES, all_no(answer(gate_id, Reply.YES, agreed=True)), today=TODAY)
    assert set(lifted.doors.values()) == {Door.OPEN}


@pytest.mark.parametrize("reply", [Reply.YES, Reply.NOT_SURE])
def test_a_crisis_replaces_everything(reply: Reply) -> None:
    report = gate(RULES, all_no(answer("S24", reply, agreed=True)), today=TODAY)
    assert report.crisis
    assert set(report.doors.values()) == {Door.CLOSED}
    assert set(report.tags.values()) == {Door.CLOSED}
    assert gate(RULES, all_no(), today=TODAY, scores={"phq9_item9": 1}).crisis
    assert not gate(RULES, all_no(), today=TODAY, scores={"phq9_item9": 0}).crisis
    assert not gate(RULES, [], today=TODAY).crisis


def test_mania_closes_sleep_restriction_only_and_warns_of_cbt_i() -> None:
    report = gate(RULES, all_no(answer("S31", Reply.YES)), today=TODAY)
    assert [s for s, d in report.doors.items() if d is not Door.OPEN] == [Scope.SLEEP_RESTRICTION]
    assert report.tags[OptionTag.RESTRICTS_SLEEP.value] is Door.OPEN


def test_a_gate_on_live_strains_hides_nothing_else() -> None:
    report = gate(RULES, all_no(answer("S01", Reply.YES)), today=TODAY)
    assert [s for s, d in report.doors.items() if d is not Door.OPEN] == [Scope.LIVE]


def test_clinician_first_on_the_whole_product_leaves_behaviour() -> None:
    report = gate(RULES, all_no(answer("S25", Reply.YES)), today=TODAY)
    waiting = {s for s, d in report.doors.items() if d is Door.CLINICIAN}
    assert waiting == set(Scope) - {Scope.BEHAVIOUR, Scope.SLEEP_RESTRICTION}
    lifted = gate(RULES, all_no(answer("S25", Reply.YES, agreed=True)), today=TODAY)
    assert set(lifted.doors.values()) == {Door.OPEN}


@pytest.mark.parametrize(
    ("name", "value", "gate_id", "fires"),
    [
        ("phq9", 9, "S25", False),
        ("phq9", 10, "S25", True),
        ("gad7", 10, "S26", True),
        ("apnoea_check", 4, "S27", False),
        ("apnoea_check", 5, "S27", True),
        ("apnoea_check", 5, "S28", False),
        ("apnoea_check", 3, "S28", True),
        ("epworth", 11, "S29", True),
        ("age_years", 17, "S13", True),
        ("age_years", 18, "S13", False),
    ],
)
def test_scores_stand_in_for_answers(name: str, value: float, gate_id: str, fires: bool) -> None:
    expected = Reply.YES if fires else Reply.NO
    assert state_of(gate_id, scores={name: value}).reply is expected
    assert state_of(gate_id, answer(gate_id, Reply.NO), scores={name: value}).reply is expected


def test_a_low_score_does_not_overrule_a_yes() -> None:
    assert state_of("S25", answer("S25", Reply.YES), scores={"phq9": 2}).reply is Reply.YES


@pytest.mark.parametrize("value", [-1, 28, float("nan"), float("inf")])
def test_an_impossible_score_is_refused(value: float) -> None:
    with pytest.raises(RangeError, match="phq9"):
        gate(RULES, [], today=TODAY, scores={"phq9": value})


def test_no_rules_open_nothing() -> None:
    with pytest.raises(GateClosed):
        gate((), [], today=TODAY)


def test_the_latest_answer_counts_and_unknown_gates_are_ignored() -> None:
    older, newer = answer("S01", Reply.YES, days_ago=3), answer("S01", Reply.NO)
    assert state_of("S01", newer, older).reply is Reply.NO
    assert state_of("S01", answer("S01", Reply.YES), newer).reply is Reply.NO
    assert gate(RULES, [*all_no(), answer("S99", Reply.YES)], today=TODAY).doors[Scope.LIVE] is Door.OPEN


def test_an_answer_from_the_future_is_not_believed() -> None:
    ahead = Answer(gate_id="S01", reply=Reply.NO, date=TODAY + dt.timedelta(days=5))
    assert state_of("S01", ahead).reply is None
    assert state_of("S01", answer("S01", Reply.YES), ahead).reply is Reply.YES
    assert standing_reply(BY_ID["S01"], ahead, TODAY, {}) is None


def test_the_report_says_that_no_clinician_has_reviewed() -> None:
    assert not gate(RULES, [], today=TODAY).reviewed_by_clinician


REPLIES = st.lists(
    st.tuples(st.sampled_from([r.gate_id for r in RULES]), st.sampled_from(list(Reply)), st.integers(0, 400)),
    max_size=30,
)


@settings(max_examples=60)
@given(REPLIES)
def test_behaviour_stays_open_without_crisis(drawn) -> None:
    report = gate(RULES, [answer(i, r, days_ago=d) for i, r, d in drawn], today=TODAY)
    assert (report.doors[Scope.BEHAVIOUR] is Door.OPEN) != report.crisis


@settings(max_examples=60)
@given(REPLIES, st.sampled_from([r.gate_id for r in RULES if r.phase is not SafetyPhase.DURING]))
def test_a_no_never_closes_and_a_gap_never_opens(drawn, gate_id: str) -> None:
    rest = [answer(i, r, days_ago=d) for i, r, d in drawn if i != gate_id]
    order = [Door.OPEN, Door.CLINICIAN, Door.CLOSED]
    reports = {
        reply: gate(RULES, rest if reply is None else [*rest, answer(gate_id, reply)], today=TODAY)
        for reply in (None, Reply.NO, Reply.YES)
    }
    for scope in Scope:
        no, yes, gap = (order.index(reports[r].doors[scope]) for r in (Reply.NO, Reply.YES, None))
        assert no <= gap
        assert no <= yes


@settings(max_examples=40)
@given(REPLIES)
def test_the_same_answers_give_the_same_report(drawn) -> None:
    answers = [answer(i, r, days_ago=d) for i, r, d in drawn]
    assert gate(RULES, answers, today=TODAY) == gate(RULES, list(answers), today=TODAY)
