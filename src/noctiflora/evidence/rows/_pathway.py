"""The row model of the pathways of the gut-sleep axis."""

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Certainty


class PathwayRow(SourcedRow):
    """One thing that can be observed of one pathway."""

    path_id: Text = Field(description="two letters and a number")
    pathway: Text = Field(description="one of 13 pathways")
    observable_type: Text = Field(description="kind of observation")
    observable: Text = Field(description="what can be seen")
    where: Text = Field(description="home, stool, blood, laboratory")
    direction_if_pathway_is_active_against_sleep: Text = Field(description="which way it would move")
    human_evidence_strength: Certainty = Field(description="strength of the link to sleep in people")
    strength_detail: Text | None = Field(description="the rating as noted where it says more")
    what_is_known: Text | None = Field(description="in our words")
    interpretation_limits: Text | None = Field(description="what must not be read into it")
