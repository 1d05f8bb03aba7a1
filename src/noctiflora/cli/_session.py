"""Builds what a command needs: the settings, the open store, the present."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from noctiflora.actions import Config
    from noctiflora.store import Store


def now() -> dt.datetime:
    """Return the present instant, with a zone."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return the date on this machine's calendar; used for asking, never for nights."""
    return dt.datetime.now().astimezone().date()


def config(database: str | None = None, zone_name: str | None = None) -> "Config":
    """Return the settings of this run."""
    from noctiflora.actions import read_config

    return read_config(os.environ, database=database, zone_name=zone_name)


@contextmanager
def opened(database: str | None) -> Iterator["Store"]:
    """Open the store for one command."""
    from noctiflora.store import open_store

    settings = config(database)
    own = settings.database == str(settings.home / "noctiflora.sqlite")
    with open_store(settings.database, now=now, own_folder=own) as store:
        yield store
