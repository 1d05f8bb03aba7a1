"""The row models of the packaged tables, one file each."""

from noctiflora.evidence.rows._claim import ClaimRow
from noctiflora.evidence.rows._effect import EffectRow
from noctiflora.evidence.rows._grade_rule import GradeRuleRow
from noctiflora.evidence.rows._list import ListRow
from noctiflora.evidence.rows._norm import NormRow
from noctiflora.evidence.rows._pathway import PathwayRow
from noctiflora.evidence.rows._questionnaire import QuestionnaireRow
from noctiflora.evidence.rows._review import ReviewRow
from noctiflora.evidence.rows._strain import StrainRow
from noctiflora.evidence.rows._trial import TrialRow

__all__ = [
    "ClaimRow",
    "EffectRow",
    "GradeRuleRow",
    "ListRow",
    "NormRow",
    "PathwayRow",
    "QuestionnaireRow",
    "ReviewRow",
    "StrainRow",
    "TrialRow",
]
