"""What the report says of a stool test: what was read, how sure, what it cannot tell."""

import datetime as dt
from dataclasses import dataclass

from noctiflora.core import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class GutRow:
    """One genus held against a reference; the band is of the percentile, 0 to 100."""

    taxon: str
    where: str
    band_from: float
    band_to: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GutShare:
    """One taxon with its share of the whole sample, per cent."""

    taxon: str
    share_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GutCapacity:
    """What taxa present could do, with the sources of the tests."""

    sentence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GutGene:
    """One module of genes: whether it is there, absent or cannot be measured, in words."""

    name: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GutGenes:
    """Modules of one table of genes.

    Parameters
    ----------
    name, sample : str
        Of the file and the sample: hostile text.
    kept_on : date
        Day of the import.
    recognised : str
        Format and unit.
    modules : tuple of GutGene
        Of the package's sleep modules.
    sources : tuple of Source
        Of the reactions.
    """

    name: str
    sample: str
    kept_on: dt.date
    recognised: str
    modules: tuple[GutGene, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GutPage:
    """One stool test as the report shows it.

    Parameters
    ----------
    name : str
        Of the file: hostile text.
    kept_on : date
        Day of the import.
    recognised : str
        Format, rank, unit, region in a sentence.
    sample : str
        Id of the sample: hostile text.
    reads : float or None
        Reads of the sample.
    unassigned_pct : float or None
        Share without a name at this rank.
    standing : str
        Whether anything may be said.
    reasons, notes : tuple of str
        Why, and what was dropped or guessed.
    shares : tuple of GutShare
        The most frequent taxa.
    n_taxa : int
        Taxa seen.
    rows : tuple of GutRow
        Genera that can be placed.
    n_unplaced : int
        Genera whose band is too wide.
    references : tuple of str
        What it was held against.
    not_placed : str
        Why it was not; empty where it was.
    lab_sd, day_sd : float
        Spread by laboratory and day behind the bands, natural logarithms.
    capacities : tuple of GutCapacity
        By cited tests of members of the taxa.
    cannot_tell : tuple of str
        What no such test tells.
    sources : tuple of Source
        Of references and of what cannot be told.
    genes : GutGenes or None
        Of the table of genes kept last; a page may hold nothing else.
    """

    name: str
    kept_on: dt.date
    recognised: str
    sample: str
    reads: float | None
    unassigned_pct: float | None
    standing: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    shares: tuple[GutShare, ...]
    n_taxa: int
    rows: tuple[GutRow, ...]
    n_unplaced: int
    references: tuple[str, ...]
    not_placed: str
    lab_sd: float
    day_sd: float
    capacities: tuple[GutCapacity, ...]
    cannot_tell: tuple[str, ...]
    sources: tuple[Source, ...]
    genes: GutGenes | None = None


def gut_dict(page: GutPage) -> dict[str, object]:
    """Return a stool test as plain values."""
    return {
        "file": page.name,
        "kept_on": page.kept_on.isoformat(),
        "recognised": page.recognised,
        "sample": page.sample,
        "reads": page.reads,
        "unassigned_pct": page.unassigned_pct,
        "standing": page.standing,
        "reasons": list(page.reasons),
        "notes": list(page.notes),
        "taxa_seen": page.n_taxa,
        "most_frequent": [{"taxon": s.taxon, "share_pct": s.share_pct} for s in page.shares],
        "references": list(page.references),
        "not_placed": page.not_placed or None,
        "placed": [
            {"taxon": r.taxon, "where": r.where, "band_from": r.band_from, "band_to": r.band_to} for r in page.rows
        ],
        "band_pct": 80,
        "lab_sd": page.lab_sd,
        "day_sd": page.day_sd,
        "not_assessable": page.n_unplaced,
        "could_do": [{"text": c.sentence, "sources": [s.ref for s in c.sources]} for c in page.capacities],
        "genes": _genes_dict(page.genes) if page.genes else None,
        "cannot_tell": list(page.cannot_tell),
    }


def _genes_dict(genes: GutGenes) -> dict[str, object]:
    return {
        "file": genes.name,
        "sample": genes.sample,
        "kept_on": genes.kept_on.isoformat(),
        "recognised": genes.recognised,
        "meaning": "genes present, never activity",
        "modules": [{"name": m.name, "found": m.found} for m in genes.modules],
        "sources": [s.ref for s in genes.sources],
    }
