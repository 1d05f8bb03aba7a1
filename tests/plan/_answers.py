"""Answers and reports that the tests of plan share."""

import datetime as dt

from noctiflora.evidence import load_safety
from noctiflora.plan._gate_record import Answer, Reply

TODAY = dt.date(2026, 3, 1)
RULES = load_safety()


def answer(gate_id: str, reply: Reply, *, days_ago: int = 0, agreed: bool = False) -> Answer:
    return Answer(gate_id=gate_id, reply=reply, date=TODAY - dt.timedelta(days=days_ago), clinician_agreed=agreed)


def all_no(*but: Answer) -> tuple[Answer, ...]:
    """Return no to everything, except for the answers given."""
    special = {a.gate_id: a for a in but}
    return tuple(special.get(rule.gate_id, answer(rule.gate_id, Reply.NO)) for rule in RULES)
