"""The safety questions still to be asked, one group a page."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from noctiflora.evidence import QuestionPage, SafetyPhase, SafetyRule
from noctiflora.plan._gate import gate
from noctiflora.plan._gate_record import Answer

BEFORE = (SafetyPhase.BEFORE_OPTIONS, SafetyPhase.BEFORE_TRIAL)
"""The phases asked by default; those during a trial are asked when one runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionGroup:
    """Questions that stand on one page.

    Parameters
    ----------
    phase : SafetyPhase
        When they are asked.
    page : QuestionPage
        Heading of the page.
    rules : tuple of SafetyRule
        The questions, in table order.
    """

    phase: SafetyPhase
    page: QuestionPage
    rules: tuple[SafetyRule, ...]


def questions(
    rules: Sequence[SafetyRule],
    answers: Iterable[Answer],
    today: dt.date,
    *,
    scores: Mapping[str, float] | None = None,
    phases: Collection[SafetyPhase] = BEFORE,
) -> tuple[QuestionGroup, ...]:
    """Return the questions still to be asked, grouped by phase and page.

    Parameters
    ----------
    rules : sequence of SafetyRule
        The safety table.
    answers : iterable of Answer
        Answers so far; stale ones are asked anew.
    today : date
        The day of asking.
    scores : mapping of str to float, optional
        Scores that make a question needless.
    phases : collection of SafetyPhase
        Which phases to ask; the questions during a trial are asked anew every day.

    Returns
    -------
    tuple of QuestionGroup
        In the order of phases and pages; empty where nothing is left.

    Raises
    ------
    GateClosed, RangeError
        As `gate`.
    """
    answers = tuple(answers)
    report = gate(rules, answers, today=today, scores=scores)
    today_answered = {answer.gate_id for answer in answers if answer.date == today}
    due = set(report.unanswered) | {
        rule.gate_id for rule in rules if rule.phase is SafetyPhase.DURING and rule.gate_id not in today_answered
    }
    groups = []
    for phase in SafetyPhase:
        for page in QuestionPage:
            here = tuple(r for r in rules if r.phase is phase and r.page is page and r.gate_id in due)
            if here and phase in phases:
                groups.append(QuestionGroup(phase=phase, page=page, rules=here))
    return tuple(groups)
