"""The model of what a study of many personal trials found of one product."""

import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from noctiflora.core import Instrument, Outcome
from noctiflora.evidence._row_types import Days, Doi, Number, Spread, Text
from noctiflora.evidence._table import Row
from noctiflora.evidence._vocabulary import Blinding, Form

LEAST_PEOPLE = 2
BELOW_SAMPLING = 0.5
"""Smallest error of a mean that is believed, as a share of the spread between people over the root of their number
(assumed, 0.3 to 0.9): the spread itself is known with an error."""
OTHERS = "other people"

Size = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class NewPooled(Row):
    """The mean effect and the spread between people over many personal trials of one product."""

    kind: Literal["pooled personal trials"]
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,59}$")] = Field(
        description="your key; the same id again takes the place of the earlier entry"
    )
    doi: Doi | None = Field(default=None, description="of the deposit; a study of your own needs none")
    data_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(description="hash of the data set pooled")
    made_by: Text = Field(description="program and version that pooled them")
    whose: Text = Field(
        description="`other people`; a study that holds your own trial is refused: it counts in your results already"
    )
    n_people: Annotated[int, Field(ge=LEAST_PEOPLE, le=10_000_000)] = Field(description="people pooled")
    n_agreed_before: Annotated[int, Field(ge=0)] = Field(
        description="of them, those who agreed to take part before their result was known"
    )
    strain: Text = Field(description="`Genus species id`, a blend joined by `;`, or `none (substance)`")
    form: Form | None = Field(default=None, description="form of the product")
    dose_value: Size | None = Field(default=None, description="daily dose in dose_unit, where all took the same")
    dose_unit: Text | None = Field(default=None, description="unit, for example `CFU/day`")
    duration_days: Days | None = Field(default=None, description="longest intake in one stretch, days")
    randomised: Literal[True] = Field(description="only trials in a random order are taken")
    blinding: Blinding = Field(description="who was kept from knowing the treatment")
    outcome: Outcome = Field(description="nightly outcome")
    instrument: Instrument = Field(description="by what it was measured")
    unit: Text = Field(description="unit of the numbers below; must be that of the outcome")
    higher_is_better: bool = Field(description="direction; must be that of the outcome")
    mean: Number = Field(description="mean effect at full exposure over people")
    sd: Spread = Field(description="its posterior SD")
    omega_person: Spread = Field(description="spread between people: posterior mean")
    omega_person_sd: Spread = Field(description="its posterior SD")
    note: Text | None = Field(default=None, description="remarks")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.whose != OTHERS:
            raise ValueError(f"whose: only {OTHERS!r} is taken; your own trial must not count twice")
        if self.unit != self.outcome.unit:
            raise ValueError(f"unit: {self.outcome.label} is in {self.outcome.unit}")
        if self.higher_is_better != self.outcome.higher_is_better:
            word = "better" if self.outcome.higher_is_better else "worse"
            raise ValueError(f"higher_is_better: a higher {self.outcome.label} is {word}; check the direction")
        if self.n_agreed_before > self.n_people:
            raise ValueError("n_agreed_before: more than there are people")
        if (self.dose_value is None) != (self.dose_unit is None):
            raise ValueError("dose_unit: a dose needs its unit, and a unit its dose")
        least = BELOW_SAMPLING * self.omega_person / math.sqrt(self.n_people)
        if self.sd < least:
            raise ValueError(
                f"sd: {self.sd:.3g} is less than {self.n_people} people who differ by {self.omega_person:.3g} can give"
            )
        return self
