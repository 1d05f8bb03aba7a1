"""uBiome exports in CSV, the dialect that Biomesight takes too."""

from noctiflora.core import FormatError
from noctiflora.gut._vocabulary import Unit, rank_of
from noctiflora.gut.read._cells import amounts, delimiter_of, lines, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._ranked_rows import RankedRow, draft_of

HEADER = ("tax_name", "tax_rank", "count", "count_norm", "taxon", "parent")
"""Order of the columns in exports that lack a header, too."""

ROOTS = ("root", "superkingdom", "no_rank", "phylum")


def sniff(head: bytes) -> bool:
    """Return whether the columns are those of a uBiome table, with or without header."""
    found = first_lines(head, 2)
    if not found:
        return False
    cells = [c.strip().strip('"').lower() for c in found[0].split(delimiter_of(found[0]))]
    if {"tax_name", "tax_rank", "taxon"} <= set(cells):
        return True
    return len(cells) == len(HEADER) and cells[1] in ROOTS and all(c.isdigit() for c in cells[2:])


def read(document: Document) -> Draft:
    """Read a table."""
    text = document.text()
    delimiter = delimiter_of(text.partition("\n")[0])
    table = list(lines(text, delimiter=delimiter, where=document.name))
    first = [c.lower() for c in table[0].cells]
    header, rows = (first, table[1:]) if "tax_name" in first else (list(HEADER), table)
    at = {h: i for i, h in enumerate(header)}
    field = "count" if "count" in at else "count_norm"
    if field not in at:
        raise FormatError("the table has no column count", where=document.name, do="export it again")
    short = next((line for line in rows if len(line.cells) < len(header)), None)
    if short is not None:
        where = f"{document.name}, line {short.number}"
        raise FormatError("the row is cut short", where=where, do="download or export it again")
    counts = amounts(rows, (at[field],), header, where=document.name)[:, 0].tolist()
    name_at, rank_at, id_at, parent_at = at["tax_name"], at["tax_rank"], at["taxon"], at.get("parent")
    out = [
        RankedRow(
            name=clean(cells[name_at]) or cells[name_at],
            rank=rank_of(cells[rank_at]),
            key=cells[id_at],
            parent="" if parent_at is None else cells[parent_at],
            amount=amount,
            ncbi_id=whole(cells[id_at]),
            is_root=cells[rank_at].lower() == "root",
        )
        for (_, cells), amount in zip(rows, counts, strict=True)
    ]
    return draft_of(out, name=document.name, unit=Unit.READS if field == "count" else Unit.PER_MILLION)


UBIOME_CSV = Format(label="uBiome or Biomesight CSV", sniff=sniff, read=read)
