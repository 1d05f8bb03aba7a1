"""Nights by number, and the change of device that is noticed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np

from noctiflora.actions import import_files, list_nights, prefer_source
from noctiflora.actions._keep_trial import save_trial
from noctiflora.actions._trial_nights import TrialNights, as_array, other_device, trial_nights
from noctiflora.actions._trial_record import TrialRecord
from noctiflora.core import Instrument, Outcome
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store
from noctiflora.trial import Entry, EntryKind
from tests.actions.seasons import FIRST, at, kept, rate, record
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


def test_ratings_of_an_imported_diary_stand_where_no_morning_was_entered(store: Store, tmp_path: Path) -> None:
    diary = tmp_path / "diary.csv"
    lines = ["date,lights_out,final_awakening,quality"]
    lines += [
        f"2025-01-0{n},2025-01-0{n - 1}T23:00,2025-01-0{n}T07:00,{quality}" for n, quality in ((6, 4), (7, ""), (8, 9))
    ]
    diary.write_text("\n".join(lines))
    import_files(store, [diary], zone="Europe/Berlin")
    rate(store, FIRST, [5.0])
    found = trial_nights(store, Outcome.RATING, Instrument.DIARY)
    assert found.span(FIRST, FIRST + dt.timedelta(days=2)) == (5.0, None, 9.0)


def test_another_preferred_source_leaves_the_nights_of_a_trial_under_way(
    store: Store, sample: Person, tmp_path: Path
) -> None:
    for vendor in (Vendor.OURA, Vendor.WHOOP):
        (tmp_path / vendor.file_name).write_bytes(export(sample, vendor))
    import_files(store, [tmp_path], zone=None)
    prefer_source(store, "oura")

    def sources() -> set[str]:
        return set(trial_nights(store, Outcome.TOTAL_SLEEP, Instrument.WEARABLE).sources.values())

    running = kept(store, record(outcome=Outcome.TOTAL_SLEEP, instrument=Instrument.WEARABLE))
    prefer_source(store, "whoop")
    prefer_source(store, "whoop", date=FIRST)
    assert {night.source for night in list_nights(store).nights} == {"whoop"}
    assert sources() == {"oura"}
    prefer_source(store, "auto")
    assert sources() == {"oura"}
    prefer_source(store, "whoop")
    save_trial(store, running, locked(running.record))
    assert sources() == {"whoop"}


def locked(given: TrialRecord) -> TrialRecord:
    entry = Entry(kind=EntryKind.LOCKED, at=at(100), night=0)
    return replace(given, entries=(*given.entries, entry))
