"""Answers become a score; the single answers are not kept."""

import datetime as dt

import pytest

from noctiflora.actions import answer_questionnaire, current_scores
from noctiflora.core import RangeError
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def test_the_score_and_the_crisis_item_are_kept(store: Store) -> None:
    scored = answer_questionnaire(store, "phq9", [1, 1, 1, 0, 0, 0, 0, 0, 2], today=TODAY)
    assert scored.crisis
    assert {k: s.value for k, s in current_scores(store, today=TODAY).items()} == {"phq9": 5, "phq9_item9": 2}
    assert len(store.diary.checkins()) == 2


def test_too_many_gaps_keep_the_crisis_item_alone(store: Store) -> None:
    answer_questionnaire(store, "phq9", [None] * 8 + [1], today=TODAY)
    assert list(current_scores(store, today=TODAY)) == ["phq9_item9"]


def test_what_cannot_be_keeps_nothing(store: Store) -> None:
    for key, answers in (("phq9", [4] * 9), ("psqi", [0] * 7), ("gad7", [0])):
        with pytest.raises(RangeError):
            answer_questionnaire(store, key, answers, today=TODAY)
    assert store.diary.checkins() == ()
