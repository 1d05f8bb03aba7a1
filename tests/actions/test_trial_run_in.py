"""The run-in skips an earlier trial and says so; a secondary outcome needs a run-in of its own."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from noctiflora.actions import StartRequest
from noctiflora.actions._trial_nights import TrialNights
from noctiflora.actions._trial_run_in import LEAST_RUN_IN, run_in_of, secondary_outcomes
from noctiflora.core import DesignError, Instrument, Outcome
from noctiflora.store import Store
from tests.actions.seasons import rate

FIRST = dt.date(2025, 5, 2)
TODAY = FIRST - dt.timedelta(days=1)
REQUEST = StartRequest(
    option_key="x",
    dose_value=1.0,
    dose_unit="g",
    outcome=Outcome.EFFICIENCY,
    instrument=Instrument.DIARY,
    useful=2.0,
    pairs=2,
    on_nights=7,
    off_nights=7,
    n_looks=0,
    first_night=FIRST,
)


def before(days: int) -> dt.date:
    return FIRST - dt.timedelta(days=days)


NIGHTS = TrialNights(values={before(i): 80.0 + i % 5 for i in range(1, 29)}, sources={})


def test_nothing_before_means_the_whole_window() -> None:
    found = run_in_of(NIGHTS, FIRST, TODAY, frozenset())
    assert len(found.values) == 28
    assert found.left_out == 0


def test_touched_nights_are_skipped_and_counted() -> None:
    touched = frozenset(before(i) for i in range(13, 60))
    found = run_in_of(NIGHTS, FIRST, TODAY, touched)
    assert found.values == tuple(80.0 + i % 5 for i in range(12, 0, -1))
    assert found.left_out == 16


def test_too_few_free_nights_tell_when_it_can_be() -> None:
    touched = frozenset(before(i) for i in range(3, 60))
    with pytest.raises(DesignError, match="earlier trial and 21 nights after it do not count") as caught:
        run_in_of(NIGHTS, FIRST, TODAY, touched)
    assert str(before(2) + dt.timedelta(days=LEAST_RUN_IN)) in str(caught.value)


def test_too_few_nights_without_an_earlier_trial_say_nothing_of_one() -> None:
    with pytest.raises(DesignError) as caught:
        run_in_of(TrialNights(values={before(1): 80.0}, sources={}), FIRST, TODAY, frozenset())
    assert "earlier" not in str(caught.value)


def test_nights_between_today_and_the_start_are_unknown() -> None:
    assert run_in_of(NIGHTS, FIRST, before(4), frozenset()).values[-3:] == (None,) * 3


def test_a_secondary_bears_level_and_spread(store: Store) -> None:
    values = (6 + np.random.default_rng(1).standard_normal(14)).round(2).tolist()
    rate(store, before(14), values)
    request = replace(REQUEST, secondaries=(Outcome.RATING,), instrument=Instrument.WEARABLE)
    (found,) = secondary_outcomes(store, request, first=before(14))
    assert found.instrument is Instrument.DIARY
    assert found.run_in_mean == pytest.approx(np.mean(values))
    assert found.run_in_sd == pytest.approx(np.std(values, ddof=1))


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ((Outcome.EFFICIENCY,), "no secondary"),
        ((Outcome.WASO, Outcome.WASO), "no secondary"),
        ((Outcome.WASO,), "needs 7 nights"),
    ],
)
def test_what_is_no_secondary_is_refused(store: Store, outcomes: tuple[Outcome, ...], words: str) -> None:
    with pytest.raises(DesignError, match=words):
        secondary_outcomes(store, replace(REQUEST, secondaries=outcomes), first=before(14))
