"""The report on what is known so far: with nothing, with nights, with a finished trial."""

import datetime as dt

from noctiflora.actions import assess
from noctiflora.actions._assess import last_trial
from noctiflora.actions._trial_document import to_document
from noctiflora.store import Store
from tests.actions.test_trial_document import PLAN

TODAY = dt.date(2025, 9, 1)


def test_nothing_yet_is_a_report_too(store: Store) -> None:
    report = assess(store, today=TODAY)
    assert report.nights == ()
    assert report.trial is None
    assert report.verdict is None
    assert report.options


def test_a_trial_without_a_single_night_gives_no_help(store: Store) -> None:
    """All that can be said then is what trials have said before."""
    store.trials.save("x", to_document(PLAN), version=0)
    report = assess(store, today=TODAY)
    assert report.design is not None
    assert report.trial is not None
    assert report.trial.posterior.n_missing == report.trial.posterior.n_nights
    assert report.verdict is None or report.verdict.word != "helps"


def test_the_trial_saved_last_counts(store: Store) -> None:
    assert last_trial(store) is None
    store.trials.save("a", to_document(PLAN), version=0)
    found = last_trial(store)
    assert found == PLAN
