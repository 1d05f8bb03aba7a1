"""Keeps which source a person wants for their nights, or for one of them."""

import datetime as dt
from types import MappingProxyType

from noctiflora.core import RangeError
from noctiflora.sleep import Preference
from noctiflora.store import Store

KEY = "prefer"
AUTOMATIC = "auto"
"""What gives the choice back to the rule."""


def prefer_source(store: Store, source: str, *, date: dt.date | None = None) -> Preference:
    """Take a source for every night that has it, or for one night; the records of others are kept.

    Parameters
    ----------
    store : Store
        Where it is kept.
    source : str
        As the nights show it, or the part before the colon; ``"auto"`` forgets the wish.
    date : date, optional
        The night; by default all of them.

    Returns
    -------
    Preference
        All that is preferred now.

    Raises
    ------
    RangeError
        If no record is of that source.
    """
    key = KEY if date is None else f"{KEY} {date.isoformat()}"
    if source.strip().casefold() == AUTOMATIC:
        store.settings.remove(key)
        return preference(store)
    wish = Preference(always=source)
    known = sorted({e.source for e in store.imports.episodes()})
    if not any(wish.wants(name, dt.date.min) for name in known):
        raise RangeError(
            "no record is of this source",
            where="--prefer",
            found=source,
            do=f"take one of: {', '.join(known) or 'none yet, import an export first'}; or {AUTOMATIC}",
        )
    store.settings.save({key: source.strip()})
    return preference(store)


def preference(store: Store) -> Preference:
    """Return which sources are preferred."""
    settings = store.settings.all()
    nights = {}
    for key, source in settings.items():
        name, _, date = key.partition(" ")
        if name == KEY and date:
            nights[dt.date.fromisoformat(date)] = source
    return Preference(always=settings.get(KEY), by_date=MappingProxyType(nights))
