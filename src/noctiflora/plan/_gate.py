"""From answers to open and closed doors.

What each action code does where its gate fires (the answer is yes or not sure, or the score says so):

=================== ========================== ===================================== =========
code                door                       lifted by a clinician's agreement     urgency
=================== ========================== ===================================== =========
block               closed                     no                                    advised
block_part          closed                     no                                    advised
clinician_first     needs a clinician's word   yes                                   advised
clinician_urgent    needs a clinician's word   yes                                   urgent
clinician_prompt    needs a clinician's word   yes                                   prompt
clinician_advised   needs a clinician's word   yes                                   advised
warn                open, with a warning       nothing to lift                       warn
note                open, with a note          nothing to lift                       note
stop_block          closed                     no                                    prompt
stop_seek_care      closed                     no                                    urgent
stop_crisis         closed, and all else too   no                                    crisis
=================== ========================== ===================================== =========

An action touches only the scopes and tags its row names. A question that is unanswered or stale closes what it
touches, except for light, timing and CBT-I, which only a crisis closes: their tags stay open with a note to ask first.
Questions during a trial close nothing until they fire, and what fired does not grow stale.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from noctiflora.core import GateClosed, RangeError
from noctiflora.evidence import REVIEWED_BY_CLINICIAN, OptionTag, SafetyAction, SafetyEffect, SafetyPhase, SafetyRule
from noctiflora.plan._gate_record import Answer, Door, GateReport, GateState, Reply, Scope

DOOR_OF: Mapping[SafetyAction, Door] = MappingProxyType(
    {
        SafetyAction.BLOCK: Door.CLOSED,
        SafetyAction.BLOCK_PART: Door.CLOSED,
        SafetyAction.CLINICIAN_FIRST: Door.CLINICIAN,
        SafetyAction.CLINICIAN_URGENT: Door.CLINICIAN,
        SafetyAction.CLINICIAN_PROMPT: Door.CLINICIAN,
        SafetyAction.CLINICIAN_ADVISED: Door.CLINICIAN,
        SafetyAction.WARN: Door.OPEN,
        SafetyAction.NOTE: Door.OPEN,
        SafetyAction.STOP_BLOCK: Door.CLOSED,
        SafetyAction.STOP_SEEK_CARE: Door.CLOSED,
        SafetyAction.STOP_CRISIS: Door.CLOSED,
    }
)
URGENCY_OF: Mapping[SafetyAction, str] = MappingProxyType(
    {
        SafetyAction.BLOCK: "advised",
        SafetyAction.BLOCK_PART: "advised",
        SafetyAction.CLINICIAN_FIRST: "advised",
        SafetyAction.CLINICIAN_URGENT: "urgent",
        SafetyAction.CLINICIAN_PROMPT: "prompt",
        SafetyAction.CLINICIAN_ADVISED: "advised",
        SafetyAction.WARN: "warn",
        SafetyAction.NOTE: "note",
        SafetyAction.STOP_BLOCK: "prompt",
        SafetyAction.STOP_SEEK_CARE: "urgent",
        SafetyAction.STOP_CRISIS: "crisis",
    }
)
OPEN_UNASKED = frozenset({OptionTag.RESTRICTS_SLEEP, OptionTag.BRIGHT_LIGHT})
"""Tags of light and CBT-I: a missing answer leaves them open, with a note to ask first."""
URGENCIES = ("crisis", "urgent", "prompt", "advised", "warn", "note", "")
_STRICTNESS = (Door.OPEN, Door.CLINICIAN, Door.CLOSED)
_CLOCK_SLACK_DAYS = 1
"""An answer may be dated this far ahead, as dates are local (assumed; range 0 to 1)."""


def stricter(first: Door, second: Door) -> Door:
    """Return the stricter of two doors.

    Examples
    --------
    >>> stricter(Door.OPEN, Door.CLINICIAN).value
    "needs a clinician's word"
    """
    return max(first, second, key=_STRICTNESS.index)


def gate(
    rules: Sequence[SafetyRule],
    answers: Iterable[Answer],
    *,
    today: dt.date,
    scores: Mapping[str, float] | None = None,
) -> GateReport:
    """Return how every kind of thing to try stands after the safety questions.

    Parameters
    ----------
    rules : sequence of SafetyRule
        The safety table.
    answers : iterable of Answer
        All answers ever given; the latest of a question counts, and of two on one day the one
        given later in the sequence. Answers to questions the table no longer holds are ignored.
    today : date
        Answers older than the question's validity are stale, and count as not given.
    scores : mapping of str to float, optional
        Questionnaire scores by name (``"phq9"``, ``"epworth"`` ...). A score that fires counts as
        yes whatever was answered; one that does not counts as no where nothing was answered.

    Returns
    -------
    GateReport
        Doors per scope and per tag, the strictest over all gates.

    Raises
    ------
    GateClosed
        If there are no rules: without questions nothing may open.
    RangeError
        If a score lies outside its questionnaire's range.
    """
    if not rules:
        raise GateClosed("there are no safety questions to go by", where="rules", do="load the safety table")
    scores = scores or {}
    _check_scores(rules, scores)
    latest = _latest(answers, today)
    states = tuple(_state(rule, latest.get(rule.gate_id), today, scores) for rule in rules)
    crisis = any(state.urgency == "crisis" for state in states)
    doors = dict.fromkeys(Scope, Door.OPEN)
    tags: dict[str, Door] = {}
    for state in states:
        for scope, door in state.doors.items():
            doors[scope] = stricter(doors[scope], door)
        for tag, door in state.tags.items():
            tags[tag] = stricter(tags.get(tag, Door.OPEN), door)
    if crisis:
        doors = dict.fromkeys(Scope, Door.CLOSED)
        tags = dict.fromkeys(tags, Door.CLOSED)
    unanswered = tuple(
        state.gate_id
        for rule, state in zip(rules, states, strict=True)
        if state.reply is None and rule.phase is not SafetyPhase.DURING
    )
    return GateReport(
        states=states,
        doors=MappingProxyType(doors),
        tags=MappingProxyType(tags),
        crisis=crisis,
        unanswered=unanswered,
        reviewed_by_clinician=REVIEWED_BY_CLINICIAN,
    )


def standing_reply(
    rule: SafetyRule, answer: Answer | None, today: dt.date, scores: Mapping[str, float]
) -> Reply | None:
    """Return what counts as the answer to one question today; None where it is still to be asked."""
    given = answer.reply if answer is not None and not _is_stale(rule, answer, today) else None
    if rule.score is None or rule.score.name not in scores:
        return given
    if rule.score.fires(scores[rule.score.name]):
        return Reply.YES
    return Reply.NO if given is None else given


def _is_stale(rule: SafetyRule, answer: Answer, today: dt.date) -> bool:
    age = (today - answer.date).days
    return age < -_CLOCK_SLACK_DAYS or (rule.valid_days is not None and age > rule.valid_days)


def _latest(answers: Iterable[Answer], today: dt.date) -> dict[str, Answer]:
    latest: dict[str, Answer] = {}
    for answer in answers:
        if (answer.date - today).days > _CLOCK_SLACK_DAYS:
            continue
        before = latest.get(answer.gate_id)
        if before is None or answer.date >= before.date:
            latest[answer.gate_id] = answer
    return latest


def _check_scores(rules: Sequence[SafetyRule], scores: Mapping[str, float]) -> None:
    for rule in rules:
        if rule.score is None or rule.score.name not in scores:
            continue
        value = scores[rule.score.name]
        if not math.isfinite(value) or not rule.score.low <= value <= rule.score.high:
            raise RangeError(
                f"this score goes from {rule.score.low:g} to {rule.score.high:g}",
                where=f"scores, {rule.score.name}",
                found=f"{value:g}",
                do="enter the number on the questionnaire, or leave it out",
            )


def _state(rule: SafetyRule, answer: Answer | None, today: dt.date, scores: Mapping[str, float]) -> GateState:
    reply = standing_reply(rule, answer, today, scores)
    fired = reply in (Reply.YES, Reply.NOT_SURE)
    agreed = fired and answer is not None and answer.clinician_agreed and not _is_stale(rule, answer, today)
    doors: dict[Scope, Door] = {}
    tags: dict[str, Door] = {}
    for effect in rule.effects:
        door = _door(rule, effect, reply, agreed=agreed)
        for scope in effect.scopes:
            kind = Scope(scope.value)
            doors[kind] = stricter(doors.get(kind, Door.OPEN), door)
        for tag in effect.tags:
            held = Door.OPEN if reply is None and tag in OPEN_UNASKED else door
            tags[tag.value] = stricter(tags.get(tag.value, Door.OPEN), held)
    return GateState(
        gate_id=rule.gate_id,
        question=rule.question,
        reply=reply,
        doors=MappingProxyType(doors),
        tags=MappingProxyType(tags),
        message=rule.message if fired else "",
        urgency=_urgency(rule) if fired else "",
        sources=rule.sources,
        answered=None if answer is None or _is_stale(rule, answer, today) else answer.date,
    )


def _door(rule: SafetyRule, effect: SafetyEffect, reply: Reply | None, *, agreed: bool) -> Door:
    if reply is None:
        return Door.OPEN if rule.phase is SafetyPhase.DURING else Door.CLOSED
    if reply is Reply.NO:
        return Door.OPEN
    door = DOOR_OF[effect.action]
    return Door.OPEN if door is Door.CLINICIAN and agreed else door


def _urgency(rule: SafetyRule) -> str:
    return min((URGENCY_OF[effect.action] for effect in rule.effects), key=URGENCIES.index)
