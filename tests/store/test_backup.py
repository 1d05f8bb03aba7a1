"""A backup on request."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import NotFound, RangeError
from noctiflora.store import Store, backup, open_store
from noctiflora.store._verify import verify


def test_a_backup_holds_everything(store: Store, tmp_path: Path, clock: Any, sleep_of: Any, batch_of: Any) -> None:
    store.imports.save(batch_of("a", sleep_of(0)))
    store.edits.save(sleep_of(0).end.date(), "tst_min", 400.0)
    made = backup(store, tmp_path / "copy.db")
    verify(made)
    if os.name == "posix":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
    with open_store(made, now=clock) as copy:
        assert copy.imports.episodes() == store.imports.episodes()
        assert copy.edits.all() == store.edits.all()


@pytest.mark.parametrize("kind", ["file", "folder", "itself"])
def test_nothing_is_overwritten(store: Store, path: Path, tmp_path: Path, kind: str) -> None:
    target = {"file": tmp_path / "file", "folder": tmp_path, "itself": path}[kind]
    if kind == "file":
        target.write_bytes(b"kept")
    with pytest.raises(RangeError, match="already"):
        backup(store, target)
    assert kind != "file" or target.read_bytes() == b"kept"
    assert store.settings.all() == {}


def test_a_folder_is_needed(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="folder"):
        backup(store, tmp_path / "no" / "copy.db")
