"""What one app holds."""

from pathlib import Path

import pytest
from starlette.requests import HTTPConnection

from noctiflora.core import NotFound
from noctiflora.web._state import Shelf, state_of
from tests.web.conftest import make, now


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
    state.sample = Shelf(database=str(tmp_path / "sample.sqlite"), now=now)
    assert state.store.where.endswith("sample.sqlite")
    state.sample.put_away()
    state.shelf.put_away()
