"""The formats that can be read, with the choice among them by content."""

from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

import numpy as np

from noctiflora.core import FormatError, InputError
from noctiflora.gut._reading import GutReading
from noctiflora.gut._vocabulary import Content, Rank, Unit
from noctiflora.gut.read._biom_hdf5 import BIOM_HDF5
from noctiflora.gut.read._biom_json import BIOM_JSON
from noctiflora.gut.read._bracken import BRACKEN
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._emu import EMU
from noctiflora.gut.read._foreign import complaint
from noctiflora.gut.read._format import Format, finish
from noctiflora.gut.read._genes import GENES, read_genes
from noctiflora.gut.read._kraken import KRAKEN
from noctiflora.gut.read._metaphlan import METAPHLAN
from noctiflora.gut.read._motus import MOTUS
from noctiflora.gut.read._plain import PLAIN
from noctiflora.gut.read._qiime import QIIME
from noctiflora.gut.read._thryve import THRYVE
from noctiflora.gut.read._ubiome_csv import UBIOME_CSV
from noctiflora.gut.read._ubiome_json import UBIOME_JSON
from noctiflora.gut.read._units import expect_unit

FORMATS: tuple[Format, ...] = (
    *(QIIME, BIOM_HDF5, BIOM_JSON, UBIOME_JSON, MOTUS, METAPHLAN, KRAKEN, BRACKEN, UBIOME_CSV, THRYVE),
    *(GENES, EMU, PLAIN),
)
"""Asked in this order: tables of genes before those of taxa, the plain table last.

A new format is one file and one entry here.
"""


def labels() -> tuple[str, ...]:
    """Return the names of the formats that can be read."""
    return tuple(f.label for f in FORMATS)


def recognise(head: bytes) -> str | None:
    r"""Return the name of the format a file begins like, or None.

    Parameters
    ----------
    head : bytes
        The first bytes; up to 65,536 are of use.

    Examples
    --------
    >>> recognise(b"taxon,percent\nFaecalibacterium,12.5\n")
    'plain table'
    >>> recognise(b"# Gene Family\tS1\nUNMAPPED\t3\n")
    'gene table (HUMAnN or KO)'
    """
    known = _format(head)
    return known.label if known else None


def _format(head: bytes) -> Format | None:
    return next((f for f in FORMATS if f.sniff(head)), None)


def read(
    stream: BinaryIO,
    name: str,
    *,
    unit: Unit | None = None,
    rank: Rank | None = None,
    region: str | None = None,
    site: str | None = None,
) -> GutReading:
    r"""Read one stool table; the format is recognised by content.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading, at its start.
    name : str
        For messages; never opened.
    unit, rank, region, site : optional
        What the user knows better than the guess.

    Returns
    -------
    GutReading
        Rows, samples and what was recognised.

    Raises
    ------
    FormatError
        If the file is not recognised or damaged.
    UnitError
        If the amounts are shares that add up to nothing known.

    Examples
    --------
    >>> import io
    >>> table = b"taxon,percent\nFaecalibacterium,60\nBlautia,40\n"
    >>> reading = read(io.BytesIO(table), "mine.csv")
    >>> reading.unit.value, reading.rank.value, reading.sample().names
    ('percent', 'genus', ('Faecalibacterium', 'Blautia'))
    """
    document = Document(stream, name)
    if not document.head.strip():
        raise FormatError("the file is empty", where=name, do="export it again")
    known = _format(document.head)
    if known is None:
        raise complaint(document.head, name)
    try:
        reading = finish(known.read(document), name=name, label=known.label)
    except InputError as problem:
        problem.where = problem.where or name
        raise
    told = reading.told_otherwise(unit=unit, rank=rank, region=region, site=site)
    if told.content is Content.TAXA:
        if unit is not None and unit.whole is not None and not told.nested:
            told = _made_whole(told, unit)
        expect_unit(told.unit, told.totals, where=name)
    return told


def _made_whole(reading: GutReading, unit: Unit) -> GutReading:
    """Return the reading of a table of shares told by the user: what is missing to the whole is unassigned."""
    return replace(reading, totals=np.maximum(reading.totals, unit.whole or 0.0))


def read_gene_table(stream: BinaryIO, name: str, *, wanted: Callable[[str], bool] | None = None) -> GutReading:
    """Read a table of genes, keeping only the rows of wanted identifiers; quick for big tables.

    Parameters
    ----------
    stream, name
        As for `read`.
    wanted : callable, optional
        Takes an identifier, tells whether to keep it; totals are of all rows all the same.

    Raises
    ------
    FormatError
        If the table holds no genes, or is damaged.
    """
    document = Document(stream, name)
    known = _format(document.head) if document.head.strip() else None
    if known is GENES:
        draft = read_genes(document, wanted=wanted)
    elif known in (BIOM_HDF5, BIOM_JSON, QIIME) and known is not None:
        draft = known.read(document)
    else:
        raise FormatError(
            "this is no table of genes",
            where=name,
            found=known.label if known else "an unknown format",
            do="give a table with one row per gene identifier (K01580 ...) and one column per sample",
        )
    if draft.content is not Content.GENES:
        raise FormatError("this is a table of taxa, not of genes", where=name, do="give a KO table of the same sample")
    if not draft.features:
        raise FormatError(
            "no row of the table is known to the modules",
            where=name,
            do="group the genes to the identifiers of the module file (KO) first",
        )
    return finish(draft, name=name, label=known.label)
