"""QIIME 2 artefacts: a zip with a feature table or with the taxonomy of its features."""

import io
import re
import zipfile

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._vocabulary import Content, Unit
from noctiflora.gut.read._biom_hdf5 import read_bytes
from noctiflora.gut.read._cells import lines
from noctiflora.gut.read._document import BROKEN, LARGEST_TEXT_BYTES, Document
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import named, split

MOST_RATIO = 200
"""Inflated to stored bytes; tables and texts compress 3 to 30 times (bound assumed, 100 to 500)."""

RATIO_FREE_BYTES = 16 << 20
TYPE = re.compile(r"^type:\s*(.+?)\s*$", re.MULTILINE)
TABLE, NAMES = "data/feature-table.biom", "data/taxonomy.tsv"


def sniff(head: bytes) -> bool:
    """Return whether this is a zip whose first member lies in a folder named by a UUID."""
    if not head.startswith(b"PK\x03\x04") or len(head) < 30:
        return False
    length = int.from_bytes(head[26:28], "little")
    return bool(re.match(rb"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/", head[30 : 30 + length]))


def read(document: Document) -> Draft:
    """Read a feature table or a taxonomy."""
    content = document.whole()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = TYPE.search(_member(archive, "metadata.yaml", document.name).decode("utf-8", "replace"))
            members = {n.partition("/")[2] for n in archive.namelist()}
            if TABLE in members:
                return read_bytes(_member(archive, TABLE, document.name), document.name)
            if NAMES in members:
                return _names(_member(archive, NAMES, document.name), document.name)
    except FormatError:
        raise
    except BROKEN as problem:
        raise FormatError(
            "the archive is damaged or only half there", where=document.name, found=str(problem), do="download it again"
        ) from None
    raise FormatError(
        "this QIIME 2 artefact is neither a feature table nor a taxonomy",
        where=document.name,
        found=kind[1] if kind else "no type",
        do="give FeatureTable[Frequency] and FeatureData[Taxonomy]",
    )


def _member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    info = next((i for i in archive.infolist() if i.filename.partition("/")[2] == path), None)
    if info is None:
        raise FormatError(f"the artefact lacks {path}", where=name, do="download it again")
    swollen = info.file_size > RATIO_FREE_BYTES and info.file_size > MOST_RATIO * max(1, info.compress_size)
    if info.file_size > LARGEST_TEXT_BYTES or swollen:
        raise FormatError("the archive swells beyond what a table does", where=f"{name}: {path}")
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise FormatError("the archive is damaged or only half there", where=f"{name}: {path}", do="download it again")
    return content


def _names(content: bytes, name: str) -> Draft:
    rows = [
        line.cells
        for line in lines(content.decode("utf-8", "replace"), delimiter="\t", where=name)
        if len(line.cells) > 1 and line.cells[0] not in ("Feature ID", "#q2:types")
    ]
    parts = {text: split(text) for text in {r[1] for r in rows}}
    features = named([parts[r[1]] for r in rows], keys=[r[0] for r in rows])
    return Draft(
        features=features,
        sample_ids=[],
        values=np.zeros((len(features), 0)),
        unit=Unit.UNKNOWN,
        content=Content.NAMES,
        notes=["this file names features but holds no amounts: give the feature table too"],
    )


QIIME = Format(label="QIIME 2 artefact", sniff=sniff, read=read)
