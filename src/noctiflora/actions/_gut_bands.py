"""Where the genera behind the signs of the stool test kept last fall, by row of the table of pathways."""

import datetime as dt
from collections.abc import Mapping

from noctiflora.actions._keep_gut import shown_guts
from noctiflora.actions._observe_gut import DIRECTED, UNDIRECTED
from noctiflora.actions._place_gut import place_gut
from noctiflora.gut import Level, Place
from noctiflora.store import Store


def gut_bands(store: Store, *, today: dt.date, age_years: float | None = None) -> Mapping[str, tuple[Place, ...]]:
    """Return the genera that can be placed, with their bands, by the rows to which `observe_gut` gives signs.

    Parameters
    ----------
    store : Store
        The person's database.
    today : date
        By which a trial under way holds back what came in during it.
    age_years : float, optional
        By which the reference is chosen.
    """
    kept = shown_guts(store, today=today)
    if not kept:
        return {}
    placed = place_gut(kept[-1].reading, age_years=age_years)
    places = {p.taxon: p for p in placed.places if p.level is not Level.NOT_ASSESSABLE}
    rows = {
        key: tuple(places[name] for name in genera if name in places)
        for key, genera in (*DIRECTED.items(), *UNDIRECTED.items())
    }
    return {key: found for key, found in rows.items() if found}
