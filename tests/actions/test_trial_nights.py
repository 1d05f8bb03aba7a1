"""Nights by number, and the change of device that is noticed."""

import datetime as dt

import numpy as np

from noctiflora.actions._trial_nights import TrialNights, as_array, other_device, trial_nights
from noctiflora.core import Instrument, Outcome
from noctiflora.store import Store
from tests.actions.seasons import FIRST, rate
from tests.trial.seasons import plan


def test_ratings_are_the_check_ins(store: Store) -> None:
    rate(store, FIRST, [5.0, 6.0])
    found = trial_nights(store, Outcome.RATING, Instrument.DIARY)
    assert found.span(FIRST, FIRST + dt.timedelta(days=2)) == (5.0, 6.0, None)
    assert found.span(FIRST, FIRST - dt.timedelta(days=3)) == ()


def test_another_device_is_noticed() -> None:
    made = plan(instrument=Instrument.WEARABLE)
    dates = [made.date_of(n) for n in range(-13, 5)]
    sources = dict.fromkeys(dates, "watch") | {made.date_of(3): "ring", made.date_of(-2): "ring"}
    nights = TrialNights(values=dict.fromkeys(dates, 80.0), sources=sources)
    found = other_device(made, nights)
    assert len(found) == 14 + 42
    assert [i - 13 for i, other in enumerate(found) if other] == [-2, 3]
    assert not any(other_device(plan(), nights))
    assert not any(other_device(made, TrialNights(values={}, sources={})))


def test_unknown_is_nan() -> None:
    assert np.isnan(as_array((1.0, None))).tolist() == [False, True]
