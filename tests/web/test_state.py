"""What one app holds."""

import datetime as dt
from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from noctiflora.core import NotFound
from noctiflora.web._state import Sample, Shelf, machine_zone, state_of
from tests.web.conftest import TODAY, make, now


def test_a_shelf_opens_once_and_again_after_it_was_put_away(blank: Path) -> None:
    shelf = Shelf(database=str(blank), now=now)
    first = shelf.store()
    assert shelf.store() is first
    shelf.put_away()
    shelf.put_away()
    second = shelf.store()
    assert second is not first
    with shelf.alone():
        assert shelf.store() is second
    shelf.put_away()


def test_the_file_is_known_unless_it_lies_on_a_server(blank: Path) -> None:
    state = make(blank).state.noctiflora
    assert state.file == blank
    state.shelf.database = "postgresql://somewhere/x"
    with pytest.raises(NotFound):
        _ = state.file


def test_pages_show_the_sample_while_somebody_only_looks(blank: Path, tmp_path: Path) -> None:
    app = make(blank)
    state = state_of(HTTPConnection({"type": "http", "app": app}))
    shelf = Shelf(database=str(tmp_path / "sample.sqlite"), now=now)
    day = dt.date(2020, 1, 1)
    state.sample = Sample(shelf=shelf, folder=tmp_path, today=day)
    assert state.store.where.endswith("sample.sqlite")
    assert state.today() == day
    shelf.put_away()
    state.sample = None
    assert state.today() == TODAY
    state.shelf.put_away()


def test_the_machines_zone_is_one_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    machine_zone.cache_clear()
    assert machine_zone() == "Asia/Tokyo"
    monkeypatch.setenv("TZ", "nonsense/zone")
    machine_zone.cache_clear()
    assert machine_zone() != "nonsense/zone"
    machine_zone.cache_clear()
