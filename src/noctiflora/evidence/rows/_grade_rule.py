"""The row model of the rules by which certainty is lowered."""

from typing import Annotated

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Condition, GradeDomain


class GradeRuleRow(SourcedRow):
    """One reason to trust a pooled result less, and by how many steps."""

    rule_id: Annotated[str, Field(pattern=r"^G\d{2}$")] = Field(description="stable key")
    domain: GradeDomain = Field(description="which of the five GRADE domains")
    condition: Condition = Field(description="what must hold; named and computed in `_conditions.py`")
    steps: Annotated[int, Field(ge=0, le=3)] = Field(description="how many levels it lowers; 0 = said, not counted")
    reason: Text = Field(description="the sentence shown")
