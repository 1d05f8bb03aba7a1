"""Stool tests as read, one document per file."""

from collections.abc import Mapping
from typing import final

from noctiflora.store._body import from_text, to_text
from noctiflora.store._link import Link, from_us, put
from noctiflora.store._records import StoolDocument
from noctiflora.store._tables import STOOLS

WHAT = "a stool test"


@final
class Stools:
    """Opaque JSON documents by the hash of the file they were read from.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def list(self) -> tuple[StoolDocument, ...]:
        """Return all stool tests, the oldest first.

        Raises
        ------
        StoreDamaged
            If a row does not hold a document.
        """
        with self._link.read() as connection:
            found = connection.execute(STOOLS.select().order_by(STOOLS.c.at_us, STOOLS.c.sha256)).all()
        out = []
        for row in found:
            body = from_text(row.body, what=WHAT, where=f"stool_tests, {row.name}")
            out.append(
                StoolDocument(sha256=row.sha256, name=row.name, reading=row.reading, body=body, at=from_us(row.at_us))
            )
        return tuple(out)

    def save(self, body: Mapping[str, object], *, name: str, sha256: str, reading: str) -> bool:
        """Save one test; the same file read in the same way is a no-op.

        Parameters
        ----------
        body : mapping
            What was read, JSON values only.
        name, sha256, reading : str
            As in `StoolDocument`.

        Returns
        -------
        bool
            Whether anything was written.

        Raises
        ------
        RangeError
            If the body is not JSON.
        """
        text = to_text(body, what=WHAT, where="stool")
        now_us = self._link.now_us()
        same = STOOLS.select().where(STOOLS.c.sha256 == sha256, STOOLS.c.reading == reading)
        with self._link.write() as connection:
            if connection.execute(same).first():
                return False
            values = {"name": name, "reading": reading, "body": text, "at_us": now_us}
            put(connection, STOOLS, {"sha256": sha256}, values)
        return True

    def remove(self, sha256: str) -> bool:
        """Forget a test; return whether there was one."""
        with self._link.write() as connection:
            return connection.execute(STOOLS.delete().where(STOOLS.c.sha256 == sha256)).rowcount > 0
