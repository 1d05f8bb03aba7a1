"""What a safety question can answer, and where that leaves each kind of thing to try."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.core import Source


class Scope(StrEnum):
    """What a gate applies to."""

    LIVE = "live probiotics"
    KILLED = "heat-killed probiotics"
    FIBRE = "prebiotics and fermentable fibre"
    SUPPLEMENT = "other supplements"
    SLEEP_RESTRICTION = "sleep restriction"
    BEHAVIOUR = "light, timing and CBT-I"
    TRIAL_START = "starting a personal trial"


class Door(StrEnum):
    """How a scope stands after the gates."""

    OPEN = "open"
    CLINICIAN = "needs a clinician's word"
    CLOSED = "closed"


class Reply(StrEnum):
    """What a person may answer; NOT_SURE counts as YES until cleared."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to one gate question.

    Parameters
    ----------
    gate_id : str
        ``S01`` and so on.
    reply : Reply
        The answer.
    date : date
        When it was given; stale answers are asked anew.
    clinician_agreed : bool
        Whether the person states that a clinician agreed.
    """

    gate_id: str
    reply: Reply
    date: dt.date
    clinician_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GateState:
    """One gate after its answer.

    Parameters
    ----------
    gate_id, question : str
        Which gate and how it is asked.
    reply : Reply or None
        None where unanswered or stale.
    doors : mapping of Scope to Door
        Only scopes this gate touches.
    tags : mapping of str to Door
        Option tags this gate touches (for example ``"histamine producer"``).
    message : str
        What to tell the person if the gate fired; empty otherwise.
    urgency : str
        ``"crisis"``, ``"urgent"``, ``"prompt"``, ``"advised"``, ``"warn"``, ``"note"`` or ``""``.
    sources : tuple of Source
        Why this gate exists.
    answered : date or None
        When the answer that counts was given; None where there is none, or a score stands in for it.
    """

    gate_id: str
    question: str
    reply: Reply | None
    doors: Mapping[Scope, Door]
    tags: Mapping[str, Door]
    message: str
    urgency: str
    sources: tuple[Source, ...]
    answered: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """All gates together.

    Parameters
    ----------
    states : tuple of GateState
        One per gate, in table order.
    doors : mapping of Scope to Door
        The strictest door over all gates, for every scope.
    tags : mapping of str to Door
        The strictest door over all gates, per option tag.
    crisis : bool
        Whether crisis help replaces everything else.
    unanswered : tuple of str
        Ids still to be asked.
    reviewed_by_clinician : bool
        False until a clinician has reviewed the table.
    """

    states: tuple[GateState, ...]
    doors: Mapping[Scope, Door]
    tags: Mapping[str, Door]
    crisis: bool
    unanswered: tuple[str, ...]
    reviewed_by_clinician: bool
