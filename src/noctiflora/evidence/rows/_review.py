"""The row model of the table of published reviews."""

from typing import ClassVar

from pydantic import Field

from noctiflora.evidence._row_types import Count, Doi, Number, Percent, Pmid, SourcedRow, Text, Year
from noctiflora.evidence._vocabulary import About


class ReviewRow(SourcedRow):
    """One pooled result of one published review."""

    ascending: ClassVar[tuple[tuple[str, ...], ...]] = (("ci_low", "estimate", "ci_high"),)

    review_id: Text = Field(description="short key of the review")
    review: Text = Field(description="title or first author")
    year: Year | None = Field(description="of publication")
    about: About = Field(description="probiotics, one strain, or the placebo response: filter before pooling")
    strain: Text | None = Field(description="the strain, where a review pooled one alone")
    outcome: Text = Field(description="outcome as printed")
    k: Count | None = Field(description="trials behind the number")
    n: Count | None = Field(description="people behind the number")
    estimate: Number | None = Field(description="pooled effect in effect_measure")
    ci_low: Number | None = Field(description="95 % interval")
    ci_high: Number | None = Field(description="95 % interval")
    i2_percent: Percent | None = Field(description="I squared, per cent")
    p_value: Text | None = Field(description="as reported")
    model: Text | None = Field(description="fixed or random effects, software, as far as seen")
    effect_measure: Text | None = Field(description="unit and kind of the estimate")
    comparison: Text | None = Field(description="what was compared")
    subgroup: Text | None = Field(description="in whom")
    doi: Doi | None = Field(description="of the review")
    pmid: Pmid | None = Field(description="of the review")
    note: Text | None = Field(description="remarks")
