"""Small texts by key."""

from collections.abc import Mapping
from typing import final

import sqlalchemy as sa

from noctiflora.store._link import Link, put
from noctiflora.store._tables import SETTINGS


@final
class Settings:
    """Key and value, both text.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, key: str) -> str | None:
        """Return the value of `key`; None where it is not set."""
        with self._link.read() as connection:
            return connection.execute(sa.select(SETTINGS.c.value).where(SETTINGS.c.key == key)).scalar()

    def all(self) -> dict[str, str]:
        """Return every key with its value, in order of the keys."""
        with self._link.read() as connection:
            found = connection.execute(SETTINGS.select().order_by(SETTINGS.c.key)).all()
        return {r.key: r.value for r in found}

    def save(self, values: Mapping[str, str]) -> None:
        """Set several keys, all or none."""
        with self._link.write() as connection:
            for key, value in values.items():
                put(connection, SETTINGS, {"key": key}, {"value": value})

    def remove(self, key: str) -> bool:
        """Forget `key`; return whether it was set."""
        with self._link.write() as connection:
            return connection.execute(SETTINGS.delete().where(SETTINGS.c.key == key)).rowcount > 0
