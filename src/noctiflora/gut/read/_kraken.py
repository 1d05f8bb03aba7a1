"""Kraken2 and Bracken reports: counts nested by indentation."""

import re
from itertools import compress

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import features_of
from noctiflora.gut._vocabulary import RANK_LETTERS, Rank, Unit
from noctiflora.gut.read._cells import numbers, wholes
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format

ROW = re.compile(r"^\s*\d+(\.\d+)?\t\d+\t\d+\t(\d+\t\d+\t)?([A-Z]\d*|-|[a-z]+)\t\d+\t")
CODES = {k.upper(): r for k, r in RANK_LETTERS.items() if k in "dpcofgs"}
INDENT = 2
WIDTHS = (6, 8)


def sniff(head: bytes) -> bool:
    """Return whether every first line has the columns of a report."""
    found = first_lines(head)
    return bool(found) and all(ROW.match(x) for x in found[:-1] or found)


def read(document: Document) -> Draft:
    """Read a report."""
    columns = _columns(document)
    clades = numbers(columns[1], where=document.name, field="reads of the clade")
    codes = list(map(str.strip, columns[-3]))
    named = [code != "U" for code in codes]
    kept = np.array(named, dtype=bool)
    unclassified = float(clades[~kept].sum())
    indented = list(map(str.rstrip, compress(columns[-1], named)))
    names = list(map(str.lstrip, indented))
    levels = [(len(i) - len(n)) // INDENT for i, n in zip(indented, names, strict=True)]
    ranks = [CODES.get(code, Rank.OTHER) for code in compress(codes, named)]
    total = float(clades[kept][np.array(levels, dtype=int) == 0].sum()) + unclassified
    ids = list(compress(columns[-2], named))
    return Draft(
        features=features_of(
            names,
            ranks,
            lineages=_lineages(names, ranks, levels),
            ncbi_ids=wholes(ids),
            keys=list(map("{} {}".format, ids, names)),
        ),
        sample_ids=[document.name.rsplit("/", 1)[-1]],
        values=clades[kept].reshape(-1, 1),
        unit=Unit.READS,
        nested=True,
        unassigned=np.array([unclassified]),
        totals=np.array([total]),
        notes=["counts of coarse ranks contain those of fine ranks: one rank is taken at a time"],
    )


def _lineages(names: list[str], ranks: list[Rank], levels: list[int]) -> list[tuple[tuple[Rank, str], ...]]:
    """Return the ranked names down to each row; a level that was jumped over holds what stands above it."""
    above: list[tuple[tuple[Rank, str], ...]] = [()]
    out = []
    for name, rank, level in zip(names, ranks, levels, strict=True):
        while len(above) <= level:
            above.append(above[-1])
        del above[level + 1 :]
        lineage = above[level] if rank is Rank.OTHER else (*above[level], (rank, name))
        above.append(lineage)
        out.append(lineage)
    return out


def _columns(document: Document) -> list[list[str]]:
    """Return the cells by columns; blank lines are left out, the indent of names stands."""
    text = document.text().splitlines()
    found = [x for x in text if x and not x.isspace()]
    width = found[0].count("\t") + 1
    if width not in WIDTHS or {x.count("\t") + 1 for x in found} != {width}:
        n, odd = next((n, x.count("\t") + 1) for n, x in enumerate(text, 1) if x.strip() and _is_odd(x, width))
        raise FormatError(
            "a report has 6 or 8 columns", where=f"{document.name}, line {n}", found=str(odd), do="export it again"
        )
    cells = "\t".join(found).split("\t")
    return [cells[i::width] for i in range(width)]


def _is_odd(line: str, width: int) -> bool:
    n = line.count("\t") + 1
    return n not in WIDTHS or n != width


KRAKEN = Format(label="Kraken2 or Bracken report", sniff=sniff, read=read)
