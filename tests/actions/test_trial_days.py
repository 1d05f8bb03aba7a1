"""The nights of a season one by one."""

from pathlib import Path

import pytest

from noctiflora.actions import LogLine, log_trial, trial_days
from noctiflora.core import NotFound
from noctiflora.store import Store, open_store
from noctiflora.trial import read_order
from tests.actions.seasons import ORDER, at, day, kept, nights, record


def test_without_a_trial_there_are_no_days(store: Store) -> None:
    with pytest.raises(NotFound):
        trial_days(store, today=day(1))


def test_each_night_says_what_was_recorded_and_taken(store: Store) -> None:
    kept(store)
    nights(store, 1.0, n=9)
    lines = [LogLine(night=2, dose="0.5"), LogLine(night=10, missing="travel")]
    log_trial(store, lines, now=at(11), today=day(11))
    found = trial_days(store, today=day(11))
    assert len(found) == 84
    assert [d.night for d in found if d.passed] == list(range(1, 12))
    assert sum(d.recorded for d in found) == 9
    assert (found[1].dose, found[0].dose) == (0.5, None)
    assert found[9].reason == "travel"
    assert found[13].bottle == 0
    assert found[14].bottle == 1
    assert all(d.due for d in found)


def test_twins_have_the_same_days(tmp_path: Path) -> None:
    found = []
    for order in (ORDER, "CPPCCP"):
        with open_store(tmp_path / f"{order}.sqlite", now=lambda: at(20)) as store:
            kept(store, record(order=order))
            nights(store, 1.0, n=12)
            found.append(trial_days(store, today=day(20)))
    assert found[0] == found[1]


def test_where_the_order_is_known_a_dose_is_due_on_product_nights_only(store: Store) -> None:
    kept(store, record(known=True))
    found = trial_days(store, today=day(20))
    letters = read_order(ORDER)
    assert [d.due for d in found] == [letters[d.bottle].value == "product" for d in found]
