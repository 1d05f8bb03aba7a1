"""Keeps questionnaire scores with their date, and gives back those that still count."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.core import RangeError
from noctiflora.intake import PREFIX, DatedScore, latest_scores, score_entry
from noctiflora.store import Store


def keep_scores(store: Store, values: Mapping[str, float], *, date: dt.date, today: dt.date) -> tuple[DatedScore, ...]:
    """Check and keep scores; all or none.

    Parameters
    ----------
    store : Store
        Keeps them among the morning entries, under ``score_`` and the name.
    values : mapping of str to float
        Scores by name, ``"psqi"`` for example; `intake.SCORES` lists them.
    date : date
        Day on which the questions were answered.
    today : date
        A later day is refused.

    Raises
    ------
    RangeError
        If the date lies ahead, or a score is none of ours or cannot be; nothing is kept then.
    """
    if date > today:
        raise RangeError("a score cannot come from a day ahead", where="--date", found=str(date), do="correct the date")
    entries = tuple(score_entry(name, value, date) for name, value in values.items())
    store.diary.save_checkins(entries)
    return tuple(latest_scores(entries, today=date).values())


def current_scores(store: Store, *, today: dt.date) -> dict[str, DatedScore]:
    """Return the latest score of each kind that still counts, by name."""
    return latest_scores(store.diary.checkins(prefix=PREFIX), today=today)
