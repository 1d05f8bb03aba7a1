"""Moving a person's store through its action."""

import datetime as dt
from pathlib import Path

import pytest

from noctiflora.actions import move_store
from noctiflora.core import RangeError
from noctiflora.store import open_store, sums


def now() -> dt.datetime:
    return dt.datetime(2025, 3, 1, tzinfo=dt.UTC)


def test_everything_arrives_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db", now=now) as store:
        store.settings.save({"zone": "Europe/Berlin"})
        carried = move_store(store, str(tmp_path / "b.db"), now=now)
        assert carried == sums(store)
        with pytest.raises(RangeError, match="already holds"):
            move_store(store, str(tmp_path / "b.db"), now=now)
    with open_store(tmp_path / "b.db", now=now) as arrived:
        assert arrived.settings.all() == {"zone": "Europe/Berlin"}
