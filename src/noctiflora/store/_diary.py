"""The diary: morning entries, with the doses taken in a trial."""

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, final

from noctiflora.core import RangeError
from noctiflora.intake import CheckIn
from noctiflora.store._link import Link, put
from noctiflora.store._tables import CHECKINS, DOSES

if TYPE_CHECKING:
    from noctiflora.trial import Dose


@final
class Diary:
    """What the person wrote down; an entry takes the place of an earlier one for the same day.

    Parameters
    ----------
    link : Link
        The open database.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def save_checkins(self, checkins: Iterable[CheckIn]) -> int:
        """Keep morning entries, all or none.

        Returns
        -------
        int
            How many.

        Raises
        ------
        RangeError
            If a value is not a finite number.
        """
        rows = list(checkins)
        for row in rows:
            _finite(row.item, row.value)
        now_us = self._link.now_us()
        with self._link.write() as connection:
            for row in rows:
                key = {"date": row.date.isoformat(), "item": row.item}
                put(connection, CHECKINS, key, {"value": row.value, "at_us": now_us})
        return len(rows)

    def checkins(self, *, since: dt.date | None = None, prefix: str = "") -> tuple[CheckIn, ...]:
        """Return morning entries in order of date and item: all, or from a date on, or of items that begin so."""
        query = CHECKINS.select().order_by(CHECKINS.c.date, CHECKINS.c.item)
        if since is not None:
            query = query.where(CHECKINS.c.date >= since.isoformat())
        if prefix:
            query = query.where(CHECKINS.c.item.startswith(prefix, autoescape=True))
        with self._link.read() as connection:
            found = connection.execute(query).all()
        return tuple(CheckIn(date=dt.date.fromisoformat(r.date), item=r.item, value=r.value) for r in found)

    def remove_checkin(self, date: dt.date, item: str) -> bool:
        """Take back one morning entry; return whether there was one."""
        which = (CHECKINS.c.date == date.isoformat()) & (CHECKINS.c.item == item)
        with self._link.write() as connection:
            return connection.execute(CHECKINS.delete().where(which)).rowcount > 0

    def save_doses(self, doses: "Iterable[Dose]") -> int:
        """Keep doses, all or none.

        Returns
        -------
        int
            How many.

        Raises
        ------
        RangeError
            If a fraction is not a finite number.
        """
        rows = list(doses)
        for row in rows:
            _finite("taken", row.taken)
            _finite("assigned", row.assigned)
        now_us = self._link.now_us()
        with self._link.write() as connection:
            for row in rows:
                key = {"night": row.night.isoformat(), "product": row.product}
                put(connection, DOSES, key, {"taken": row.taken, "assigned": row.assigned, "at_us": now_us})
        return len(rows)

    def doses(self) -> "tuple[Dose, ...]":
        """Return all doses in order of night and product."""
        # The room of trials brings its engine along: only who asks for doses waits for that.
        from noctiflora.trial import Dose

        with self._link.read() as connection:
            found = connection.execute(DOSES.select().order_by(DOSES.c.night, DOSES.c.product)).all()
        return tuple(
            Dose(night=dt.date.fromisoformat(r.night), product=r.product, taken=r.taken, assigned=r.assigned)
            for r in found
        )


def _finite(where: str, value: float | None) -> None:
    if value is not None and not math.isfinite(value):
        raise RangeError("an entry must be a finite number", where=where, found=str(value))
