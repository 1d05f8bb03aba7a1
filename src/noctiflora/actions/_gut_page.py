"""Makes the report's page of the stool test kept last."""

import datetime as dt

from noctiflora.actions._keep_genes import KeptGenes, shown_genes
from noctiflora.actions._keep_gut import shown_guts
from noctiflora.actions._place_gut import place_gut
from noctiflora.core import Source, parse_sources
from noctiflora.gut import (
    GutReading,
    Level,
    Placement,
    Potential,
    Standing,
    appraise,
    grown_in_post,
    module_steps,
    potential,
    resolve_all,
)
from noctiflora.report import GutCapacity, GutGene, GutGenes, GutPage, GutRow, GutShare
from noctiflora.store import Store

MOST_SHOWN = 10
SEVEN_COMPANIES = "10.1101/2024.06.05.596628"
CANNOT_TELL = (
    "How much of anything there is in all: a test counts shares, and one share rises when others fall.",
    "What the bacteria make, and what of it reaches gut wall, blood or brain.",
    "Strains, and from 16S most species.",
    "Why you sleep badly: shares go together with sleep in some studies, in others the other way round; none shows a "
    "cause.",
    "What a change between tests of two laboratories means: one stool sent to seven companies gave 3 of 1,208 taxa in "
    "every report.",
)


def gut_page(store: Store, *, today: dt.date, age_years: float | None = None) -> GutPage | None:
    """Return what the report says of the stool test kept last, of its first sample; None without any.

    Parameters
    ----------
    store : Store
        The person's database.
    today : date
        By which a trial under way holds back what came in during it.
    age_years : float, optional
        By which the reference is chosen.
    """
    held = shown_genes(store, today=today)
    genes = _genes(held[-1]) if held else None
    kept = shown_guts(store, today=today)
    if not kept:
        return None if genes is None else _genes_alone(genes)
    last = kept[-1]
    reading = last.reading
    sample, verdict = reading.sample(0), appraise(reading)
    placed = place_gut(reading, age_years=age_years)
    rows = tuple(
        GutRow(taxon=p.taxon, where=p.level.value, band_from=p.low, band_to=p.high)
        for p in placed.places
        if p.level is not Level.NOT_ASSESSABLE
    )
    says = verdict.standing is not Standing.REFUSED
    return GutPage(
        name=reading.name,
        kept_on=last.at.date(),
        recognised=f"{reading.format}, rank {reading.rank.value}, unit {reading.unit.value}, region "
        f"{reading.region or 'not told'}.",
        sample=sample.id,
        reads=sample.depth,
        unassigned_pct=None if sample.unassigned is None else 100 * sample.unassigned,
        standing=verdict.standing.value,
        reasons=verdict.reasons,
        notes=(*reading.notes, *_others(len(kept), len(reading.sample_ids)), *placed.notes),
        shares=_shares(reading, bloomed=verdict.bloomed) if says else (),
        n_taxa=int((sample.values > 0).sum()),
        rows=rows,
        n_unplaced=len(placed.places) - len(rows),
        references=tuple(f"{c.name} ({c.n} people, {c.made})" for c in placed.references),
        not_placed=placed.reason.rstrip("."),
        lab_sd=placed.batch_sd,
        day_sd=placed.day_sd,
        capacities=tuple(_capacity(p) for p in potential(reading) if p.carriers),
        cannot_tell=CANNOT_TELL,
        sources=(*_reference_sources(placed), *parse_sources(SEVEN_COMPANIES)),
        genes=genes,
    )


def _genes(kept: KeptGenes) -> GutGenes:
    return GutGenes(
        name=kept.name,
        sample=next(iter(kept.samples)),
        kept_on=kept.at.date(),
        recognised=f"{kept.format}, unit {kept.unit}",
        modules=tuple(GutGene(name=m.name, found=m.words) for m in kept.first),
        sources=tuple(dict.fromkeys(s for step in module_steps() for s in step.sources)),
    )


def _genes_alone(genes: GutGenes) -> GutPage:
    """Return a page without taxa."""
    return GutPage(
        name=genes.name,
        kept_on=genes.kept_on,
        recognised=f"{genes.recognised}.",
        sample=genes.sample,
        reads=None,
        unassigned_pct=None,
        standing="genes only",
        reasons=("No test of taxa is kept, so nothing is said of bacteria.",),
        notes=(),
        shares=(),
        n_taxa=0,
        rows=(),
        n_unplaced=0,
        references=(),
        not_placed="a table of genes holds no taxa",
        lab_sd=0.0,
        day_sd=0.0,
        capacities=(),
        cannot_tell=CANNOT_TELL,
        sources=parse_sources(SEVEN_COMPANIES),
        genes=genes,
    )


def _others(n_tests: int, n_samples: int) -> tuple[str, ...]:
    notes = []
    if n_samples > 1:
        notes.append(f"The table holds {n_samples} samples; this is the first.")
    if n_tests > 1:
        notes.append(f"{n_tests} stool tests are kept; this is the last one imported.")
    return tuple(notes)


def _shares(reading: GutReading, *, bloomed: bool) -> tuple[GutShare, ...]:
    sample = reading.sample(0)
    hidden = grown_in_post(reading) if bloomed else frozenset[str]()
    names = resolve_all(sample.names, sample.rank)
    rows = [
        GutShare(taxon=found.name if found.known else given, share_pct=100 * amount / sample.total)
        for given, found, amount in zip(sample.names, names, sample.values.tolist(), strict=True)
        if amount > 0 and given not in hidden
    ]
    return tuple(sorted(rows, key=lambda s: (-s.share_pct, s.taxon))[:MOST_SHOWN])


def _capacity(found: Potential) -> GutCapacity:
    rows = [row for carrier in found.carriers for row in (*carrier.rows_for, *carrier.rows_against)]
    return GutCapacity(sentence=found.sentence, sources=tuple(dict.fromkeys(s for row in rows for s in row.sources)))


def _reference_sources(placed: Placement) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(s for c in placed.references for s in c.sources))
