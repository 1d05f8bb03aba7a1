"""The row model of the table of derived effects."""

from pydantic import Field

from noctiflora.evidence._row_types import Count, Days, Number, SourcedRow, Spread, Text
from noctiflora.evidence._vocabulary import EffectKind, Quality


class EffectRow(SourcedRow):
    """An effect with its standard error, computed from numbers printed for one trial."""

    trial_id: Text = Field(description="key into the trials table")
    outcome: Text = Field(description="as in the trials table")
    timepoint_days: Days | None = Field(description="days; empty = the end")
    kind: EffectKind = Field(description="what is measured")
    effect_detail: Text = Field(description="the effect in words")
    estimate: Number = Field(description="product minus comparator, in the unit that kind and outcome name")
    se: Spread = Field(description="its standard error, same unit")
    n_active: Count | None = Field(description="people on the product")
    n_placebo: Count | None = Field(description="people on the comparator")
    method: Text = Field(description="how it was computed")
    quality: Quality = Field(description="how far it may be trusted")
    note: Text | None = Field(description="what was settled and why")
