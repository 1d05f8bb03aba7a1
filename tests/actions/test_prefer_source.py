"""A source preferred by hand: for all nights, for one, and given back to the rule."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import import_files, list_nights, prefer_source, preference
from noctiflora.core import RangeError
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store


def fill(store: Store, sample: Person, folder: Path) -> None:
    for vendor in (Vendor.OURA, Vendor.WHOOP):
        (folder / vendor.file_name).write_bytes(export(sample, vendor))
    import_files(store, [folder], zone=None)


def sources(store: Store) -> dict[dt.date, str]:
    return {night.date: night.source for night in list_nights(store).nights}


def test_one_night_and_then_all(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    before = sources(store)
    assert set(before.values()) == {"oura"}
    date = min(before)
    prefer_source(store, "whoop", date=date)
    assert {d for d, source in sources(store).items() if source == "whoop"} == {date}
    prefer_source(store, "WHOOP")
    assert set(sources(store).values()) == {"whoop"}
    prefer_source(store, "oura", date=date)
    assert {d for d, source in sources(store).items() if source == "oura"} == {date}
    prefer_source(store, "auto")
    prefer_source(store, "auto", date=date)
    assert sources(store) == before
    assert preference(store).always is None


def test_losers_are_kept_and_a_correction_wins(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    n_losers = len(list_nights(store).losers)
    date = min(sources(store))
    prefer_source(store, "whoop")
    store.edits.save(date, "tst_min", 321.0)
    found = list_nights(store)
    assert len(found.losers) == n_losers
    assert next(n.tst_min for n in found.nights if n.date == date) == 321.0


@pytest.mark.parametrize("name", ["fitbit", "", "x" * 200])
def test_a_source_without_records_is_refused_with_the_known_ones(
    store: Store, sample: Person, tmp_path: Path, name: str
) -> None:
    fill(store, sample, tmp_path)
    with pytest.raises(RangeError):
        prefer_source(store, name)
    with pytest.raises(RangeError, match="oura, whoop"):
        prefer_source(store, "fitbit")
    assert preference(store).always is None
