"""The models of what a person may add to the packaged evidence."""

import itertools
import math
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from noctiflora.core import Instrument, Outcome
from noctiflora.evidence._row_types import Count, Days, Doi, Number, Pmid, Spread, Text, Year
from noctiflora.evidence._table import Row
from noctiflora.evidence._vocabulary import Blinding, Design, EvidenceLevel, Form, Scale
from noctiflora.evidence.rows._pooled_people import NewPooled

LARGEST_SMD = 5.0  # no trial of a food ever moved sleep by five spreads: such a number is in another unit
LARGEST_POINTS = {Scale.PSQI: 21.0, Scale.ISI: 28.0}  # the ranges of the scales
EDGE = 0.01  # likelihood at the end of a grid, as a share of its peak, above which the grid is too narrow
ANOTHER = "another person"
LOWER_IS_BETTER = (Scale.PSQI, Scale.ISI)

AdditionId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{2,59}$")]
Share = Annotated[float, Field(gt=0, lt=1)]
Size = Annotated[float, Field(gt=0, allow_inf_nan=False)]


SMALLEST_P = 1e-12
"""A p below this is a slip or an underflow (assumed, 1e-15 to 1e-9)."""
CI_WIDTH = 3.92
"""Standard errors in a 95 % interval."""
USUAL_SD = {Scale.PSQI: 3.0, Scale.ISI: 3.9}
"""Spread between people by which points are standardised, as in the pooling."""
LEAST_SHARE = 0.25
"""Smallest error believed, as a share of that of two plain groups (assumed, 0.2 to 0.5): a baseline that tells 94 %
of the end score gives this."""


class NewScale(Row):
    """The outcome of an added trial."""

    scale: Scale = Field(description="`psqi`, `isi`, or `other` for another scale of sleep")
    name: Text | None = Field(default=None, description="name of another scale; left out for PSQI and ISI")
    unit: Literal["points", "SMD"] = Field(description="unit of the numbers below")
    lower_is_better: bool = Field(description="direction of the scale; true for PSQI and ISI")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.scale in LOWER_IS_BETTER and not self.lower_is_better:
            raise ValueError("lower_is_better: on PSQI and ISI a lower score is better; check the direction")
        if self.scale is Scale.OTHER and self.name is None:
            raise ValueError("name: another scale needs its name")
        return self


class Difference(Row):
    """A printed difference between the groups, product minus comparator, at the end of intake."""

    kind: Literal["difference"]
    estimate: Number = Field(description="product minus comparator, in the unit of the outcome")
    se: Spread | None = Field(default=None, description="its standard error; or give the interval")
    ci_low: Number | None = Field(default=None, description="95 % interval")
    ci_high: Number | None = Field(default=None, description="95 % interval")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.se is not None:
            if self.ci_low is not None or self.ci_high is not None:
                raise ValueError("se: give the standard error or the interval, not both")
            return self
        if self.ci_low is None or self.ci_high is None:
            raise ValueError("se: a difference needs its standard error, or ci_low and ci_high")
        if not (self.ci_low <= self.estimate <= self.ci_high and self.ci_low < self.ci_high):
            raise ValueError("estimate: the difference must lie inside its interval")
        return self


class Means(Row):
    """Printed scores of both groups at the end of intake, in points."""

    kind: Literal["means"]
    active_mean: Number
    active_sd: Spread
    placebo_mean: Number
    placebo_sd: Spread


class PValue(Row):
    """A printed two-sided p of the comparison between the groups; never one of before and after."""

    kind: Literal["p"]
    p: Annotated[Share, Field(ge=SMALLEST_P)] = Field(description="as printed; `< 0.001` is 0.001")
    favours: Literal["product", "placebo"]


class Significant(Row):
    """Only the word that the difference between the groups was significant."""

    kind: Literal["significant"]
    favours: Literal["product", "placebo"]


class NotSignificant(Row):
    """Only the word that the difference between the groups was not significant."""

    kind: Literal["not significant"]


class NothingUsable(Row):
    """Nothing about the difference between the groups."""

    kind: Literal["nothing usable"]


Reported = Annotated[
    Difference | Means | PValue | Significant | NotSignificant | NothingUsable, Field(discriminator="kind")
]


