"""Questions come in groups, one a page, and only while they are due."""

from noctiflora.evidence import QuestionPage, SafetyPhase
from noctiflora.plan._gate_record import Reply
from noctiflora.plan._questions import questions

from ._answers import RULES, TODAY, all_no, answer


def ids(groups) -> list[str]:
    return [rule.gate_id for group in groups for rule in group.rules]


def test_all_are_due_at_first_once_each_and_mood_comes_first() -> None:
    groups = questions(RULES, [], TODAY)
    assert sorted(ids(groups)) == sorted(r.gate_id for r in RULES if r.phase is not SafetyPhase.DURING)
    assert groups[0].page is QuestionPage.MOOD
    assert [g.phase for g in groups] == sorted((g.phase for g in groups), key=list(SafetyPhase).index)
    assert max(len(g.rules) for g in groups) <= 9


def test_none_is_due_after_fresh_answers() -> None:
    assert questions(RULES, all_no(), TODAY) == ()


def test_a_stale_answer_is_due_again() -> None:
    rest = [a for a in all_no() if a.gate_id != "S17"]
    assert ids(questions(RULES, [*rest, answer("S17", Reply.NO, days_ago=15)], TODAY)) == ["S17"]


def test_a_score_spares_the_question() -> None:
    rest = [a for a in all_no() if a.gate_id not in ("S27", "S28")]
    assert questions(RULES, rest, TODAY, scores={"apnoea_check": 1}) == ()


def test_questions_during_a_trial_come_daily_and_only_when_asked_for() -> None:
    during = (SafetyPhase.DURING,)
    yesterday = answer("S41", Reply.NO, days_ago=1)
    all_of_them = ids(questions(RULES, [yesterday], TODAY, phases=during))
    assert all_of_them == [r.gate_id for r in RULES if r.phase is SafetyPhase.DURING]
    assert ids(questions(RULES, [answer("S41", Reply.NO)], TODAY, phases=during)) == all_of_them[1:]


def test_only_the_phase_asked_for() -> None:
    before = questions(RULES, [], TODAY, phases=(SafetyPhase.BEFORE_TRIAL,))
    assert {g.phase for g in before} == {SafetyPhase.BEFORE_TRIAL}
    assert "S22" in ids(before)
