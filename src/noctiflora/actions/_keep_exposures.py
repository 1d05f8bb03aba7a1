"""Keeps the answers of an imported journal that mean the same as an item of the morning entry."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from noctiflora.intake import CheckIn
from noctiflora.sleep import Exposure
from noctiflora.store import Store

MEANINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("alcohol", re.compile(r"\balcohol", re.IGNORECASE)),
    ("late_caffeine", re.compile(r"(?=.*caffein)(?=.*(\blate\b|evening|afternoon|before bed|bedtime))", re.IGNORECASE)),
    (
        "late_meal",
        re.compile(
            r"(?=.*\b(eat|eaten|ate|food|meal|dinner)\b)(?=.*(\blate\b|before bed|close to bed|near bedtime))",
            re.IGNORECASE,
        ),
    ),
    ("illness", re.compile(r"\b(ill|sick|illness|sickness)\b", re.IGNORECASE)),
    ("travel", re.compile(r"\btravel|away from home|time ?zones?\b|\bjet ?lag", re.IGNORECASE)),
)
"""Items of the entry with the questions of a journal that ask the same; caffeine at any time is not late caffeine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswers:
    """What became of the answers of one journal.

    Parameters
    ----------
    kept : int
        Circumstances of nights that were kept.
    before : int
        Answers of nights whose own morning entry says it already, and goes before.
    left : tuple of str
        Questions that are none of the morning entry's, as the journal words them; their answers are not kept.
    """

    kept: int
    before: int
    left: tuple[str, ...]


def meaning(question: str) -> str | None:
    """Return the item of the morning entry that a question of a journal asks for; None where it is none of them.

    Examples
    --------
    >>> meaning("Have any alcoholic drinks?")
    'alcohol'
    >>> meaning("Have any caffeine?") is None
    True
    """
    return next((item for item, words in MEANINGS if words.search(question)), None)


def keep_exposures(store: Store, exposures: Iterable[Exposure]) -> KeptAnswers:
    """Keep answers as circumstances of their nights, where the morning entry does not say it already.

    Where several questions ask for one item, a yes to any of them is a yes.

    Parameters
    ----------
    store : Store
        Where to.
    exposures : iterable of Exposure
        Answers of a journal.
    """
    found: dict[tuple[dt.date, str], bool] = {}
    left: dict[str, None] = {}
    for one in exposures:
        item = meaning(one.question)
        if item is None:
            left[one.question] = None
        elif one.answer is not None:
            found[one.date, item] = found.get((one.date, item), False) or one.answer
    there = {(entry.date, entry.item) for entry in store.diary.checkins()}
    new = [
        CheckIn(date=date, item=item, value=float(yes))
        for (date, item), yes in sorted(found.items())
        if (date, item) not in there
    ]
    store.diary.save_checkins(new)
    return KeptAnswers(kept=len(new), before=len(found) - len(new), left=tuple(left))
