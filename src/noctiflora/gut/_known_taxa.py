"""Whether a plain table is of a gut at all: any table of names with numbers looks like one."""

from noctiflora.core import FormatError
from noctiflora.gut._names import resolve, resolve_id
from noctiflora.gut._reading import Feature, GutReading
from noctiflora.gut._vocabulary import Content

ANY_TABLE = "plain table"
"""As what any table of names with numbers is recognised."""


def expect_known_taxa(reading: GutReading) -> None:
    """Refuse a plain table in which not one row names a taxon we know: steps, moods or money are no stool test.

    Raises
    ------
    FormatError
        If there is none.
    """
    if reading.format != ANY_TABLE or reading.content is not Content.TAXA or any(map(_is_known, reading.features)):
        return
    raise FormatError(
        "none of its rows names a bacterium we know, so this is no stool test",
        where=reading.name,
        found=", ".join(f.name for f in reading.features[:3]),
        do="give the table of taxa as the company or the laboratory exported it",
    )


def _is_known(feature: Feature) -> bool:
    if feature.ncbi_id is not None and resolve_id(feature.ncbi_id) is not None:
        return True
    return any(resolve(name).known for name in (feature.name, *(name for _, name in feature.lineage)))
