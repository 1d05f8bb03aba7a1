"""What BIOM 1 and BIOM 2 tables share: rows with lineages, a unit judged by the sums."""

from collections.abc import Sequence
from itertools import repeat

import numpy as np

from noctiflora.gut._reading import Feature, Floats, features_of
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read._format import Draft
from noctiflora.gut.read._genes import GENE
from noctiflora.gut.read._lineage import named, split
from noctiflora.gut.read._units import guess


def draft_of(ids: list[str], lineages: Sequence[Sequence[str]] | None, samples: list[str], values: Floats) -> Draft:
    """Return the draft of a table.

    Parameters
    ----------
    ids : list of str
        Of the rows.
    lineages : sequence of sequence of str, or None
        Parts of each row's lineage; None where the table holds none.
    samples : list of str
        Of the columns.
    values : ndarray (rows, columns)
        Amounts.
    """
    unit = guess(values.sum(axis=0), integers=bool((values == np.floor(values)).all()))
    if ids and 2 * sum(bool(GENE.match(i)) for i in ids) >= len(ids):
        genes = features_of(ids, repeat(Rank.OTHER), lineages=repeat(()), ncbi_ids=repeat(None), keys=ids)
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
        features = _by_ids(ids)
        if all(f.rank is Rank.OTHER for f in features):
            notes.append("the table names no taxa: give the file with the taxonomy too")
    else:
        features = named([_parts(p) for p in lineages], keys=ids)
    return Draft(features=features, sample_ids=samples, values=values, unit=unit, notes=notes)


def _by_ids(ids: list[str]) -> list[Feature]:
    if any("|" in i or ";" in i for i in ids):
        parts = [split(i) for i in ids]
        return named([p if len(p) > 1 else () for p in parts], keys=ids)
    return features_of(ids, repeat(Rank.OTHER), lineages=repeat(()), ncbi_ids=repeat(None), keys=ids)


def _parts(parts: Sequence[str]) -> Sequence[str]:
    """Return the parts of a lineage; one that was written into a single part is split."""
    return split(parts[0].strip("\"'")) if len(parts) == 1 else parts
