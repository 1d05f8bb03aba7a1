"""What BIOM 1 and BIOM 2 tables share: rows with lineages, a unit judged by the sums."""

import numpy as np

from noctiflora.gut._reading import Feature, Floats
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read._format import Draft
from noctiflora.gut.read._genes import GENE
from noctiflora.gut.read._lineage import feature, split
from noctiflora.gut.read._units import guess


def draft_of(ids: list[str], lineages: list[list[str]] | None, samples: list[str], values: Floats) -> Draft:
    """Return the draft of a table.

    Parameters
    ----------
    ids : list of str
        Of the rows.
    lineages : list of list of str, or None
        Parts of each row's lineage; None where the table holds none.
    samples : list of str
        Of the columns.
    values : ndarray (rows, columns)
        Amounts.
    """
    unit = guess(values.sum(axis=0), integers=bool((values == np.floor(values)).all()))
    if ids and 2 * sum(bool(GENE.match(i)) for i in ids) >= len(ids):
        genes = [Feature(name=i, rank=Rank.OTHER, key=i) for i in ids]
        return Draft(
            features=genes,
            sample_ids=samples,
            values=values,
            unit=Unit.UNKNOWN if unit is Unit.READS else unit,
            content=Content.GENES,
            rank=Rank.OTHER,
            depths=(None,) * len(samples),
        )
    notes: list[str] = []
    if lineages is None:
        features = [_by_id(i) for i in ids]
        if all(f.rank is Rank.OTHER for f in features):
            notes.append("the table names no taxa: give the file with the taxonomy too")
    else:
        features = [feature(_parts(p), key=i) for i, p in zip(ids, lineages, strict=True)]
    return Draft(features=features, sample_ids=samples, values=values, unit=unit, notes=notes)


def _by_id(text: str) -> Feature:
    parts = split(text)
    return feature(parts, key=text) if len(parts) > 1 else Feature(name=text, rank=Rank.OTHER, key=text)


def _parts(parts: list[str]) -> list[str]:
    """Return the parts of a lineage; one that was written into a single part is split."""
    return split(parts[0].strip("\"'")) if len(parts) == 1 else parts
