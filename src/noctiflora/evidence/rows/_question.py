"""The row model of the table of readers' questions."""

from typing import Annotated

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text


class QuestionRow(SourcedRow):
    """One question that readers of the article ask, with its answer out of the ledger of claims."""

    question_id: Annotated[str, Field(pattern=r"^K\d{2}$")] = Field(description="stable key")
    question: Text = Field(description="the question in plain words")
    also_asked: Text | None = Field(description="other wordings, `;` separated, for the search")
    answer: Text = Field(description="the answer, which says no more than the claims do")
    claim_ids: Annotated[str, Field(pattern=r"^C\d{2}(; C\d{2})*$")] = Field(
        description="claims it rests on, `; ` separated, most telling first"
    )
