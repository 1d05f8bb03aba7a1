"""Scores the answers to a questionnaire and keeps the score."""

import datetime as dt
from collections.abc import Sequence

from noctiflora.actions._keep_scores import keep_scores
from noctiflora.intake import Scored, load_questionnaire, score_answers
from noctiflora.store import Store

CRISIS_SCORE = "phq9_item9"
"""Name under which the answer to the crisis item is kept; the safety questions look at it."""


def answer_questionnaire(store: Store, key: str, answers: Sequence[int | None], *, today: dt.date) -> Scored:
    """Keep what the answers come to: the score, and the answer to the item that calls for help.

    The single answers are not kept.

    Parameters
    ----------
    store : Store
        Keeps the scores.
    key : str
        ``"phq9"`` or ``"gad7"``.
    answers : sequence of int or None
        One per item; None where left out.
    today : date
        Day of answering.

    Raises
    ------
    RangeError
        If there is no such questionnaire, or an answer cannot be; nothing is kept then.
    """
    scored = score_answers(load_questionnaire(key), answers)
    kept: dict[str, float] = {}
    if scored.total is not None:
        kept[key] = scored.total
    if scored.crisis_answer is not None:
        kept[CRISIS_SCORE] = scored.crisis_answer
    keep_scores(store, kept, date=today, today=today)
    return scored
