"""The doctor on a server."""

from typing import Any

from noctiflora.store import doctor, open_store
from tests import postgres


def test_a_sound_server(address: str) -> None:
    checks = {c.name: c for c in doctor(address)}
    assert all(c.ok for c in checks.values()), checks
    assert checks["server"].found.startswith("PostgreSQL ")
    assert checks["encoding"].found == "UTF8"


def test_a_sleep_without_its_import_is_found(address: str, clock: Any, sleep_of: Any, batch_of: Any) -> None:
    with open_store(address, now=clock) as store:
        store.imports.save(batch_of("a", sleep_of(0)))
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql("DELETE FROM sightings")
    (found,) = (c for c in doctor(address) if c.name == "integrity")
    assert (found.ok, found.found) == (False, "1 sleeps without their import")


def test_a_newer_schema_and_no_server_are_findings(address: str) -> None:
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert {c.name: c.ok for c in doctor(address)}["schema"] is False
    (_, content) = doctor("postgresql+psycopg://nobody:secret@127.0.0.1:1/x", busy_s=0.1)
    assert content.ok is False
    assert "secret" not in content.found
