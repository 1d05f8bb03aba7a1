"""Trials as documents, each with a version so that nobody overwrites what they have not seen."""

import json
from collections.abc import Mapping
from typing import Any, final

import sqlalchemy as sa

from noctiflora.core import NotFound, RangeError
from noctiflora.store._errors import StoreConflict
from noctiflora.store._link import Link, from_us
from noctiflora.store._records import TrialDocument
from noctiflora.store._tables import TRIALS, plain


@final
class Trials:
    """Opaque JSON documents by id.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def load(self, trial_id: str) -> TrialDocument:
        """Return one trial as last saved.

        Raises
        ------
        NotFound
            If there is none of that id.
        """
        with self._link.read() as connection:
            found = connection.execute(TRIALS.select().where(TRIALS.c.id == trial_id)).first()
        if found is None:
            raise NotFound("there is no trial of this name", where="trial", found=trial_id, do="list the trials")
        return _document(found)

    def list(self) -> tuple[TrialDocument, ...]:
        """Return all trials in order of their ids."""
        with self._link.read() as connection:
            return tuple(_document(r) for r in connection.execute(TRIALS.select().order_by(TRIALS.c.id)))

    def save(self, trial_id: str, body: Mapping[str, object], *, version: int) -> TrialDocument:
        """Save a trial if nobody else did since it was loaded.

        Parameters
        ----------
        trial_id : str
            Its name.
        body : mapping
            The document, JSON values only.
        version : int
            The version it was loaded with; 0 for a new trial.

        Returns
        -------
        TrialDocument
            As saved, with its new version.

        Raises
        ------
        StoreConflict
            If the stored version is another one.
        RangeError
            If the document is not JSON.
        """
        text = _text(body)
        now_us = self._link.now_us()
        with self._link.write() as connection:
            have = connection.execute(sa.select(TRIALS.c.version).where(TRIALS.c.id == trial_id)).scalar() or 0
            if have != version:
                raise StoreConflict(
                    "this trial was changed by somebody else in the meantime",
                    where=trial_id,
                    found=f"version {have} instead of {version}",
                    do="load it again and repeat",
                )
            values = {"version": version + 1, "body": text, "at_us": now_us}
            if have:
                connection.execute(TRIALS.update().where(TRIALS.c.id == trial_id).values(**values))
            else:
                connection.execute(TRIALS.insert().values(id=trial_id, **values))
        return TrialDocument(trial_id=plain(trial_id), version=version + 1, at=from_us(now_us), body=json.loads(text))

    def remove(self, trial_id: str) -> bool:
        """Forget a trial; return whether there was one."""
        with self._link.write() as connection:
            return connection.execute(TRIALS.delete().where(TRIALS.c.id == trial_id)).rowcount > 0


def _text(body: Mapping[str, object]) -> str:
    try:
        return json.dumps(dict(body), allow_nan=False, separators=(",", ":"))
    except (ValueError, TypeError, RecursionError) as error:
        raise RangeError("a trial must hold JSON values only", where="trial", found=str(error)) from None


def _document(found: sa.Row[Any]) -> TrialDocument:
    body: dict[str, object] = json.loads(found.body)
    return TrialDocument(trial_id=found.id, version=found.version, at=from_us(found.at_us), body=body)
