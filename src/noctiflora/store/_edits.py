"""The corrections a person made to nights; no import touches them."""

import datetime as dt
import json
import math
from typing import final

import sqlalchemy as sa

from noctiflora.core import RangeError
from noctiflora.store._link import Link, from_us, put
from noctiflora.store._records import EditRow
from noctiflora.store._tables import EDITS, plain


@final
class Edits:
    """Corrections, one per night and field; the newest counts.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def save(self, date: dt.date, field: str, value: float | str | None) -> EditRow:
        """Keep one correction, in place of an earlier one of the same night and field.

        Parameters
        ----------
        date : date
            The night's date.
        field : str
            Which value is corrected.
        value : float, str or None
            The right value; None says "not known".

        Raises
        ------
        RangeError
            If the value is not a finite number.
        """
        if isinstance(value, float) and not math.isfinite(value):
            raise RangeError("a corrected value must be a finite number", where=field, found=str(value))
        now_us = self._link.now_us()
        with self._link.write() as connection:
            key = {"date": date.isoformat(), "field": field}
            put(connection, EDITS, key, {"value": json.dumps(value), "at_us": now_us})
        return EditRow(date=date, field=plain(field), value=value, at=from_us(now_us))

    def all(self) -> tuple[EditRow, ...]:
        """Return all corrections in order of date and field."""
        with self._link.read() as connection:
            found = connection.execute(EDITS.select().order_by(EDITS.c.date, EDITS.c.field)).all()
        return tuple(
            EditRow(date=dt.date.fromisoformat(r.date), field=r.field, value=json.loads(r.value), at=from_us(r.at_us))
            for r in found
        )

    def remove(self, date: dt.date, field: str | None = None) -> int:
        """Take back the corrections of a night, or of one field of it.

        Returns
        -------
        int
            How many there were.
        """
        which = EDITS.c.date == date.isoformat()
        if field is not None:
            which = sa.and_(which, EDITS.c.field == field)
        with self._link.write() as connection:
            return connection.execute(EDITS.delete().where(which)).rowcount
