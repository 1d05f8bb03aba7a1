"""MetaPhlAn 3 and 4 profiles: of one sample, merged, or stripped to the finest names."""

import re
from itertools import compress

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature, Floats
from noctiflora.gut._vocabulary import Rank, Unit
from noctiflora.gut.read._cells import Line, amounts, lines, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean, ranked, split

CLADE = re.compile(r"^[kdpcofgst]__|^SGB\d+(_group)?$|^(UNKNOWN|UNCLASSIFIED)$")
SGB = re.compile(r"^(t__)?(SGB\d+)(_group)?$")
HEADINGS = ("clade_name", "id", "#sampleid", "taxonomy", "clade", "")
UNNAMED = ("UNKNOWN", "UNCLASSIFIED")
NOT_AMOUNTS = ("ncbi_tax_id", "clade_taxid", "additional_species", "coverage")
READS_OF_CLADE = "estimated_number_of_reads_from_the_clade"
PROCESSED = re.compile(r"^#(\d+) reads processed")
MAPPED = re.compile(r"^#estimated_reads_mapped_to_known_clades:(\d+)")
FULL = 100.0
ROUNDING = 0.5


def sniff(head: bytes) -> bool:
    """Return whether this begins like a MetaPhlAn table."""
    found = first_lines(head)
    if not found:
        return False
    if found[0].startswith("#mpa_v") or any(x.lstrip("#").startswith("clade_name\t") for x in found):
        return True
    rows = [x.split("\t") for x in found if not x.startswith("#")]
    named = [r for r in rows[1:] if CLADE.match(r[0])]
    return len(rows) > 1 and len(rows[1]) > 1 and len(named) == len(rows) - 1 and rows[0][0].lower() in HEADINGS


def read(document: Document) -> Draft:
    """Read a profile."""
    header, rows, comments = _split(document)
    notes: list[str] = []
    skip = {i for i, h in enumerate(header) if h.lower() in NOT_AMOUNTS or i == 0}
    columns = [i for i, h in enumerate(header) if i not in skip and h != READS_OF_CLADE]
    if not columns:
        raise FormatError("the profile has no column of amounts", where=document.name, found=", ".join(header)[:60])
    ids = next((i for i, h in enumerate(header) if h.lower() in NOT_AMOUNTS[:2]), None)
    features: list[Feature] = []
    values = amounts(rows, columns, header, where=document.name)
    named = np.array([r.cells[0] not in UNNAMED for r in rows], dtype=bool)
    unnamed = values[~named].sum(axis=0)
    table = values[named]
    for _, cells in compress(rows, named):
        features.append(_feature(cells[0], cells[ids] if ids is not None and ids < len(cells) else ""))
    nested = len({f.rank for f in features}) > 1
    sums = _sums(features, table, nested=nested) + unnamed
    totals = np.where((sums > 0) & (sums < FULL), FULL, sums)
    if ((totals - sums) > ROUNDING).any():
        notes.append("shares add up to less than 100 %: the rest is counted as unassigned")
    if not nested and features and SGB.match(features[0].key):
        notes.append("the table is stripped to SGB numbers: names and ranks above them are gone")
    return Draft(
        features=features,
        sample_ids=_sample_ids([header[i] for i in columns], document.name),
        values=table,
        unit=Unit.PERCENT,
        nested=nested,
        unassigned=unnamed,
        totals=totals,
        depths=(_reads(comments),) if len(columns) == 1 else None,
        region="shotgun",
        notes=notes,
    )


def _split(document: Document) -> tuple[list[str], list[Line], list[str]]:
    """Return the header, the rows below it, and the comments above."""
    text = document.text()
    comments = [x for x in text.splitlines()[:20] if x.startswith("#")]
    header: list[str] | None = None
    rows: list[Line] = []
    for line in lines(text, delimiter="\t", where=document.name):
        first = line.cells[0].lstrip("#")
        if first == "clade_name" or (header is None and not line.cells[0].startswith("#") and not CLADE.match(first)):
            header = [first, *line.cells[1:]]
        elif not line.cells[0].startswith("#"):
            rows.append(line)
    if header is None and rows:
        header = ["clade_name", "relative_abundance"]
    if header is None or not rows:
        raise FormatError("the profile is empty", where=document.name, do="export it again")
    return header, rows, comments


def _reads(comments: list[str]) -> float | None:
    for pattern in (PROCESSED, MAPPED):
        for comment in comments:
            if found := pattern.match(comment):
                return float(found[1])
    return None


def _feature(clade: str, ids: str) -> Feature:
    lineage = ranked(split(clade))
    last = clade.split("|")[-1]
    ncbi = whole(ids.split("|")[-1]) if ids else None
    sgb = SGB.match(last)
    if sgb:
        return Feature(name=sgb[2], rank=Rank.STRAIN, lineage=lineage, ncbi_id=ncbi, key=clade)
    if not lineage:
        return Feature(name=clean(last) or last, rank=Rank.OTHER, ncbi_id=ncbi, key=clade)
    prefix_rank = _rank(last)
    rank, name = lineage[-1]
    if prefix_rank is not rank:  # a placeholder such as g__unclassified keeps its own row, without a name
        return Feature(name=last, rank=Rank.OTHER, lineage=lineage, ncbi_id=ncbi, key=clade)
    return Feature(name=name, rank=rank, lineage=lineage, ncbi_id=ncbi, key=clade)


def _rank(last: str) -> Rank:
    found = ranked([last])
    return found[-1][0] if found else Rank.OTHER


def _sums(features: list[Feature], table: Floats, *, nested: bool) -> Floats:
    """Return the sum of each sample over its coarsest rank, or over all rows where they are of one rank."""
    coarsest = min((f.rank for f in features), key=lambda r: r.depth, default=Rank.OTHER)
    rows = [i for i, f in enumerate(features) if not nested or f.rank is coarsest]
    sums: Floats = table[rows].sum(axis=0)
    return sums


def _sample_ids(header: list[str], name: str) -> list[str]:
    single = header == ["relative_abundance"]
    return [name.rsplit("/", 1)[-1]] if single else [h.removesuffix("_profile") for h in header]


METAPHLAN = Format(label="MetaPhlAn profile", sniff=sniff, read=read)
