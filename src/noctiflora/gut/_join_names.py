"""A table of unnamed features given the names of another file."""

from dataclasses import replace

from noctiflora.core import FormatError
from noctiflora.gut._reading import GutReading, usual_rank
from noctiflora.gut._vocabulary import Content


def join_names(table: GutReading, names: GutReading) -> GutReading:
    """Return the table with each feature named by the feature of the same id.

    Parameters
    ----------
    table : GutReading
        Amounts by feature id.
    names : GutReading
        A taxonomy; its order does not matter.

    Raises
    ------
    FormatError
        If one of them is not what it should be, or they share no feature.
    """
    if table.content is not Content.TAXA or names.content is not Content.NAMES:
        raise FormatError(
            "a feature table and a taxonomy belong together",
            where=f"{table.name} and {names.name}",
            found=f"{table.content.value} and {names.content.value}",
            do="give FeatureTable[Frequency] and FeatureData[Taxonomy] of one run",
        )
    known = {f.key: f for f in names.features}
    features = tuple(known.get(f.key, f) for f in table.features)
    missing = sum(f.key not in known for f in table.features)
    if missing == len(features):
        raise FormatError(
            "the taxonomy names none of the features",
            where=f"{table.name} and {names.name}",
            do="give the taxonomy of the same run",
        )
    notes = [n for n in table.notes if "names no taxa" not in n]
    if missing:
        notes.append(f"{missing} of {len(features)} features are not in the taxonomy")
    return replace(
        table,
        features=features,
        rank=usual_rank(features, table.values, table.totals, nested=False),
        notes=tuple(notes),
    )
