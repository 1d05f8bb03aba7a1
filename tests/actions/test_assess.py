"""The report on what is known so far: with nothing, with nights, with a finished trial."""

import datetime as dt

from noctiflora.actions import assess, lock_trial, lose_key, open_trial
from noctiflora.actions._assess import last_trial
from noctiflora.actions._trial_document import to_document
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, day, kept, nights
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


def test_a_running_season_shows_its_dates_and_nothing_of_its_order(store: Store) -> None:
    kept(store)
    nights(store, 2.0, n=40)
    report = assess(store, today=day(40))
    assert report.running
    assert report.design is not None
    assert {p.arm for p in report.design.periods} == {None}
    assert report.trial is None
    assert report.verdict is None


def test_a_locked_season_shows_its_result(store: Store) -> None:
    kept(store)
    nights(store, 2.0)
    lock_trial(store, WORDS, now=at(84), today=day(84))
    report = assess(store, today=day(85))
    assert report.trial is not None
    assert report.verdict is not None
    assert report.design is not None
    assert report.design.blinded
    assert len(report.trial.series) == 84


def test_a_season_without_a_key_says_so(store: Store) -> None:
    kept(store)
    lose_key(store, now=at(40), today=day(40))
    report = assess(store, today=day(40))
    assert report.design is None
    assert any("key loss" in note for note in report.import_notes)


def test_an_opened_season_counts_as_opened(store: Store) -> None:
    kept(store)
    nights(store, 2.0, n=40)
    open_trial(store, reason="rash", passphrase=WORDS, now=at(40), today=day(40))
    report = assess(store, today=day(40))
    assert report.design is not None
    assert report.design.opened_early
    assert not report.running


def test_a_season_that_ended_before_a_second_arm_says_so(store: Store) -> None:
    kept(store)
    nights(store, 2.0, n=9)
    open_trial(store, reason="rash", passphrase=WORDS, now=at(9), today=day(9))
    lock_trial(store, None, now=at(9), today=day(9))
    report = assess(store, today=day(9))
    assert report.trial is None
    assert report.verdict is None
    assert report.import_notes
