"""The row model of the ledger of claims."""

from typing import Annotated

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Certainty, ClaimStatus


class ClaimRow(SourcedRow):
    """One claim of the founding article, with what the literature says."""

    claim_id: Annotated[str, Field(pattern=r"^C\d{2}$")] = Field(description="C01 to C47, stable")
    article_section: Text = Field(description="section of the article")
    claim_paraphrase: Text = Field(description="the claim in our words")
    literature_says: Text = Field(description="what was found, with numbers where visible")
    status: ClaimStatus = Field(description="how the claim stands")
    evidence_level: Text = Field(description="best kinds of study found")
    certainty: Certainty = Field(description="certainty of literature_says; a well-founded null can be moderate")
    certainty_reason: Text = Field(description="why that level")
    corrected_statement: Text = Field(description="the sentence shown in place of the claim")
    read_depth: Text = Field(description="how much of the best source was read")
