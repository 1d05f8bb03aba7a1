"""Kraken2 and Bracken reports: counts nested by indentation."""

import re

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import features_of
from noctiflora.gut._vocabulary import RANK_LETTERS, Rank, Unit
from noctiflora.gut.read._cells import Line, amounts, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format

ROW = re.compile(r"^\s*\d+(\.\d+)?\t\d+\t\d+\t(\d+\t\d+\t)?([A-Z]\d*|-|[a-z]+)\t\d+\t")
CODES = {k.upper(): r for k, r in RANK_LETTERS.items() if k in "dpcofgs"}
INDENT = 2
COLUMNS = ("percent", "reads of the clade", *[""] * 6)


def sniff(head: bytes) -> bool:
    """Return whether every first line has the columns of a report."""
    found = first_lines(head)
    return bool(found) and all(ROW.match(x) for x in found[:-1] or found)


def read(document: Document) -> Draft:
    """Read a report."""
    rows = _rows(document)
    clades = amounts(rows, (1,), COLUMNS, where=document.name)[:, 0]
    names: list[str] = []
    ranks: list[Rank] = []
    lineages: list[tuple[tuple[Rank, str], ...]] = []
    kept: list[int] = []
    # Level of each open clade, with the ranked names down to it.
    above: list[tuple[int, tuple[tuple[Rank, str], ...]]] = [(-1, ())]
    unclassified = total = 0.0
    for i, (_, cells) in enumerate(rows):
        code, indented = cells[-3].strip(), cells[-1]
        if code == "U":
            unclassified += clades[i]
            total += clades[i]
            continue
        name = indented.lstrip(" ")
        level = (len(indented) - len(name)) // INDENT
        if level == 0:
            total += clades[i]
        while above[-1][0] >= level:
            above.pop()
        name = name.rstrip()
        rank = CODES.get(code, Rank.OTHER)
        lineage = above[-1][1] if rank is Rank.OTHER else (*above[-1][1], (rank, name))
        above.append((level, lineage))
        names.append(name)
        ranks.append(rank)
        lineages.append(lineage)
        kept.append(i)
    ids = [rows[i].cells[-2] for i in kept]
    return Draft(
        features=features_of(
            names,
            ranks,
            lineages=lineages,
            ncbi_ids=map(whole, ids),
            keys=[f"{i} {n}" for i, n in zip(ids, names, strict=True)],
        ),
        sample_ids=[document.name.rsplit("/", 1)[-1]],
        values=clades[kept].reshape(-1, 1),
        unit=Unit.READS,
        nested=True,
        unassigned=np.array([unclassified]),
        totals=np.array([total]),
        notes=["counts of coarse ranks contain those of fine ranks: one rank is taken at a time"],
    )


def _rows(document: Document) -> list[Line]:
    """Return the lines that are not blank, cut at tabs; the indent of the last cell stands."""
    rows = [Line(n, x.split("\t")) for n, x in enumerate(document.text().splitlines(), start=1) if x.strip()]
    odd = next((r for r in rows if len(r.cells) not in (6, 8)), None)
    if odd is not None:
        raise FormatError(
            "a report has 6 or 8 columns",
            where=f"{document.name}, line {odd.number}",
            found=str(len(odd.cells)),
            do="export it again",
        )
    return rows


KRAKEN = Format(label="Kraken2 or Bracken report", sniff=sniff, read=read)
