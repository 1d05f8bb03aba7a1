"""From a morning's entry to a night."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import check_in, list_nights
from noctiflora.actions._night_of_entry import diary_text, keep_night_of_entry
from noctiflora.core import Instrument
from noctiflora.store import Store, open_store

DATE = dt.date(2024, 12, 1)
SAID: dict[str, float] = {
    "bed_time_h": 23.5, "wake_time_h": 6.5, "rise_time_h": 7.0, "latency_min": 20, "wake_min": 10, "quality": 7.5,
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "x.sqlite", now=lambda: dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)) as found:
        yield found


def test_an_entry_becomes_a_night(store: Store) -> None:
    check_in(store, DATE, SAID, today=DATE, zone="Europe/Berlin")
    (night,) = list_nights(store, instrument=Instrument.DIARY).nights
    assert (night.date, night.tib_min, night.tst_min, night.sol_min, night.waso_min) == (DATE, 450, 390, 20, 10)
    assert night.rating == 7.5
    assert night.onset == dt.datetime(2024, 11, 30, 22, 50, tzinfo=dt.UTC)


def test_a_correction_takes_its_place_and_can_be_taken_back(store: Store) -> None:
    for wake in (10, 40, 10):
        check_in(store, DATE, SAID | {"wake_min": wake}, today=DATE, zone="Europe/Berlin")
        (night,) = list_nights(store).nights
        assert night.waso_min == wake
    check_in(store, DATE, {"wake_min": None}, today=DATE, zone="Europe/Berlin")
    (night,) = list_nights(store).nights
    assert night.tst_min is None


@pytest.mark.parametrize("left_out", ["bed_time_h", "wake_time_h"])
def test_half_an_entry_is_kept_without_a_night(store: Store, left_out: str) -> None:
    check_in(store, DATE, {k: v for k, v in SAID.items() if k != left_out}, today=DATE, zone="Europe/Berlin")
    assert len(store.diary.checkins()) == len(SAID) - 1
    assert list_nights(store).nights == ()


def test_what_cannot_be_a_night_is_none(store: Store) -> None:
    check_in(store, DATE, SAID | {"latency_min": 600}, today=DATE, zone="Europe/Berlin")
    assert list_nights(store).nights == ()
    assert not keep_night_of_entry(store, dt.date(2024, 11, 1), zone="Europe/Berlin")


def test_bed_after_midnight_is_of_the_same_date() -> None:
    text = diary_text(DATE, {"bed_time_h": 0.5, "wake_time_h": 24.0 - 24.0 + 8})
    assert text is not None
    assert "2024-12-01,2024-12-01T00:30,2024-12-01T08:00" in text
