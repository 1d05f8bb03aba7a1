"""Lists the nights: one source each, naps apart, corrections by hand on top."""

import datetime as dt
from dataclasses import replace

from noctiflora.actions._prefer_source import preference
from noctiflora.actions._remember import imports_stamp, remember
from noctiflora.core import Instrument
from noctiflora.sleep import EditField, NightEdit, Preference, Resolution, resolve
from noctiflora.store import EditRow, Store

DIARY = "diary"
"""How the source of a diary's records begins."""


def list_nights(
    store: Store,
    *,
    instrument: Instrument | None = None,
    since: dt.date | None = None,
    prefer: Preference | None = None,
) -> Resolution:
    """Return the nights of the store; they are worked out anew only after an import or a correction.

    Parameters
    ----------
    store : Store
        Where from.
    instrument : Instrument, optional
        Only what was measured by it; by default the best source of each night.
    since : date, optional
        Only nights from this date on, which is quick where there are years of them.
    prefer : Preference, optional
        Sources that go before the rule; by default what the person prefers now.
    """
    prefer = preference(store) if prefer is None else prefer
    stamp = (imports_stamp(store), prefer.always, tuple(sorted(prefer.by_date.items())))
    return remember(store, ("nights", instrument, since), stamp, lambda: _resolved(store, instrument, since, prefer))


def _resolved(store: Store, instrument: Instrument | None, since: dt.date | None, prefer: Preference) -> Resolution:
    # A day more than asked for, so that what overlaps the first night is there too.
    start = None if since is None else dt.datetime.combine(since, dt.time(), dt.UTC) - dt.timedelta(days=2)
    episodes = store.imports.episodes(since=start)
    if instrument is not None:
        wanted = instrument is Instrument.DIARY
        episodes = tuple(e for e in episodes if e.source.startswith(DIARY) == wanted)
    edits = [_edit(row) for row in store.edits.all() if since is None or row.date >= since]
    found = resolve(episodes, edits=edits, prefer=prefer)
    if since is None:
        return found
    return replace(
        found,
        nights=tuple(n for n in found.nights if n.date >= since),
        naps=tuple(n for n in found.naps if n.date >= since),
    )


def _edit(row: EditRow) -> NightEdit:
    value = dt.datetime.fromisoformat(row.value) if isinstance(row.value, str) else row.value
    return NightEdit(date=row.date, field=EditField(row.field), value=value)
