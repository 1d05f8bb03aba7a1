"""Signs of pathways in the answers to the safety questions."""

from collections.abc import Mapping
from types import MappingProxyType

from noctiflora.plan._day_signs import Sign
from noctiflora.plan._gate_record import GateReport, Reply
from noctiflora.plan._pathway import Direction

ASKED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "S08": ("GB4", "bacterial overgrowth, or brain fog with gas and bloating"),
        "S09": ("HI1", "not tolerating histamine"),
        "S20": ("DN2", "taking levodopa"),
        "S39": ("SE3", "a lasting change of bowel habit"),
    }
)
"""Safety questions that say something of a pathway: its row, and what was asked."""
NO_TELLS = frozenset({"S08", "S09"})
"""Questions of which a no points away; the others then simply do not apply."""


def answer_signs(gates: GateReport | None) -> tuple[Sign, ...]:
    """Return the signs in the answers that count today; none without a report."""
    found = []
    for state in gates.states if gates else ():
        if state.gate_id in ASKED and state.reply is not None:
            path_id, asked = ASKED[state.gate_id]
            direction = Direction.TOWARD if state.reply is Reply.YES else Direction.OPEN
            if state.reply is Reply.NO and state.gate_id in NO_TELLS:
                direction = Direction.AWAY
            found.append(Sign(path_id=path_id, seen=f"asked about {asked}: {state.reply.value}", direction=direction))
    return tuple(found)
