"""Nights of all sources or of one, with corrections by hand on top."""

from pathlib import Path

from noctiflora.actions import import_files, list_nights
from noctiflora.core import Instrument
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store


def fill(store: Store, sample: Person, folder: Path) -> None:
    for vendor in (Vendor.APPLE, Vendor.DIARY):
        (folder / vendor.file_name).write_bytes(export(sample, vendor))
    import_files(store, [folder / v.file_name for v in (Vendor.APPLE, Vendor.DIARY)], zone=sample.home)


def test_an_instrument_sees_its_own_records_only(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    diary = list_nights(store, instrument=Instrument.DIARY).nights
    worn = list_nights(store, instrument=Instrument.WEARABLE).nights
    assert len(diary) == sum(night.diary is not None for night in sample.nights)
    assert all(night.source.startswith("diary") for night in diary)
    assert not any(night.source.startswith("diary") for night in worn)
    assert len(list_nights(store).nights) >= max(len(diary), len(worn))


def test_a_correction_outlives_a_second_import(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    night = list_nights(store).nights[3]
    store.edits.save(night.date, "tst_min", 321.0)
    assert night.offset is not None
    store.edits.save(night.date, "offset", night.offset.isoformat())
    fill(store, sample, tmp_path)
    after = next(n for n in list_nights(store).nights if n.date == night.date)
    assert after.tst_min == 321.0
    assert after.offset == night.offset
