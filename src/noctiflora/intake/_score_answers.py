"""From the answers to a questionnaire to its score."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.intake._questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a set of answers comes to.

    Parameters
    ----------
    total : int or None
        Sum of the answers, filled up by the rule for missing ones; None where too many are missing.
    n_missing : int
        Answers that are missing.
    crisis : bool
        Whether the answer to the crisis item calls for help at once, whatever the sum.
    crisis_answer : int or None
        The answer to the crisis item; None where there is no such item or it was left out.
    """

    total: int | None
    n_missing: int
    crisis: bool
    crisis_answer: int | None


def score_answers(questionnaire: Questionnaire, answers: Sequence[int | None]) -> Scored:
    """Return the score of one set of answers.

    Up to ``most_missing`` missing answers are filled with the mean of those given, and the sum is
    rounded up, so that a gap never makes a score look better than the answers do.

    Parameters
    ----------
    questionnaire : Questionnaire
        The instrument.
    answers : sequence of int or None
        One per item in order, 0 upwards; None where left out.

    Returns
    -------
    Scored
        Score, gaps and whether help is to be shown at once.

    Raises
    ------
    RangeError
        If there are too few or too many answers, or one is not among the choices.

    References
    ----------
    .. [1] doi:10.1186/s13104-016-2284-z: for one person's score the mean of the answers given serves
       where at most half are missing (shown for another mood scale; the stricter 2 is assumed).

    Examples
    --------
    >>> from noctiflora.intake import load_questionnaire
    >>> score_answers(load_questionnaire("gad7"), [1, 1, 2, 0, 0, 1, None]).total
    6
    """
    items, highest = questionnaire.items, len(questionnaire.choices) - 1
    if len(answers) != len(items):
        raise RangeError(
            f"{questionnaire.name} has {len(items)} answers",
            where=questionnaire.key,
            found=str(len(answers)),
            do="give one for each question, and a dash for one left out",
        )
    for number, answer in enumerate(answers, start=1):
        if answer is not None and not 0 <= answer <= highest:
            raise RangeError(
                f"each answer is a whole number from 0 to {highest}",
                where=f"{questionnaire.key}, answer {number}",
                found=str(answer),
                do="correct it, or leave it out",
            )
    given = [answer for answer in answers if answer is not None]
    n_missing = len(items) - len(given)
    crisis_item = questionnaire.crisis_item
    crisis_answer = None if crisis_item is None else answers[crisis_item - 1]
    total = None
    if n_missing <= questionnaire.most_missing:
        total = math.ceil(sum(given) * len(items) / len(given) - 1e-9)
    return Scored(total=total, n_missing=n_missing, crisis=bool(crisis_answer), crisis_answer=crisis_answer)
