"""The row model of the rebuilt lists."""

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Certainty, ListName


class ListRow(SourcedRow):
    """One item of one list of the founding article, as the literature supports it."""

    list_id: Text = Field(description="stable key")
    list_name: ListName = Field(description="which list")
    item: Text = Field(description="the item")
    what_literature_supports: Text = Field(description="in our words")
    dose_or_threshold: Text | None = Field(description="in words")
    evidence_level: Text = Field(description="best kinds of study found")
    certainty: Certainty | None = Field(description="empty = not rated")
    certainty_detail: Text | None = Field(description="the rating as noted where it says more")
    show_to_user: Text = Field(description="the sentence shown")
