"""Plans of seasons for tests."""

import datetime as dt
from dataclasses import replace

from noctiflora.core import Instrument, Normal, Outcome
from noctiflora.trial import SeasonPlan

FIRST = dt.date(2025, 1, 6)
PLAN = SeasonPlan(
    option_key="lactobacillus-gasseri-cp2305",
    option_name="CP2305",
    dose_value=1e10,
    dose_unit="cells/day",
    outcome=Outcome.EFFICIENCY,
    instrument=Instrument.DIARY,
    useful=2.0,
    expected=(Normal(weight=1.0, mean=1.0, sd=2.0),),
    threshold=0.95,
    safety_limit=2.1,
    first_night=FIRST,
    run_in_nights=14,
    run_in_mean=80.0,
    run_in_sd=5.0,
    pairs=2,
    on_nights=7,
    off_nights=14,
    looks=(21,),
    codes=("AB2C", "D3EF", "GH4J", "K5LM", "NP6Q", "RS7T"),
    blinded=True,
)


def plan(**changes: object) -> SeasonPlan:
    return replace(PLAN, **changes)  # type: ignore[arg-type]
