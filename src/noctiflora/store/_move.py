"""Carries everything from one store to another, verified by count and hash.

Both sides may be an SQLite file or a PostgreSQL server. The hash of a table is a sum over the
hashes of its rows, so it does not depend on the order in which a database hands them out.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store._store import Store
from noctiflora.store._tables import METADATA, STAGED, STAGES

CHUNK = 1_000
"""Rows on the way at a time."""

_WIDTH = 1 << 128
_PASSING = frozenset({STAGES.name, STAGED.name})
KEPT = tuple(table for table in METADATA.sorted_tables if table.name not in _PASSING)
"""All tables but those of imports in progress, each after those it points to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSum:
    """What a table holds, in two figures.

    Parameters
    ----------
    table : str
        Its name.
    n_rows : int
        Rows.
    digest : str
        128-bit hash of the set of its rows, in hexadecimal digits.
    """

    table: str
    n_rows: int
    digest: str


def move(source: Store, target: Store) -> tuple[TableSum, ...]:
    """Copy everything into an empty store in one transaction; the source stays as it is.

    Parameters
    ----------
    source : Store
        Read in one transaction, so that what others write meanwhile is either in or out.
    target : Store
        Another database, with nothing in it.

    Returns
    -------
    tuple of TableSum
        What was carried, as read back from the target before its commit.

    Raises
    ------
    RangeError
        If both are the same database, or the target holds something.
    StoreDamaged
        If what is read back differs; then the target is as empty as before.
    """
    if source.where == target.where:
        raise RangeError("both are the same database", where="to", found=target.where, do="name another one")
    with source.link.read() as old, target.link.write() as new:
        for table in KEPT:
            if new.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                raise RangeError(
                    "the other database already holds something; nothing was copied",
                    where=target.where,
                    found=f"rows in {table.name}",
                    do="name an empty one, or erase it first",
                )
        carried = tuple(_carry(old, new, table) for table in KEPT)
        _go_on_counting(new)
        for sent in carried:
            arrived = table_sum(new, METADATA.tables[sent.table])
            if arrived != sent:
                raise StoreDamaged(
                    "what arrived is not what was sent; nothing was kept",
                    where=f"{target.where}, {sent.table}",
                    found=f"{arrived.n_rows} of {sent.n_rows} rows",
                    do="run the doctor on both, then try again",
                )
    return carried


def sums(store: Store) -> tuple[TableSum, ...]:
    """Return the figures of every table as one transaction sees them."""
    with store.link.read() as connection:
        return tuple(table_sum(connection, table) for table in KEPT)


def table_sum(connection: sa.Connection, table: sa.Table) -> TableSum:
    """Return the count and the hash of one table."""
    count, total = 0, 0
    for chunk in _chunks(connection, table):
        count += len(chunk)
        total += sum(map(_row_hash, chunk))
    return TableSum(table=table.name, n_rows=count, digest=f"{total % _WIDTH:032x}")


def _carry(old: sa.Connection, new: sa.Connection, table: sa.Table) -> TableSum:
    count, total = 0, 0
    for chunk in _chunks(old, table):
        new.execute(table.insert(), [dict(row._mapping) for row in chunk])
        count += len(chunk)
        total += sum(map(_row_hash, chunk))
    return TableSum(table=table.name, n_rows=count, digest=f"{total % _WIDTH:032x}")


def _chunks(connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[sa.Row[Any]]]:
    found = connection.execution_options(yield_per=CHUNK).execute(table.select())
    yield from found.partitions()


def _row_hash(row: sa.Row[Any]) -> int:
    text = json.dumps(list(row), separators=(",", ":"))
    return int.from_bytes(hashlib.blake2b(text.encode("ascii"), digest_size=16).digest(), "big")


def _go_on_counting(connection: sa.Connection) -> None:
    """Let a server number new rows after the highest that came; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in KEPT:
        key = table.c.get("id")
        if key is not None and isinstance(key.type, sa.Integer):
            highest = sa.select(sa.func.coalesce(sa.func.max(key), 1), sa.func.count() > 0).select_from(table)
            last, any_row = connection.execute(highest).one()
            sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
            connection.execute(sa.select(sa.func.setval(sequence, last, any_row)))
