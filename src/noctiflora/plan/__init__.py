"""Plan: safety gates, findings and options."""

from noctiflora.plan._find import find
from noctiflora.plan._find_pathways import find_pathways
from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._gain import LEVEL, Gain, gain
from noctiflora.plan._gate import DOOR_OF, gate
from noctiflora.plan._gate_record import Answer, Door, GateReport, GateState, Reply, Scope
from noctiflora.plan._option import Blinding, Option, Standing
from noctiflora.plan._pathway import Direction, Moved, Observed, PathwayFinding, Signal, Unseen
from noctiflora.plan._questions import BEFORE, QuestionGroup, questions
from noctiflora.plan._rank import ORDER, messages, rank

__all__ = [
    "BEFORE",
    "DOOR_OF",
    "LEVEL",
    "ORDER",
    "Answer",
    "Blinding",
    "Direction",
    "Door",
    "Finding",
    "Gain",
    "GateReport",
    "GateState",
    "Group",
    "Moved",
    "Observed",
    "Option",
    "PathwayFinding",
    "QuestionGroup",
    "Reply",
    "Scope",
    "Signal",
    "Standing",
    "Unseen",
    "find",
    "find_pathways",
    "gain",
    "gate",
    "messages",
    "questions",
    "rank",
]
