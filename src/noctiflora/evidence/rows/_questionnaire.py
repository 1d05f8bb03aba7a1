"""The row model of the table of questionnaires."""

from typing import Annotated

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Shipping


class QuestionnaireRow(SourcedRow):
    """Facts about one questionnaire, and what a free tool may do with it."""

    q_id: Annotated[str, Field(pattern=r"^Q\d{2}$")] = Field(description="stable key")
    instrument: Text = Field(description="name")
    purpose: Text = Field(description="what it measures")
    items: Text = Field(description="number of items")
    recall_window: Text = Field(description="over what time")
    scoring_rule: Text = Field(description="how it is scored")
    cutoffs: Text = Field(description="published cut-offs")
    mcid_or_change_threshold: Text = Field(description="smallest change that matters, or `not found`")
    mcid_source: Text = Field(description="where that was read")
    licence_status: Text = Field(description="what the rights pages say; not legal advice")
    free_tool_may_ship_verbatim: Shipping = Field(description="`no (unclear)` means not permitted")
    what_the_tool_should_do: Text = Field(description="recommended handling")
    read_depth: Text = Field(description="how much was read")
