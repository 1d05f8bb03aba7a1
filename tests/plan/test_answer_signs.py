"""Answers to safety questions as signs: yes points, no points away only where it can."""

import pytest

from noctiflora.evidence import load
from noctiflora.plan._answer_signs import ASKED, answer_signs
from noctiflora.plan._gate import gate
from noctiflora.plan._gate_record import Reply
from noctiflora.plan._pathway import Direction

from ._answers import RULES, TODAY, all_no, answer


def test_each_question_and_row_exists() -> None:
    assert set(ASKED) <= {rule.gate_id for rule in RULES}
    assert {path_id for path_id, _ in ASKED.values()} <= {row.path_id for row in load().pathways}


@pytest.mark.parametrize(
    ("gate_id", "reply", "direction"),
    [
        ("S09", Reply.YES, Direction.TOWARD),
        ("S09", Reply.NOT_SURE, Direction.OPEN),
        ("S09", Reply.NO, Direction.AWAY),
        ("S20", Reply.YES, Direction.TOWARD),
        ("S20", Reply.NO, Direction.OPEN),
    ],
)
def test_what_was_said_points(gate_id: str, reply: Reply, direction: Direction) -> None:
    found = answer_signs(gate(RULES, [answer(gate_id, reply)], today=TODAY))
    assert [(s.path_id, s.direction) for s in found] == [(ASKED[gate_id][0], direction)]


def test_unanswered_and_stale_say_nothing() -> None:
    assert answer_signs(None) == ()
    assert answer_signs(gate(RULES, [answer("S09", Reply.YES, days_ago=900)], today=TODAY)) == ()
    assert len(answer_signs(gate(RULES, all_no(), today=TODAY))) == len(ASKED)
