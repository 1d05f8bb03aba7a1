"""The row model of the table of norms."""

from typing import Annotated

from pydantic import Field

from noctiflora.core import Instrument, Outcome
from noctiflora.evidence._row_types import Count, Number, SourcedRow, Spread, Text
from noctiflora.evidence._vocabulary import NormKind


class NormRow(SourcedRow):
    """One spread, change without probiotic, or device error."""

    norm_id: Annotated[str, Field(pattern=r"^N\d{2}$")] = Field(description="stable key")
    kind: NormKind = Field(description="spread, change or error: filter before use")
    quantity: Text = Field(description="what, with its unit")
    outcome: Outcome | None = Field(description="nightly outcome it belongs to")
    population: Text = Field(description="in whom")
    instrument: Text = Field(description="by what")
    between_sd: Spread | None = Field(description="SD between persons; of the change or of the error in other kinds")
    within_sd: Spread | None = Field(description="SD from night to night inside one person")
    mean: Number | None = Field(description="mean, mean change or bias")
    n: Count | None = Field(description="people")
    reference_for: Instrument | None = Field(description="the row supplies SD_b of its outcome for this instrument")
    note: Text | None = Field(description="remarks")
