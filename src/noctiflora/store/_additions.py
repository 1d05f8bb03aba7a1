"""Trials that the person added to the packaged evidence, as documents with their provenance."""

from collections.abc import Mapping
from typing import final

from noctiflora.store._body import from_text, to_text
from noctiflora.store._link import Link, from_us, put
from noctiflora.store._records import AdditionDocument
from noctiflora.store._tables import ADDITIONS

WHAT = "an added trial"


@final
class Additions:
    """Opaque JSON documents by id; saving under a known id takes the place of the earlier one.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def list(self) -> tuple[AdditionDocument, ...]:
        """Return all additions in order of their ids.

        Raises
        ------
        StoreDamaged
            If a row does not hold a document.
        """
        with self._link.read() as connection:
            found = connection.execute(ADDITIONS.select().order_by(ADDITIONS.c.id)).all()
        out = []
        for row in found:
            body = from_text(row.body, what=WHAT, where=f"evidence_additions, {row.id}")
            out.append(
                AdditionDocument(addition_id=row.id, body=body, file=row.file, sha256=row.sha256, at=from_us(row.at_us))
            )
        return tuple(out)

    def save(self, bodies: Mapping[str, Mapping[str, object]], *, file: str, sha256: str) -> None:
        """Save several additions of one file, all or none.

        Parameters
        ----------
        bodies : mapping of str to mapping
            The documents by id, JSON values only.
        file, sha256 : str
            Name of the file they were read from, and the hash of its bytes.

        Raises
        ------
        RangeError
            If a document is not JSON.
        """
        texts = {addition_id: to_text(body, what=WHAT, where="evidence") for addition_id, body in bodies.items()}
        now_us = self._link.now_us()
        with self._link.write() as connection:
            for addition_id, text in texts.items():
                values = {"body": text, "file": file, "sha256": sha256, "at_us": now_us}
                put(connection, ADDITIONS, {"id": addition_id}, values)

    def remove(self, addition_id: str) -> bool:
        """Forget an addition; return whether there was one."""
        with self._link.write() as connection:
            return connection.execute(ADDITIONS.delete().where(ADDITIONS.c.id == addition_id)).rowcount > 0
