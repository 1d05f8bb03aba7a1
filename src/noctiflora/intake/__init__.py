"""Intake: what a person says of their nights and days."""

from noctiflora.intake._checkin import CheckIn
from noctiflora.intake._doubts import doubts
from noctiflora.intake._items import ITEMS, Answering, Item, Part, check_entry, check_item
from noctiflora.intake._questionnaire import QUESTIONNAIRES, Questionnaire, load_questionnaire
from noctiflora.intake._score_answers import Scored, score_answers
from noctiflora.intake._scores import (
    SCORES,
    Band,
    DatedScore,
    ScoreRule,
    band,
    check_score,
    is_score,
    latest_scores,
    score_entry,
    score_key,
)

__all__ = [
    "ITEMS",
    "QUESTIONNAIRES",
    "SCORES",
    "Answering",
    "Band",
    "CheckIn",
    "DatedScore",
    "Item",
    "Part",
    "Questionnaire",
    "ScoreRule",
    "Scored",
    "band",
    "check_entry",
    "check_item",
    "check_score",
    "doubts",
    "is_score",
    "latest_scores",
    "load_questionnaire",
    "score_answers",
    "score_entry",
    "score_key",
]
