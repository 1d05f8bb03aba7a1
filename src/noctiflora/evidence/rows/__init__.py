"""The row models of the packaged tables, one file each."""

from noctiflora.evidence.rows._addition import (
    Addition,
    Difference,
    Means,
    NewPersonal,
    NewTrial,
    NothingUsable,
    NotSignificant,
    PValue,
    Significant,
)
from noctiflora.evidence.rows._claim import ClaimRow
from noctiflora.evidence.rows._effect import EffectRow
from noctiflora.evidence.rows._grade_rule import GradeRuleRow
from noctiflora.evidence.rows._list import ListRow
from noctiflora.evidence.rows._norm import NormRow
from noctiflora.evidence.rows._pathway import PathwayRow
from noctiflora.evidence.rows._pooled_people import NewPooled
from noctiflora.evidence.rows._question import QuestionRow
from noctiflora.evidence.rows._questionnaire import QuestionnaireRow
from noctiflora.evidence.rows._review import ReviewRow
from noctiflora.evidence.rows._strain import StrainRow
from noctiflora.evidence.rows._trial import TrialRow

__all__ = [
    "Addition",
    "ClaimRow",
    "Difference",
    "EffectRow",
    "GradeRuleRow",
    "ListRow",
    "Means",
    "NewPersonal",
    "NewPooled",
    "NewTrial",
    "NormRow",
    "NotSignificant",
    "NothingUsable",
    "PValue",
    "PathwayRow",
    "QuestionRow",
    "QuestionnaireRow",
    "ReviewRow",
    "Significant",
    "StrainRow",
    "TrialRow",
]
