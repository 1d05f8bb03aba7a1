"""Erasing on a server: our tables go, everything else stays."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from noctiflora.core import NotFound
from noctiflora.store import StoreForeign, backup, erase, open_store
from tests import postgres


def test_our_tables_go_and_others_stay(address: str, clock: Any, tmp_path: Path) -> None:
    with open_store(address, now=clock) as store:
        store.settings.save({"a": "1"})
        copy = backup(store, tmp_path / "copy.db")
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql("CREATE TABLE theirs (x int)")
    gone = erase(address)
    assert gone.left == (str(copy),)
    with postgres.closed(postgres.engine(address)) as admin:
        assert sa.inspect(admin).get_table_names() == ["theirs"]
    with pytest.raises(StoreForeign):
        erase(address)


def test_copies_go_when_asked_and_an_empty_one_says_so(address: str, clock: Any, tmp_path: Path) -> None:
    with open_store(address, now=clock) as store:
        copy = backup(store, tmp_path / "copy.db")
    assert str(copy) in erase(address, copies=True).removed
    assert not copy.exists()
    with pytest.raises(NotFound, match="nothing to erase"):
        erase(address)
    with open_store(address, now=clock) as store:
        assert store.settings.all() == {}
