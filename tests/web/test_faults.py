"""Faults around the app: a locked database, a lost one, a full disk; nothing is lost and the way on is said."""

import datetime as dt
import functools
import sqlite3
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import list_nights
from noctiflora.store import Store, StoreFull, open_store
from noctiflora.web import _state, _today
from tests.web.conftest import NIGHTS, make, sign_in
from tests.web.test_nights import add


@pytest.fixture
def hasty(filled: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return a client whose store waits for nobody."""
    monkeypatch.setattr(_state, "open_store", functools.partial(open_store, busy_s=0.05))
    client = sign_in(make(filled))
    assert client.get("/nights").status_code == 200
    return client


def test_a_database_locked_by_another_program_is_said_and_works_again_after(hasty: TestClient, filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused = hasty.post("/today", data={"quality": "5"})
    assert refused.status_code == 503
    assert "Nothing was changed" in refused.text
    assert "Close other programs" in refused.text
    other.execute("ROLLBACK")
    other.close()
    assert "Saved." in hasty.post("/today", data={"quality": "5"}).text


def test_a_database_removed_under_our_feet_is_said(hasty: TestClient, filled: Path) -> None:
    filled.unlink()
    answer = hasty.get("/nights")
    assert answer.status_code == 404
    assert "filled.sqlite" in answer.text
    assert not filled.exists()  # no empty one is put in its place unasked


def test_a_foreign_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"someone's letters" * 100)
    client = sign_in(make(path))
    assert client.get("/").status_code == 503
    assert client.post("/today", data={"quality": "5"}).status_code == 503
    assert path.read_bytes() == b"someone's letters" * 100


def test_a_full_disk_is_said_and_nothing_is_lost(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("the disk is full", do="free some space")

    monkeypatch.setattr(_today, "check_in", full)
    answer = client.post("/today", data={"quality": "5"})
    assert answer.status_code == 507
    assert "What you just entered was not saved." in answer.text
    assert len(list_nights(store).nights) == NIGHTS


def test_an_import_at_the_command_line_is_seen_at_once(client: TestClient, store: Store) -> None:
    before = client.get("/nights").text
    add(store, [dt.date(2024, 10, 20)])
    assert client.get("/nights").text != before
