"""Plan: safety gates, findings and options."""

from noctiflora.plan._finding import Finding, Group
from noctiflora.plan._gate_record import Answer, Door, GateReport, GateState, Reply, Scope
from noctiflora.plan._option import Blinding, Option

__all__ = [
    "Answer",
    "Blinding",
    "Door",
    "Finding",
    "GateReport",
    "GateState",
    "Group",
    "Option",
    "Reply",
    "Scope",
]
