"""Turns the stool test kept last into signs for the table of pathways: association, never cause."""

import datetime as dt

from noctiflora.actions._keep_genes import NEVER_ACTIVITY, KeptGenes, shown_genes
from noctiflora.actions._keep_gut import shown_guts
from noctiflora.actions._place_gut import place_gut
from noctiflora.gut import GutReading, Level, Place, Placement, Rank, appraise, module_steps, resolve_all
from noctiflora.plan import Moved, Observed
from noctiflora.store import Store

DIRECTED = {"SC2": ("Coprococcus", "Faecalibacterium", "Lachnospira", "Roseburia")}
"""Rows of the table of pathways whose genera can be placed and whose direction the table tells."""

UNDIRECTED = {"SE2": ("Turicibacter",), "GB3": ("Akkermansia", "Faecalibacterium")}
"""Rows of which the table does not tell the direction, or which these genera cover in part only."""

MODULES = {
    "SC1": ("NS12", "NS13"),
    "SE1": ("NS07",),
    "KY2": ("NS09",),
    "KY3": ("NS05",),
    "ME3": ("NS08",),
    "GG1": ("NS01", "NS02", "NS03"),
    "GG2": ("NS04",),
    "HI2": ("NS10", "NS11"),
}
"""Rows about genes in stool, with the package's modules of the same pathway."""

POST = {"LP3": "Enterobacteriaceae", "HI3": "Klebsiella, Morganella, Proteus"}
"""Rows about families that grow in a stool sent unpreserved."""

ASSOCIATION = "an association at most, not a cause"


def observe_gut(store: Store, *, today: dt.date, age_years: float | None = None) -> dict[str, Observed]:
    """Return what the stool test kept last shows, by row of the table of pathways; empty without any.

    Parameters
    ----------
    store : Store
        The person's database.
    today : date
        By which a trial under way holds back what came in during it.
    age_years : float, optional
        By which the reference is chosen.
    """
    genes = shown_genes(store, today=today)
    signs = {key: _carried(genes[-1], ids) for key, ids in MODULES.items()} if genes else {}
    return signs | _taxa(store, today=today, age_years=age_years)


def _taxa(store: Store, *, today: dt.date, age_years: float | None) -> dict[str, Observed]:
    kept = shown_guts(store, today=today)
    if not kept:
        return {}
    reading = kept[-1].reading
    placed = place_gut(reading, age_years=age_years)
    out = {key: _placed(reading, placed, genera, directed=True) for key, genera in DIRECTED.items()}
    out |= {key: _placed(reading, placed, genera, directed=False) for key, genera in UNDIRECTED.items()}
    if appraise(reading).bloomed:
        text = "families that grow in the post hold over a fifth of the sample, so nothing is said of {}"
        out |= {key: Observed(text=text.format(what), moved=Moved.NOT_KNOWN) for key, what in POST.items()}
    return out


def _carried(kept: KeptGenes, ids: tuple[str, ...]) -> Observed:
    """Return which modules of a row are there; that tells no direction, for nothing is known of other people's."""
    told = "; ".join(f"{m.name}: {m.words}" for m in kept.first if m.id in ids)
    sources = tuple(dict.fromkeys(s for step in module_steps() if step.module in ids for s in step.sources))
    return Observed(
        text=f"by genes in {kept.name}: {told} ({NEVER_ACTIVITY}); {ASSOCIATION}",
        moved=Moved.NOT_KNOWN,
        sources=sources,
    )


def _placed(reading: GutReading, placed: Placement, genera: tuple[str, ...], *, directed: bool) -> Observed:
    if placed.reason:
        text = f"{_seen(reading, genera)}; not held against a reference: {placed.reason.rstrip('.')}"
        return Observed(text=f"{text}; {ASSOCIATION}", moved=Moved.NOT_KNOWN)
    found = [p for p in placed.places if p.taxon in genera]
    names = ", ".join(c.name for c in placed.references)
    told = "; ".join(map(_words, found)) or "none of its genera can be placed"
    sources = tuple(dict.fromkeys(s for c in placed.references for s in c.sources))
    return Observed(
        text=f"{told} (80 % bands for laboratory, day and counting, against {names}); {ASSOCIATION}",
        moved=_moved(found) if directed else Moved.NOT_KNOWN,
        sources=sources,
    )


def _words(place: Place) -> str:
    return f"{place.taxon} {place.level.value}, percentile {place.low:.0f} to {place.high:.0f}"


def _moved(found: list[Place]) -> Moved:
    """Return which way the genera lie together; those that disagree, or most that cannot be placed, tell nothing."""
    levels = [p.level for p in found if p.level is not Level.NOT_ASSESSABLE]
    if 2 * len(levels) < len(found) or not levels:
        return Moved.NOT_KNOWN
    if Level.LOW in levels and Level.HIGH in levels:
        return Moved.NOT_KNOWN
    if Level.LOW in levels:
        return Moved.LOWER
    return Moved.HIGHER if Level.HIGH in levels else Moved.USUAL


def _seen(reading: GutReading, genera: tuple[str, ...]) -> str:
    sample = reading.sample(0, rank=Rank.GENUS)
    shares = dict.fromkeys(genera, 0.0)
    for found, amount in zip(resolve_all(sample.names, Rank.GENUS), sample.values.tolist(), strict=True):
        if found.name in shares:
            shares[found.name] += 100 * amount / sample.total
    return ", ".join(
        f"{name} {share:.1f} % of the sample" if share else f"{name} not seen" for name, share in shares.items()
    )
