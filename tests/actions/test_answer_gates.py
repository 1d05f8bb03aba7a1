"""Answers: read as typed, kept, and gone stale."""

import datetime as dt

import pytest

from noctiflora.actions import answer_gates, open_questions, read_answer, review_gates
from noctiflora.core import RangeError
from noctiflora.evidence import load_safety
from noctiflora.plan import Answer, Reply
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def test_answers_are_kept_and_questions_end(store: Store) -> None:
    assert open_questions(store, today=TODAY)
    answers = [Answer(gate_id=rule.gate_id, reply=Reply.NO, date=TODAY) for rule in load_safety()]
    answer_gates(store, answers)
    assert not open_questions(store, today=TODAY)
    assert not review_gates(store, today=TODAY).unanswered


def test_old_answers_are_asked_anew(store: Store) -> None:
    answers = [Answer(gate_id=rule.gate_id, reply=Reply.NO, date=TODAY) for rule in load_safety()]
    answer_gates(store, answers)
    assert open_questions(store, today=TODAY + dt.timedelta(days=4000))


def test_an_answer_to_no_question_keeps_nothing(store: Store) -> None:
    good = Answer(gate_id=load_safety()[0].gate_id, reply=Reply.NO, date=TODAY)
    with pytest.raises(RangeError):
        answer_gates(store, [good, Answer(gate_id="S99", reply=Reply.NO, date=TODAY)])
    assert store.answers.history() == ()


def test_typed_answers() -> None:
    assert read_answer("s10=YES,clinician", today=TODAY).clinician_agreed
    assert read_answer("S10=not-sure", today=TODAY).reply is Reply.NOT_SURE
