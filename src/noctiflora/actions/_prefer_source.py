"""Keeps which source a person wants for their nights, or for one of them."""

import datetime as dt
import json
from types import MappingProxyType

from noctiflora.actions._keep_trial import running_trial
from noctiflora.core import RangeError
from noctiflora.sleep import Preference
from noctiflora.store import Store

KEY = "prefer"
AUTOMATIC = "auto"
"""What gives the choice back to the rule."""

IN_TRIAL = "prefer-in-trial"
"""Before the name of a trial: the wish as it was before the first change during it."""


def prefer_source(store: Store, source: str, *, date: dt.date | None = None) -> Preference:
    """Take a source for every night that has it, or for one night; the records of others are kept.

    A trial that is under way goes on with the sources preferred until now.

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
        _keep_for_trial(store)
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
    _keep_for_trial(store)
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


def preference_in_trial(store: Store) -> Preference:
    """Return which sources the trial under way takes its nights from; what is preferred now if there is none."""
    settings = store.settings.all()
    if not any(key.startswith(f"{IN_TRIAL} ") for key in settings):
        return preference(store)
    kept = running_trial(store)
    text = None if kept is None else settings.get(f"{IN_TRIAL} {kept.trial_id}")
    if text is None:
        return preference(store)
    found = json.loads(text)
    nights = {dt.date.fromisoformat(date): source for date, source in found["by_date"].items()}
    return Preference(always=found["always"], by_date=MappingProxyType(nights))


def _keep_for_trial(store: Store) -> None:
    """Keep what is preferred now for the trial under way, unless that was done at an earlier change."""
    kept = running_trial(store)
    if kept is None or store.settings.get(key := f"{IN_TRIAL} {kept.trial_id}") is not None:
        return
    now = preference(store)
    nights = {date.isoformat(): source for date, source in now.by_date.items()}
    store.settings.save({key: json.dumps({"always": now.always, "by_date": nights})})
