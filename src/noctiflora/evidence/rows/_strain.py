"""The row model of the table of strains."""

from pydantic import Field

from noctiflora.evidence._row_types import SourcedRow, Text
from noctiflora.evidence._vocabulary import Form


class StrainRow(SourcedRow):
    """One strain, undisclosed blend or prebiotic."""

    species: Text = Field(description="current species, or `undisclosed`, `prebiotic`, `none`")
    strain_id: Text = Field(description="strain id, `id unknown`, blend name or substance")
    synonyms: Text | None = Field(description="other spellings, `;` separated")
    deposit_numbers: Text | None = Field(description="culture collection numbers")
    products: Text | None = Field(description="products or makers named")
    form: Form | None = Field(description="form in the trials seen")
    form_detail: Text | None = Field(description="the form as printed where it says more")
    typical_trial_dose: Text | None = Field(description="dose in words")
    trial_ids: Text | None = Field(description="`;` separated; a blend is listed under each part: never pool by this")
    mechanism: Text | None = Field(description="what was seen or proposed")
    mechanism_level: Text | None = Field(description="human, animal, in vitro or proposed")
    mechanism_source: Text | None = Field(description="where the mechanism was read")
    note: Text | None = Field(description="remarks; what was settled and why follows `Settled:`")
