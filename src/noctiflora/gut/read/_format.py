"""What a reader of one stool format is, with the draft it fills."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature, Floats, GutReading, usual_rank
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read._document import Document


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a reader found; turned into a `GutReading` by `finish`.

    Parameters
    ----------
    features, sample_ids, values
        As in `GutReading`; `values` has shape (features, samples).
    unit : Unit
        Of `values`.
    nested : bool
        Whether coarse rows contain fine rows.
    unassigned : ndarray or None
        Amount of each sample outside the features; zeros where None.
    totals : ndarray or None
        Sum of each sample counted once, unassigned included; the sum of all rows where None.
    depths : tuple or None
        Reads per sample; the totals where the unit is reads, else unknown.
    content, rank, site, region, notes
        As in `GutReading`; the finest rank where None.
    """

    features: list[Feature]
    sample_ids: list[str]
    values: Floats
    unit: Unit
    nested: bool = False
    unassigned: Floats | None = None
    totals: Floats | None = None
    depths: tuple[float | None, ...] | None = None
    content: Content = Content.TAXA
    rank: Rank | None = None
    site: str | None = None
    region: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that can be read.

    Parameters
    ----------
    label : str
        As shown to people.
    sniff : callable
        Takes the first bytes, tells whether the document is of this format.
    read : callable
        Reads the document.
    """

    label: str
    sniff: Callable[[bytes], bool]
    read: Callable[[Document], Draft]


def finish(draft: Draft, *, name: str, label: str) -> GutReading:
    """Return the reading of a draft, checked once for all formats.

    Raises
    ------
    FormatError
        If there are no rows or samples, a number is negative or not finite, or a row or sample stands twice.
    """
    _check(draft, name)
    n = len(draft.sample_ids)
    unassigned = np.zeros(n) if draft.unassigned is None else draft.unassigned
    totals = draft.values.sum(axis=0) + unassigned if draft.totals is None else draft.totals
    depths = draft.depths
    if depths is None:
        depths = tuple(float(t) for t in totals) if draft.unit is Unit.READS else (None,) * n
    return GutReading(
        name=name,
        format=label,
        content=draft.content,
        unit=draft.unit,
        rank=_rank(draft, totals),
        features=tuple(draft.features),
        sample_ids=tuple(draft.sample_ids),
        values=draft.values,
        unassigned=unassigned,
        totals=totals,
        depths=depths,
        nested=draft.nested,
        site=draft.site,
        region=draft.region,
        notes=tuple(dict.fromkeys(draft.notes)),
    )


def _rank(draft: Draft, totals: Floats) -> Rank:
    if draft.rank is not None:
        return draft.rank
    return usual_rank(draft.features, draft.values, totals, nested=draft.nested)


def _check(draft: Draft, name: str) -> None:
    if not draft.features:
        raise FormatError("the table has no rows", where=name, do="export it again")
    if draft.content is not Content.NAMES and not draft.sample_ids:
        raise FormatError("the table has no samples", where=name, do="export it again")
    bad = ~np.isfinite(draft.values) | (draft.values < 0)
    if bad.any():
        i, j = (int(k) for k in np.argwhere(bad)[0])
        raise FormatError(
            "an amount is negative or no number",
            where=f"{name}, {draft.features[i].name}, sample {draft.sample_ids[j]}",
            found=f"{draft.values[i, j]:g}",
            do="a table of log-ratios cannot be read; give counts or shares",
        )
    twice = _repeated([f.key or f.name for f in draft.features])
    if twice is not None:
        raise FormatError("a row stands twice", where=name, found=twice, do="keep one of them or add them up")
    twice = _repeated(draft.sample_ids)
    if twice is not None:
        raise FormatError("a sample stands twice", where=name, found=twice, do="give each sample its own name")


def _repeated(names: list[str]) -> str | None:
    if len(set(names)) == len(names):
        return None
    seen: set[str] = set()
    for n in names:
        if n in seen:
            return n
        seen.add(n)
    return None
