"""uBiome exports in CSV, the dialect that Biomesight takes too."""

from noctiflora.core import FormatError
from noctiflora.gut._vocabulary import Unit, rank_of
from noctiflora.gut.read._cells import delimiter_of, lines, number, whole
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
    out: list[RankedRow] = []
    for line in rows:
        where = f"{document.name}, line {line.number}"
        if len(line.cells) < len(header):
            raise FormatError("the row is cut short", where=where, do="download or export it again")
        cells = line.cells
        rank, name = cells[at["tax_rank"]], cells[at["tax_name"]]
        out.append(
            RankedRow(
                name=clean(name) or name,
                rank=rank_of(rank),
                key=cells[at["taxon"]],
                parent=cells[at["parent"]] if "parent" in at else "",
                amount=number(cells[at[field]], where=where, field=field),
                ncbi_id=whole(cells[at["taxon"]]),
                is_root=rank.lower() == "root",
            )
        )
    return draft_of(out, name=document.name, unit=Unit.READS if field == "count" else Unit.PER_MILLION)


UBIOME_CSV = Format(label="uBiome or Biomesight CSV", sniff=sniff, read=read)
