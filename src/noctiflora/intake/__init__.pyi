"""Intake: what a person says of their nights and days."""

from ._checkin import CheckIn as CheckIn
from ._doubts import doubts as doubts
from ._items import ITEMS as ITEMS
from ._items import Answering as Answering
from ._items import Item as Item
from ._items import Part as Part
from ._items import check_entry as check_entry
from ._items import check_item as check_item
from ._questionnaire import QUESTIONNAIRES as QUESTIONNAIRES
from ._questionnaire import Questionnaire as Questionnaire
from ._questionnaire import load_questionnaire as load_questionnaire
from ._score_answers import Scored as Scored
from ._score_answers import score_answers as score_answers
from ._scores import PREFIX as PREFIX
from ._scores import SCORES as SCORES
from ._scores import Band as Band
from ._scores import DatedScore as DatedScore
from ._scores import ScoreRule as ScoreRule
from ._scores import band as band
from ._scores import check_score as check_score
from ._scores import is_score as is_score
from ._scores import latest_scores as latest_scores
from ._scores import score_entry as score_entry
from ._scores import score_key as score_key
