"""mOTUs profiles: reads or shares per cluster of marker genes."""

import re

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature
from noctiflora.gut._vocabulary import Rank, Unit
from noctiflora.gut.read._cells import lines, number, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean, feature, split
from noctiflora.gut.read._units import guess

NAMES = ("mOTU", "mOTUs2_clade", "consensus_taxonomy", "NCBI_tax_id")
UNNAMED = ("unassigned", "-1")
BRACKET = re.compile(r"\s*\[([a-z]+_mOTU_v?\w+)\]$")
INCERTAE = re.compile(r"\b(species )?incertae sedis\b", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Return whether the first lines are those of a mOTUs profile."""
    found = first_lines(head, 6)
    git = bool(found) and found[0].startswith("# git tag") and "motus" in found[0]
    return git or any(x.lstrip("#").split("\t")[0] in NAMES[:3] for x in found)


def read(document: Document) -> Draft:
    """Read a profile."""
    header: list[str] | None = None
    features: list[Feature] = []
    amounts: list[list[float]] = []
    for line in lines(document.text(), delimiter="\t", where=document.name):
        first = line.cells[0].lstrip("#").strip()
        if first in NAMES[:3] and header is None:
            header = [first, *line.cells[1:]]
            continue
        if line.cells[0].startswith("#"):
            continue
        where = f"{document.name}, line {line.number}"
        if header is None or len(line.cells) < len(header):
            raise FormatError("the row has no header or is cut short", where=where, do="export it again")
        columns = [i for i, h in enumerate(header) if h not in NAMES]
        features.append(_feature(dict(zip(header, line.cells, strict=False)), header[0]))
        amounts.append([number(line.cells[i], where=where, field=header[i]) for i in columns])
    if header is None:
        raise FormatError("the profile is empty", where=document.name, do="export it again")
    ids = [h for h in header if h not in NAMES]
    table = np.array(amounts, dtype=float).reshape(len(features), len(ids))
    unnamed = np.array([f.key in UNNAMED for f in features], dtype=bool)
    unit = guess(table.sum(axis=0), integers=bool((table == np.floor(table)).all()))
    return Draft(
        features=[f for f, u in zip(features, unnamed, strict=True) if not u],
        sample_ids=ids,
        values=table[~unnamed],
        unit=unit,
        unassigned=table[unnamed].sum(axis=0),
        region="shotgun",
        depths=(None,) * len(ids),
        notes=["counts are scaled reads on marker genes, not reads of the sample"] if unit is Unit.READS else [],
    )


def _feature(cells: dict[str, str], first: str) -> Feature:
    text = cells.get("consensus_taxonomy") or cells.get("mOTUs2_clade") or cells[first]
    inside = BRACKET.search(text)
    key = cells.get("mOTU") or (inside[1] if inside else text)
    taxid = whole(cells.get("NCBI_tax_id", ""))
    plain = BRACKET.sub("", text)
    if key.lower() in UNNAMED or plain.lower() in UNNAMED:
        return Feature(name="unassigned", rank=Rank.OTHER, key="unassigned")
    if "__" in plain:
        return feature(split(plain), key=key, ncbi_id=taxid)
    name = clean(plain)
    if INCERTAE.search(plain) or not name:
        genus = name.split(" ")[0] if name and "incertae" not in name.split(" ")[0].lower() else ""
        above = ((Rank.GENUS, genus),) if genus and name.split(" ")[1:2] == ["species"] else ()
        return Feature(name=genus or key, rank=Rank.GENUS if above else Rank.OTHER, lineage=above, key=key)
    lineage = ((Rank.GENUS, name.split(" ")[0]), (Rank.SPECIES, name))
    return Feature(name=name, rank=Rank.SPECIES, lineage=lineage, ncbi_id=taxid, key=key)


MOTUS = Format(label="mOTUs profile", sniff=sniff, read=read)
