"""The zone in which a person sleeps: asked once, kept with their nights."""

from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._night_of_entry import keep_night_of_entry
from noctiflora.core import Instrument, zone
from noctiflora.store import Store

ZONE_SETTING = "zone"


def home_zone(store: Store) -> str | None:
    """Return the zone that was named before; None where none was."""
    return store.settings.get(ZONE_SETTING)


def keep_zone(store: Store, name: str) -> str | None:
    """Keep the zone for records that name none.

    Mornings entered while no zone was known become nights of the diary now.

    Parameters
    ----------
    store : Store
        Where it is kept.
    name : str
        IANA name.

    Returns
    -------
    str or None
        The zone kept before, where it was another one.

    Raises
    ------
    RangeError
        If there is no such zone.
    """
    zone(name)
    before = home_zone(store)
    if before != name:
        store.settings.save({ZONE_SETTING: name})
    if before is None:
        there = {night.date for night in list_nights(store, instrument=Instrument.DIARY).nights}
        for date in sorted({entry.date for entry in store.diary.checkins()} - there):
            keep_night_of_entry(store, date, zone=name)
    return before if before not in (None, name) else None
