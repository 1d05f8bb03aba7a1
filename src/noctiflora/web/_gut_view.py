"""What a page says of one stool sample."""

from dataclasses import dataclass

from noctiflora.actions import place_gut
from noctiflora.gut import (
    Appraisal,
    Content,
    GutReading,
    Level,
    Placement,
    Potential,
    Sample,
    Standing,
    appraise,
    grown_in_post,
    potential,
    resolve_all,
)
from noctiflora.report.chart import Band, Figure, strip_figure
from noctiflora.web._words import say as _

MOST_TAXA = 15
MOST_STRIPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleView:
    """One sample of a table of taxa.

    Parameters
    ----------
    sample : Sample
        As read.
    verdict : Appraisal
        How far it can be trusted.
    taxa : tuple of (str, str, float)
        As the file names it, its current name where known, share in per cent; the most frequent first.
    n_more : int
        Taxa seen beyond those shown.
    placed : Placement or None
        Where its genera fall; None where nothing can be said of it.
    figure : Figure or None
        Bands of the genera that can be placed.
    n_unplaced : int
        Genera whose band is too wide.
    could : tuple of Potential
        What taxa present could do.
    """

    sample: Sample
    verdict: Appraisal
    taxa: tuple[tuple[str, str, float], ...] = ()
    n_more: int = 0
    placed: Placement | None = None
    figure: Figure | None = None
    n_unplaced: int = 0
    could: tuple[Potential, ...] = ()


def sample_view(reading: GutReading, which: int, *, age_years: float | None) -> SampleView | None:
    """Return what is shown of one sample; None for a table that holds no taxa.

    Parameters
    ----------
    reading : GutReading
        A table.
    which : int
        Place of the sample; beyond the last the first is shown.
    age_years : float or None
        By which the reference is chosen.
    """
    if reading.content is not Content.TAXA or not reading.sample_ids:
        return None
    at = which if 0 <= which < len(reading.sample_ids) else 0
    sample, verdict = reading.sample(at), appraise(reading, at)
    if verdict.standing is Standing.REFUSED:
        return SampleView(sample=sample, verdict=verdict)
    taxa = _taxa(reading, sample, bloomed=verdict.bloomed)
    placed = place_gut(reading, at, age_years=age_years)
    told = [p for p in placed.places if p.level is not Level.NOT_ASSESSABLE]
    told.sort(key=lambda p: (p.level is Level.MIDDLE, -abs(p.low + p.high - 100), p.taxon))
    bands = [Band(name=p.taxon, low=p.low, high=p.high, words=p.level.value) for p in told[:MOST_STRIPS]]
    return SampleView(
        sample=sample,
        verdict=verdict,
        taxa=taxa[:MOST_TAXA],
        n_more=max(len(taxa) - MOST_TAXA, 0),
        placed=placed,
        figure=strip_figure(bands, key="bands", title=_("Where your genera lie among others")) if bands else None,
        n_unplaced=len(placed.places) - len(told),
        could=tuple(p for p in potential(reading, at) if p.carriers),
    )


def _taxa(reading: GutReading, sample: Sample, *, bloomed: bool) -> tuple[tuple[str, str, float], ...]:
    hidden = grown_in_post(reading) if bloomed else frozenset[str]()
    names = resolve_all(sample.names, sample.rank)
    rows = [
        (given, found.name if found.known and found.name != given else "", 100 * amount / sample.total)
        for given, found, amount in zip(sample.names, names, sample.values.tolist(), strict=True)
        if amount > 0 and given not in hidden
    ]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))
