"""The forms of the read-only API: what each answer holds, for people's own programs."""

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Form(BaseModel):
    """Read from a record of ours, never changed."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class ErrorDetail(Form):
    """What went wrong and what to do."""

    status: int
    title: str
    what: str
    do: str


class ErrorOut(Form):
    """The one form of every error."""

    error: ErrorDetail


class NightOut(Form):
    """One night or nap; null stands for "not measured", never for zero."""

    date: dt.date
    onset: dt.datetime | None
    offset: dt.datetime | None
    onset_zone_offset_min: int | None
    offset_zone_offset_min: int | None
    tib_min: float | None
    tst_min: float | None
    sol_min: float | None
    waso_min: float | None
    se_pct: float | None
    awakenings: int | None
    stages_min: dict[str, float]
    source: str
    nap: bool
    notes: list[str]


class NightsOut(Form):
    """Nights that may be seen; during a trial most are veiled."""

    nights: list[NightOut]
    veiled: int


class SourceOut(Form):
    """Where something rests on."""

    ref: str
    note: str


class FindingOut(Form):
    """What one's own data show on one matter."""

    key: str
    heading: str
    number: str
    group: str
    text: str
    certainty: Annotated[int, Field(ge=0, le=4)]
    would_change: str
    sources: list[SourceOut]


class EffectOut(Form):
    """The expected effect on one's own nights, as a mean with its spread."""

    mean: float
    sd: float


class OptionOut(Form):
    """One thing worth trying, or not."""

    key: str
    name: str
    kind: str
    standing: str
    door: str
    door_reason: str
    warnings: list[str]
    dose: str
    known: str
    not_known: str
    effect: EffectOut | None
    blinding: str
    certainty: Annotated[int, Field(ge=0, le=4)]
    n_trials: int
    n_people: int | None
    sources: list[SourceOut]


class OptionsOut(Form):
    """All options, in the order of the page; empty while help goes first."""

    outcome: str
    instrument: str
    useful: float
    crisis: bool
    options: list[OptionOut]


class GateOut(Form):
    """One safety question and where its answer leaves things."""

    gate_id: str
    question: str
    reply: str | None
    doors: dict[str, str]
    message: str
    urgency: str


class GatesOut(Form):
    """All safety questions together."""

    doors: dict[str, str]
    crisis: bool
    unanswered: list[str]
    reviewed_by_clinician: bool
    gates: list[GateOut]


class TrialOut(Form):
    """How the season under way, or the last one, stands: progress and nothing that depends on the order."""

    state: str
    option_name: str
    outcome: str
    commitment: str
    first_night: dt.date
    last_night: dt.date
    night: int
    n_nights: int
    recorded: int
    doses_taken: int
    doses_due: int
    missing_with_reason: int
    bottle: str
    bottle_changes: dt.date | None
    safety: list[str]


class PooledOut(Form):
    """What pooling makes of the published trials, for one strain or product."""

    strain: str
    label: str
    kind: str
    n_trials: int
    n_people: int | None
    mean: float
    sd: float
    ci95: list[float]
    predictive_sd: float
    p_benefit: float
    certainty: str
    reasons: list[str]
    sources: list[str]


class PopulationOut(Form):
    """The mean over all strains."""

    mean: float
    sd: float
    ci95: list[float]
    tau: float | None
    source: str
    note: str


class PoolOut(Form):
    """The pooled evidence."""

    outcome: str
    unit: str
    population: PopulationOut
    strains: list[PooledOut]
