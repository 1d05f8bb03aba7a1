"""Asks the safety questions and keeps the answers."""

import datetime as dt
from collections.abc import Collection, Iterable

from noctiflora.actions._keep_scores import current_scores
from noctiflora.core import RangeError
from noctiflora.evidence import SafetyPhase, load_safety
from noctiflora.plan import BEFORE, Answer, GateReport, QuestionGroup, Reply, gate, questions
from noctiflora.store import Store


def review_gates(store: Store, *, today: dt.date) -> GateReport:
    """Return how everything stands after the answers given and the scores entered so far."""
    return gate(load_safety(), store.answers.history(), today=today, scores=_scores(store, today))


def open_questions(
    store: Store, *, today: dt.date, phases: Collection[SafetyPhase] = BEFORE
) -> tuple[QuestionGroup, ...]:
    """Return the questions still to be asked, one group a page.

    Parameters
    ----------
    store : Store
        Holds answers and scores; a score that counts spares its question.
    today : date
        By which they are fresh or stale.
    phases : collection of SafetyPhase
        Which to ask; by default those before options and before a trial. Those during a trial are
        asked anew every day.
    """
    return questions(load_safety(), store.answers.history(), today, scores=_scores(store, today), phases=phases)


def _scores(store: Store, today: dt.date) -> dict[str, float]:
    return {key: score.value for key, score in current_scores(store, today=today).items()}


def answer_gates(store: Store, answers: Iterable[Answer]) -> int:
    """Keep answers; returns how many were new.

    Raises
    ------
    RangeError
        If an answer belongs to no question.
    """
    given = tuple(answers)
    known = {rule.gate_id for rule in load_safety()}
    for answer in given:
        if answer.gate_id not in known:
            raise RangeError("there is no such safety question", where="answer", found=answer.gate_id, do="see: gates")
    return store.answers.save(given)


def read_answer(text: str, *, today: dt.date) -> Answer:
    """Read one answer as typed, for example ``S12=no`` or ``S12=yes,clinician``.

    Raises
    ------
    RangeError
        If it does not read so.

    Examples
    --------
    >>> read_answer("S12=not-sure", today=dt.date(2025, 1, 1)).reply.value
    'not sure'
    """
    gate_id, equals, rest = text.partition("=")
    word, comma, extra = rest.strip().lower().replace("-", " ").partition(",")
    replies = {reply.value: reply for reply in Reply}
    if not equals or word.strip() not in replies or (comma and extra.strip() != "clinician"):
        raise RangeError(
            "an answer reads S12=yes, S12=no or S12=not-sure; after yes, ',clinician' says that a clinician agreed",
            where="--answer",
            found=text,
        )
    return Answer(
        gate_id=gate_id.strip().upper(), reply=replies[word.strip()], date=today, clinician_agreed=bool(comma)
    )
