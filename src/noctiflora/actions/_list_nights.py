"""Lists the nights: one source each, naps apart, corrections by hand on top."""

import datetime as dt

from noctiflora.core import Instrument
from noctiflora.sleep import EditField, NightEdit, Resolution, resolve
from noctiflora.store import EditRow, Store

DIARY = "diary"
"""How the source of a diary's records begins."""


def list_nights(store: Store, *, instrument: Instrument | None = None) -> Resolution:
    """Return the nights of the store.

    Parameters
    ----------
    store : Store
        Where from.
    instrument : Instrument, optional
        Only what was measured by it; by default the best source of each night.
    """
    episodes = store.imports.episodes()
    if instrument is not None:
        wanted = instrument is Instrument.DIARY
        episodes = tuple(e for e in episodes if e.source.startswith(DIARY) == wanted)
    return resolve(episodes, edits=[_edit(row) for row in store.edits.all()])


def _edit(row: EditRow) -> NightEdit:
    value = dt.datetime.fromisoformat(row.value) if isinstance(row.value, str) else row.value
    return NightEdit(date=row.date, field=EditField(row.field), value=value)
