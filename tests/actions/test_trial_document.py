"""A trial goes into the store and comes back the same; what is no trial is refused."""

import datetime as dt

import numpy as np
import pytest

from noctiflora.actions._trial_document import TrialPlan, from_document, to_document
from noctiflora.core import FormatError, Instrument, Outcome
from noctiflora.trial import draw

PLAN = TrialPlan(
    option_key="x",
    option_name="X",
    outcome=Outcome.EFFICIENCY,
    instrument=Instrument.DIARY,
    useful=2.0,
    threshold=0.95,
    first_night=dt.date(2025, 1, 1),
    schedule=draw(np.random.default_rng(1), 3, nights_per_period=28, run_in_nights=28),
    blinded=True,
    randomised=True,
)


def test_there_and_back_again() -> None:
    assert from_document(to_document(PLAN), where="trial") == PLAN
    assert PLAN.date_of(29) == dt.date(2025, 1, 29)


@pytest.mark.parametrize("change", [{"schema": 2}, {"periods": 3}, {"outcome": "mood"}, {"first_night": "soon"}])
def test_what_is_none_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(FormatError, match="trial"):
        from_document({**to_document(PLAN), **change}, where="trial x")


def test_a_missing_part_is_refused() -> None:
    body = to_document(PLAN)
    del body["useful"]
    with pytest.raises(FormatError):
        from_document(body, where="trial x")
