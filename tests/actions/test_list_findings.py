"""Findings of a store: numbers where there are nights, "not measured" where there are none."""

import datetime as dt
from pathlib import Path

from noctiflora.actions import import_files, list_findings
from noctiflora.plan import Group
from noctiflora.sample import Person, Vendor, export
from noctiflora.store import Store


def test_an_empty_store_measures_nothing(store: Store) -> None:
    found = list_findings(store, today=dt.date(2025, 5, 1))
    assert found
    assert not any(finding.number for finding in found if finding.group is Group.NOT_MEASURED)


def test_nights_bring_numbers(store: Store, sample: Person, tmp_path: Path) -> None:
    path = tmp_path / "diary.csv"
    path.write_bytes(export(sample, Vendor.DIARY))
    import_files(store, [path], zone=sample.home)
    found = list_findings(store, today=sample.nights[-1].date)
    assert sum(bool(finding.number) for finding in found) > 2