class NewTrial(Row):
    """A published randomised trial against placebo that the packaged table does not hold."""

    kind: Literal["trial"]
    id: AdditionId = Field(description="your key; the same id again takes the place of the earlier entry")
    doi: Doi = Field(description="of the paper")
    pmid: Pmid | None = Field(default=None, description="of the paper")
    first_author: Text | None = Field(default=None, description="as printed")
    year: Year | None = Field(default=None, description="of publication")
    population: Text = Field(description="who took part")
    baseline_severity: Text | None = Field(default=None, description="how badly they slept at entry")
    design: Design = Field(description="shape")
    randomised: Literal[True] = Field(description="only randomised trials are taken")
    blinding: Blinding | None = Field(default=None, description="as stated; left out where not stated")
    funding: Text | None = Field(default=None, description="who paid, as stated")
    product: Text = Field(description="product in words, as the trial names it")
    strains: Text = Field(description="current names, `Genus species id`, joined by `;`; prebiotics `none (substance)`")
    form: Form | None = Field(default=None, description="form of the product")
    dose_value: Spread | None = Field(default=None, description="daily dose in dose_unit")
    dose_unit: Text | None = Field(default=None, description="unit as printed, for example `CFU/day`")
    duration_days: Days = Field(description="length of intake, days")
    n_active: Count = Field(description="people analysed on the product")
    n_placebo: Count = Field(description="people analysed on the comparator")
    outcome: NewScale
    reported: Reported
    adverse_events: Text | None = Field(default=None, description="as reported")
    read_in: EvidenceLevel = Field(description="fullest text that was read: abstracts choose what they tell")
    note: Text | None = Field(default=None, description="remarks")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        told = self.reported
        if (self.dose_value is None) != (self.dose_unit is None):
            raise ValueError("dose_unit: a dose needs its unit, and a unit its dose")
        if isinstance(told, Difference):
            if self.outcome.unit == "points" and self.outcome.scale is Scale.OTHER:
                raise ValueError("outcome.unit: points of another scale cannot be pooled; give SMD, or the means")
            most = LARGEST_SMD if self.outcome.unit == "SMD" else LARGEST_POINTS[self.outcome.scale]
            if abs(told.estimate) > most:
                raise ValueError(f"reported.estimate: beyond {most:g} {self.outcome.unit}; check the unit")
            self._precise(told)
        if isinstance(told, Means):
            self._means(told)
        return self

    def _precise(self, told: Difference) -> None:
        """Refuse an error that so few people cannot give."""
        if min(self.n_active, self.n_placebo) < 2:
            raise ValueError("n_active: a difference needs at least two people in each group")
        if told.se is not None:
            se = told.se
        else:
            assert told.ci_low is not None
            assert told.ci_high is not None
            se = (told.ci_high - told.ci_low) / CI_WIDTH
        unit = 1.0 if self.outcome.unit == "SMD" else USUAL_SD[self.outcome.scale]
        least = LEAST_SHARE * unit * math.sqrt(1 / self.n_active + 1 / self.n_placebo)
        if se < least:
            raise ValueError(
                f"reported.se: {se:.3g} is less than {self.n_active} and {self.n_placebo} people can give (at least "
                f"about {least:.2g}); check the unit, and that it is no interval of one group"
            )

    def _means(self, told: Means) -> None:
        if self.outcome.unit != "points":
            raise ValueError("outcome.unit: means are given in points")
        if self.n_active + self.n_placebo < 4:
            raise ValueError("n_active: means of fewer than four people cannot be pooled")
        most = LARGEST_POINTS.get(self.outcome.scale)
        if most is not None and not all(0 <= m <= most for m in (told.active_mean, told.placebo_mean)):
            raise ValueError(f"reported.active_mean: this scale runs from 0 to {most:g}; give end scores, not changes")


class NewDesign(Row):
    """The design of a personal trial."""

    randomised: Literal[True] = Field(description="only a random order is taken")
    n_nights: Annotated[int, Field(ge=14, le=730)] = Field(description="nights analysed")
    n_periods: Annotated[int, Field(ge=2, le=100)] = Field(description="periods with and without the product")


class NewPersonal(Row):
    """The likelihood of one person's trial, shared without a single night: its prior is divided out."""

    kind: Literal["personal trial"]
    id: AdditionId = Field(description="your key; the same id again takes the place of the earlier entry")
    doi: Doi = Field(description="of the deposit that holds it")
    whose: Text = Field(
        description="`another person`; your own trial is refused: it counts in your own results already"
    )
    agreed_before: bool = Field(description="whether sharing was agreed before the result was known")
    strain: Text = Field(description="`Genus species id`, a blend joined by `;`, or `none (substance)`")
    form: Form | None = Field(default=None, description="form of the product")
    dose_value: Size = Field(description="daily dose in dose_unit")
    dose_unit: Text = Field(description="unit, for example `CFU/day`")
    duration_days: Days = Field(description="longest intake in one stretch, days")
    design: NewDesign
    blinding: Blinding = Field(description="who was kept from knowing the treatment")
    outcome: Outcome = Field(description="nightly outcome")
    instrument: Instrument = Field(description="by what it was measured")
    unit: Text = Field(description="unit of theta; must be that of the outcome")
    higher_is_better: bool = Field(description="direction; must be that of the outcome")
    kinetics: dict[Literal["log_tau_on", "log_tau_off"], tuple[Number, Spread]] = Field(
        description="mean and SD of the priors of onset and wash-out, log nights"
    )
    theta: tuple[Number, ...] = Field(min_length=11, max_length=2001, description="grid, ascending, in the unit")
    log_likelihood: tuple[Number, ...] = Field(description="log-likelihood of theta at each point of the grid")
    note: Text | None = Field(default=None, description="remarks")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.whose != ANOTHER:
            raise ValueError(f"whose: only {ANOTHER!r} is taken; your own trial must not count twice")
        if self.unit != self.outcome.unit:
            raise ValueError(f"unit: {self.outcome.label} is in {self.outcome.unit}")
        if self.higher_is_better != self.outcome.higher_is_better:
            word = "better" if self.outcome.higher_is_better else "worse"
            raise ValueError(f"higher_is_better: a higher {self.outcome.label} is {word}; check the direction")
        if set(self.kinetics) != {"log_tau_on", "log_tau_off"}:
            raise ValueError("kinetics: give log_tau_on and log_tau_off")
        if len(self.theta) != len(self.log_likelihood):
            raise ValueError("log_likelihood: one value is needed for each theta")
        if any(b <= a for a, b in itertools.pairwise(self.theta)):
            raise ValueError("theta: the grid must ascend")
        peak = max(self.log_likelihood)
        ends = max(math.exp(self.log_likelihood[0] - peak), math.exp(self.log_likelihood[-1] - peak))
        if ends > EDGE:
            raise ValueError(f"theta: the grid is too narrow, its end holds {100 * ends:.0f} % of the peak")
        return self


Addition = Annotated[NewTrial | NewPersonal | NewPooled, Field(discriminator="kind")]
"""One entry of a file of additions."""
