"""Scores: all kept or none, with their date, and gone when stale."""

import datetime as dt

import pytest

from noctiflora.actions import current_scores, keep_scores, list_options, open_questions, review_gates
from noctiflora.core import RangeError
from noctiflora.plan import Reply
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def test_scores_are_kept_with_their_date_among_the_entries(store: Store) -> None:
    day = TODAY - dt.timedelta(days=3)
    kept = keep_scores(store, {"PSQI": 9, "ess": 12}, date=day, today=TODAY)
    assert [(s.key, s.value, s.date) for s in kept] == [("psqi", 9, day), ("epworth", 12, day)]
    assert [c.item for c in store.diary.checkins()] == ["score_epworth", "score_psqi"]
    assert current_scores(store, today=TODAY)["psqi"].date == day
    assert "psqi" not in current_scores(store, today=TODAY + dt.timedelta(days=60))


def test_one_bad_score_keeps_none(store: Store) -> None:
    with pytest.raises(RangeError):
        keep_scores(store, {"psqi": 9, "isi": 99}, date=TODAY, today=TODAY)
    with pytest.raises(RangeError, match="ahead"):
        keep_scores(store, {"psqi": 9}, date=TODAY + dt.timedelta(days=1), today=TODAY)
    assert store.diary.checkins() == ()


def test_scores_reach_gates_questions_and_options(store: Store) -> None:
    keep_scores(store, {"epworth": 20, "phq9_item9": 0}, date=TODAY, today=TODAY)
    replies = {s.gate_id: s.reply for s in review_gates(store, today=TODAY).states}
    assert (replies["S29"], replies["S24"]) == (Reply.YES, Reply.NO)
    asked = {rule.gate_id for group in open_questions(store, today=TODAY) for rule in group.rules}
    assert not {"S24", "S29"} & asked
    keep_scores(store, {"phq9_item9": 2}, date=TODAY, today=TODAY)
    assert list_options(store, today=TODAY).gates.crisis
