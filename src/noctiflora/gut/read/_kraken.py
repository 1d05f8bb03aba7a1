"""Kraken2 and Bracken reports: counts nested by indentation."""

import re

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature
from noctiflora.gut._vocabulary import RANK_LETTERS, Rank, Unit
from noctiflora.gut.read._cells import number, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format

ROW = re.compile(r"^\s*\d+(\.\d+)?\t\d+\t\d+\t(\d+\t\d+\t)?([A-Z]\d*|-|[a-z]+)\t\d+\t")
CODES = {k.upper(): r for k, r in RANK_LETTERS.items() if k in "dpcofgs"}
INDENT = 2


def sniff(head: bytes) -> bool:
    """Return whether every first line has the columns of a report."""
    found = first_lines(head)
    return bool(found) and all(ROW.match(x) for x in found[:-1] or found)


def read(document: Document) -> Draft:
    """Read a report."""
    features: list[Feature] = []
    counts: list[float] = []
    # Level of each open clade, with the ranked names down to it.
    above: list[tuple[int, tuple[tuple[Rank, str], ...]]] = [(-1, ())]
    unclassified = total = 0.0
    for n, line in enumerate(document.text().splitlines(), start=1):
        if not line.strip():
            continue
        cells = line.split("\t")
        where = f"{document.name}, line {n}"
        if len(cells) not in (6, 8):
            raise FormatError("a report has 6 or 8 columns", where=where, found=str(len(cells)), do="export it again")
        clade = number(cells[1], where=where, field="reads of the clade")
        code, name = cells[-3].strip(), cells[-1]
        if code == "U":
            unclassified += clade
            total += clade
            continue
        level = (len(name) - len(name.lstrip(" "))) // INDENT
        if level == 0:
            total += clade
        rank = CODES.get(code, Rank.OTHER)
        while above[-1][0] >= level:
            above.pop()
        name = name.strip()
        lineage = above[-1][1] if rank is Rank.OTHER else (*above[-1][1], (rank, name))
        above.append((level, lineage))
        features.append(
            Feature(
                name=name,
                rank=rank,
                lineage=lineage,
                ncbi_id=whole(cells[-2]),
                key=f"{cells[-2]} {name}",
            )
        )
        counts.append(clade)
    return Draft(
        features=features,
        sample_ids=[document.name.rsplit("/", 1)[-1]],
        values=np.array(counts, dtype=float).reshape(-1, 1),
        unit=Unit.READS,
        nested=True,
        unassigned=np.array([unclassified]),
        totals=np.array([total]),
        notes=["counts of coarse ranks contain those of fine ranks: one rank is taken at a time"],
    )


KRAKEN = Format(label="Kraken2 or Bracken report", sniff=sniff, read=read)
