"""The row model of the trials table."""

from typing import Annotated, ClassVar

from pydantic import Field

from noctiflora.evidence._row_types import Count, Days, Doi, Number, Pmid, SourcedRow, Spread, Text, Year
from noctiflora.evidence._vocabulary import (
    Blinding,
    Design,
    Domain,
    EvidenceLevel,
    Exclusion,
    Form,
    PKind,
    Poolable,
    Scale,
    Scope,
    Significant,
)


class TrialRow(SourcedRow):
    """One outcome of one trial at one time point."""

    ascending: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("diff_ci_low", "between_diff", "diff_ci_high"),
        ("n_analysed_active", "n_randomised_active", "n_randomised_total"),
        ("n_analysed_placebo", "n_randomised_placebo", "n_randomised_total"),
        ("timepoint_days", "duration_days"),
    )

    trial_id: Text = Field(description="stable key; a handle only, read author and year for facts")
    first_author: Text | None = Field(description="as printed")
    year: Year | None = Field(description="of publication")
    doi: Doi | None = Field(description="of the paper")
    pmid: Pmid | None = Field(description="of the paper")
    registry_id: Text | None = Field(description="registry number")
    country: Text | None = Field(description="where")
    population: Text = Field(description="who took part")
    baseline_severity: Text | None = Field(description="how badly they slept or felt at entry")
    design: Design | None = Field(description="shape; `parallel` also where only randomisation into groups is shown")
    design_detail: Text | None = Field(description="the design as printed where it says more")
    arms: Annotated[int, Field(ge=2, le=8)] | None = Field(description="arms of a parallel trial")
    randomised: bool = Field(description="no = stated not to be")
    blinding: Blinding | None = Field(description="as stated")
    control: Text | None = Field(description="what the comparison arm got")
    funding: Text | None = Field(description="who paid, as stated")
    exclusion: Exclusion | None = Field(description="why the trial gives no term whatever it reports")
    intervention_label: Text = Field(description="product in words")
    strains: Text = Field(
        description="`;` separated current names, each `species id`; `undisclosed`; `none (...)` for no strain"
    )
    printed_strains: Text | None = Field(description="the cell before names were made one")
    old_name: Text | None = Field(description="name as printed, before the 2020 reclassification")
    form: Form | None = Field(description="form of the product")
    form_detail: Text | None = Field(description="the form as printed where it says more")
    dose_value: Spread | None = Field(description="daily dose in dose_unit")
    dose_unit: Text | None = Field(description="unit as printed")
    dose_text: Text | None = Field(description="dose in words where it is not one number")
    duration_days: Days | None = Field(description="length of intake, days")
    timepoint_days: Days | None = Field(description="when the outcome was read, days; empty = the end")
    n_randomised_total: Count | None = Field(description="people randomised")
    n_randomised_active: Count | None = Field(description="people randomised to the product")
    n_randomised_placebo: Count | None = Field(description="people randomised to the comparator")
    n_analysed_active: Count | None = Field(description="people analysed on the product")
    n_analysed_placebo: Count | None = Field(description="people analysed on the comparator")
    outcome: Text = Field(description="outcome as printed")
    outcome_domain: Domain = Field(description="what it is about")
    scale: Scale | None = Field(description="scale behind a subjective sleep outcome")
    scope: Scope | None = Field(description="whole scale, a part, responders, a subgroup, or one of several scales")
    lower_is_better: bool | None = Field(description="direction of the scale")
    active_base_mean: Number | None = Field(description="product, start, raw scale")
    active_base_sd: Spread | None = Field(description="product, start, raw scale")
    active_end_mean: Number | None = Field(description="product, end, raw scale")
    active_end_sd: Spread | None = Field(description="product, end, raw scale")
    placebo_base_mean: Number | None = Field(description="comparator, start, raw scale")
    placebo_base_sd: Spread | None = Field(description="comparator, start, raw scale")
    placebo_end_mean: Number | None = Field(description="comparator, end, raw scale")
    placebo_end_sd: Spread | None = Field(description="comparator, end, raw scale")
    between_diff: Number | None = Field(description="product minus comparator, in the outcome's units")
    diff_ci_low: Number | None = Field(description="95 % interval of between_diff")
    diff_ci_high: Number | None = Field(description="95 % interval of between_diff")
    diff_se: Spread | None = Field(description="standard error of between_diff")
    diff_kind: Text | None = Field(description="what between_diff is, where not the plain difference")
    p_value: Text | None = Field(description="as reported, in words or digits")
    p_kind: PKind | None = Field(description="which comparison the p belongs to")
    p_detail: Text | None = Field(description="the comparison as printed where it says more")
    significant: Significant = Field(description="whether a difference between the groups is stated")
    adverse_events: Text | None = Field(description="as reported")
    evidence_level: EvidenceLevel = Field(description="fullest text behind the row")
    evidence_detail: Text | None = Field(description="the texts as noted where they say more")
    poolable: Poolable = Field(description="whether an effect with its error is printed")
    note: Text | None = Field(description="remarks; what was settled and why follows `Settled:`")
