"""The doctor finds each kind of trouble and changes nothing."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import RangeError
from noctiflora.store import Check, Store, doctor
from noctiflora.store._connect import settle_journal


def by_name(path: str | Path) -> dict[str, Check]:
    return {check.name: check for check in doctor(path, busy_s=0)}


def test_a_healthy_database(path: Path, store: Store) -> None:
    store.close()
    before = path.read_bytes()
    found = doctor(path)
    assert [c.name for c in found if not c.ok] == []
    assert {c.name for c in found} >= {
        "database",
        "integrity",
        "schema",
        "journal",
        "file permissions",
        "folder permissions",
        "free space",
        "sqlite",
    }
    assert all(c.found for c in found)
    assert path.read_bytes() == before


def test_every_finding_that_is_not_well_says_what_to_do(
    path: Path, store: Store, spoil: Callable[..., None], sleep_of: Any, batch_of: Any
) -> None:
    store.imports.save(batch_of("a", *(sleep_of(n) for n in range(200))))
    store.close()
    spoil(path, first=3, last=30)
    found = by_name(path)
    bad = [c for c in found.values() if c.ok is False]
    assert bad
    assert all(c.do for c in bad)
    assert {c.name for c in bad} <= {"integrity", "content"}


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "schema"),
        ("INSERT INTO sightings VALUES (99, 'none')", "integrity"),
        ("PRAGMA application_id = 7", "owner"),
    ],
)
def test_each_trouble_is_found(path: Path, store: Store, statement: str, name: str) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    found = by_name(path)
    assert [c.name for c in found.values() if c.ok is False] == [name]
    assert found[name].do


def test_a_mode_that_is_not_safe(path: Path, store: Store) -> None:
    store.close()
    settle_journal(path, "wal", busy_s=0)
    safe = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert by_name(path)["journal"].ok is safe


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a thing of POSIX")
def test_open_doors(path: Path, store: Store) -> None:
    store.close()
    path.with_name("nights.db.replaced.bak").touch(mode=0o644)
    path.parent.chmod(0o755)
    found = by_name(path)
    assert found["file permissions"].ok is False
    assert "replaced.bak" in found["file permissions"].found
    assert found["folder permissions"].ok is None


def test_no_database(tmp_path: Path) -> None:
    assert by_name(tmp_path / "gone")["database"].ok is False
    assert not list(tmp_path.iterdir())
    (tmp_path / "text").write_text("no database" * 100)
    assert by_name(tmp_path / "text")["content"].ok is False
    with pytest.raises(RangeError):
        doctor(":memory:")
