"""Why each night is told as it is, with the records that were not chosen."""

import datetime as dt
from pathlib import Path

from noctiflora.actions import explain_nights, import_files, list_nights, prefer_source
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store

TODAY = dt.date(2025, 5, 1)


def fill(store: Store, sample: Person, folder: Path) -> None:
    for vendor in (Vendor.OURA, Vendor.WHOOP):
        (folder / vendor.file_name).write_bytes(export(sample, vendor))
    import_files(store, [folder], zone=None)


def test_every_record_is_told_once_the_chosen_one_first(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    rows = explain_nights(store, today=TODAY)
    found = list_nights(store)
    assert sum(row.chosen for row in rows) == len(found.nights) + len(found.naps)
    assert sum(not row.chosen for row in rows) == len(found.losers)
    first = found.nights[0].date
    mine = [row for row in rows if row.date == first]
    assert next((row.source, row.chosen) for row in mine if not row.chosen) == ("whoop", False)
    assert mine[0].chosen
    assert mine[0].reason == "tells sleep stages, the fullest of the best kind"


def test_a_wish_and_a_correction_are_reasons(store: Store, sample: Person, tmp_path: Path) -> None:
    fill(store, sample, tmp_path)
    date = list_nights(store).nights[0].date
    prefer_source(store, "whoop", date=date)
    store.edits.save(date, "tst_min", 321.0)
    row = next(row for row in explain_nights(store, today=TODAY) if row.date == date and row.chosen)
    assert row.source == "whoop"
    assert row.reason.endswith("preferred by hand; corrected by hand")


def test_a_record_alone_says_so(store: Store, sample: Person, tmp_path: Path) -> None:
    (tmp_path / "oura.json").write_bytes(export(sample, Vendor.OURA))
    import_files(store, [tmp_path / "oura.json"], zone=None)
    assert {row.reason for row in explain_nights(store, today=TODAY)} == {"tells sleep stages, the only record"}
