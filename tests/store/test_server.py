"""A store on a real PostgreSQL: same schema, writers in turn, nothing lost."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from noctiflora.core import RangeError, StoreBusy, StoreError
from noctiflora.store import Store, StoreForeign, StoreReadOnly, StoreUnreachable, open_store
from noctiflora.store._server import server_engine
from noctiflora.store._tables import IMPORTS, METADATA
from tests import postgres

Make = Callable[..., Any]

WRITERS = 32
PROCESSES = 4

CHILD = """
import datetime as dt, sys, threading
from noctiflora.store import open_store
address, first, last, each = sys.argv[1], *map(int, sys.argv[2:])
def write(writer):
    with open_store(address, now=lambda: dt.datetime.now(dt.UTC), busy_s=60) as store:
        for number in range(each):
            store.settings.save({f"{writer}.{number}": "x", "last": str(writer)})
            sys.stdout.write(f"{writer}.{number}\\n")
            sys.stdout.flush()
threads = [threading.Thread(target=write, args=(w,)) for w in range(first, last)]
for t in threads: t.start()
for t in threads: t.join()
"""


@pytest.fixture
def on_server(address: str, clock: Any) -> Iterator[Store]:
    with open_store(address, now=clock, busy_s=0.3) as opened:
        yield opened


def test_the_schema_is_that_of_the_tables(on_server: Store) -> None:
    with on_server.link.read() as connection:
        seen = sa.inspect(connection)
        for table in METADATA.sorted_tables:
            drawn = {c.name: bool(c.nullable) for c in table.columns}
            assert {c["name"]: c["nullable"] for c in seen.get_columns(table.name)} == drawn, table.name
            assert seen.get_pk_constraint(table.name)["constrained_columns"] == [c.name for c in table.primary_key]


def test_text_sorts_as_in_a_file(on_server: Store) -> None:
    with on_server.link.read() as connection:
        other = connection.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> 'alembic_version'"
        ).all()
    assert other == []
    on_server.settings.save({"b": "1", "B": "1", "a": "1", "_": "1"})
    assert list(on_server.settings.all()) == ["B", "_", "a", "b"]


def test_32_writers_in_4_processes_lose_nothing(address: str, on_server: Store) -> None:
    """Each write that a writer was told of is there, whoever wrote at the same time."""
    each, share = 5, WRITERS // PROCESSES
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CHILD, address, str(n * share), str((n + 1) * share), str(each)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROCESSES)
    ]
    told = set()
    for process in running:
        out, _ = process.communicate(timeout=240)
        assert process.returncode == 0
        told |= set(out.split())
    assert len(told) == WRITERS * each
    assert told == set(on_server.settings.all()) - {"last"}


def test_32_threads_that_import_the_same_file_store_it_once(
    address: str, on_server: Store, clock: Any, sleep_of: Make, batch_of: Make
) -> None:
    batch = batch_of("a", *(sleep_of(n) for n in range(20)))
    seen: list[bool] = []

    def save() -> None:
        with open_store(address, now=clock, busy_s=60) as mine:
            seen.append(mine.imports.save(batch).already)

    threads = [threading.Thread(target=save) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [False] + [True] * (WRITERS - 1)
    assert len(on_server.imports.episodes()) == 20
    with on_server.link.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(IMPORTS)).scalar() == 1


def test_a_second_writer_waits_then_says_busy(address: str, on_server: Store, clock: Any) -> None:
    with open_store(address, now=clock, busy_s=0.1) as other, on_server.link.write():
        with pytest.raises(StoreBusy, match="another process"):
            other.settings.save({"a": "1"})
        assert other.settings.all() == {}, "reading goes on"


def test_a_reader_cannot_write(on_server: Store) -> None:
    with pytest.raises(StoreReadOnly), on_server.link.read() as connection:
        connection.execute(IMPORTS.delete())


def test_people_share_a_database_by_their_schemas(server: str, address: str, clock: Any) -> None:
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql("CREATE SCHEMA lena")
        admin.exec_driver_sql("CREATE SCHEMA tom")
    mine, yours = (f"{address}&options=-csearch_path%3D{name}" for name in ("lena", "tom"))
    with open_store(mine, now=clock) as lena, open_store(yours, now=clock, busy_s=0.2) as tom:
        lena.settings.save({"a": "1"})
        assert tom.settings.all() == {}
        with lena.link.write():
            tom.settings.save({"b": "1"})  # not kept waiting by somebody else's write


def test_tables_of_another_program_are_left_alone(address: str, clock: Any) -> None:
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql("DROP SCHEMA public CASCADE")
        admin.exec_driver_sql("CREATE SCHEMA public")
        admin.exec_driver_sql("CREATE TABLE imports (x int)")
    with pytest.raises(StoreForeign, match="another program"):
        open_store(address, now=clock)


def test_a_lost_connection_is_made_again(address: str, on_server: Store) -> None:
    on_server.settings.save({"a": "1"})
    with postgres.closed(postgres.engine(address)) as admin:
        admin.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert on_server.settings.all() == {"a": "1"}


@pytest.mark.parametrize(
    "address",
    ["postgresql://nobody:secret@127.0.0.1:1/x", "postgresql+psycopg://nobody:secret@127.0.0.1:1/x"],
)
def test_no_server_is_one_sentence_without_the_password(address: str, clock: Any) -> None:
    with pytest.raises(StoreUnreachable) as caught:
        open_store(address, now=clock, busy_s=0.2)
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, StoreError)


@pytest.mark.parametrize("address", ["mysql://host/x", "nosuchdatabase://host/x"])
def test_another_kind_of_database_is_refused(address: str) -> None:
    with pytest.raises(RangeError, match="not known"):
        server_engine(address, 1)
