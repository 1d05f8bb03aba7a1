"""Tables with one column per rank: Emu's abundances, of one sample or combined."""

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature
from noctiflora.gut._vocabulary import MAIN_RANKS, Rank, rank_of
from noctiflora.gut.read._cells import delimiter_of, lines, number, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._units import guess

NOT_AMOUNTS = ("tax_id", "clade", "subspecies", "species subgroup", "species group", "lineage")
FEWEST_RANKS = 3


def _cells(line: str) -> list[str]:
    return [c.strip().strip('"').lower() for c in line.split(delimiter_of(line))]


def sniff(head: bytes) -> bool:
    """Return whether the header has a column per rank."""
    found = first_lines(head, 1)
    return bool(found) and sum(rank_of(c) is not Rank.OTHER for c in _cells(found[0])) >= FEWEST_RANKS


def read(document: Document) -> Draft:
    """Read a table; counts are taken before shares where both are given."""
    text = document.text()
    table = list(lines(text, delimiter=delimiter_of(text.partition("\n")[0]), where=document.name))
    header, rows = [c.lower() for c in table[0].cells], table[1:]
    ranks = {i: rank_of(h) for i, h in enumerate(header) if rank_of(h) is not Rank.OTHER}
    others = [i for i, h in enumerate(header) if i not in ranks and h not in NOT_AMOUNTS]
    single = "abundance" in header
    columns = [i for i in others if header[i] in ("abundance", "estimated counts")] if single else others
    if single and "estimated counts" in header:
        columns = [header.index("estimated counts")]
    if not columns:
        raise FormatError("the table has no column of amounts", where=document.name, found=", ".join(header)[:60])
    taxid = header.index("tax_id") if "tax_id" in header else None
    features: list[Feature | None] = []
    amounts: list[list[float]] = []
    for line in rows:
        where = f"{document.name}, line {line.number}"
        cells = [*line.cells, *[""] * (len(header) - len(line.cells))]
        amounts.append([number(cells[i] or "0", where=where, field=header[i]) for i in columns])
        features.append(_feature(cells, ranks, cells[taxid] if taxid is not None else ""))
    values = np.array(amounts, dtype=float).reshape(len(rows), len(columns))
    named = np.array([f is not None for f in features], dtype=bool)
    sums = values.sum(axis=0)
    whole_numbers = bool((values == np.floor(values)).all())
    counted = single and header[columns[0]] == "estimated counts"
    return Draft(
        features=[f for f in features if f is not None],
        sample_ids=[document.name.rsplit("/", 1)[-1]] if single else [table[0].cells[i] for i in columns],
        values=values[named],
        unit=guess(sums, integers=whole_numbers or counted),
        unassigned=values[~named].sum(axis=0),
        notes=["counts are estimated from alignments"] if counted else [],
    )


def _feature(cells: list[str], ranks: dict[int, Rank], taxid: str) -> Feature | None:
    """Return the feature of a row, None for rows that stand for what was not assigned."""
    found = {r: clean(cells[i]) for i, r in ranks.items()}
    lineage = tuple((r, found[r]) for r in MAIN_RANKS if found.get(r))
    if not lineage:
        return None
    rank, name = lineage[-1]
    key = taxid or ";".join(n for _, n in lineage)
    return Feature(name=name, rank=rank, lineage=lineage, ncbi_id=whole(taxid), key=key)


EMU = Format(label="Emu or rank-per-column table", sniff=sniff, read=read)
