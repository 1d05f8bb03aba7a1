"""Bracken tables: estimated reads of one rank, of one sample or combined."""

from noctiflora.core import FormatError
from noctiflora.gut._reading import Feature
from noctiflora.gut._vocabulary import RANK_LETTERS, Rank, Unit
from noctiflora.gut.read._cells import amounts, lines, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format

START = ["name", "taxonomy_id", "taxonomy_lvl"]
SINGLE = "new_est_reads"
COMBINED = "_num"


def sniff(head: bytes) -> bool:
    """Return whether the header is that of a Bracken table."""
    found = first_lines(head, 1)
    return bool(found) and found[0].split("\t")[:3] == START


def read(document: Document) -> Draft:
    """Read a table."""
    table = list(lines(document.text(), delimiter="\t", where=document.name))
    header, rows = table[0].cells, table[1:]
    columns = [i for i, h in enumerate(header) if h == SINGLE or h.endswith(COMBINED)]
    if not columns:
        raise FormatError("the table has no column new_est_reads", where=document.name, do="export it again")
    features: list[Feature] = []
    for line in rows:
        if len(line.cells) < len(header):
            where = f"{document.name}, line {line.number}"
            raise FormatError("the row is cut short", where=where, do="download or export it again")
        rank = RANK_LETTERS.get(line.cells[2].lower(), Rank.OTHER)
        name, taxid = line.cells[0], line.cells[1]
        lineage = () if rank is Rank.OTHER else ((rank, name),)
        features.append(Feature(name=name, rank=rank, lineage=lineage, ncbi_id=whole(taxid), key=f"{taxid} {name}"))
    single = header[columns[0]] == SINGLE
    return Draft(
        features=features,
        sample_ids=[document.name.rsplit("/", 1)[-1]]
        if single
        else [header[i].removesuffix(COMBINED) for i in columns],
        values=amounts(rows, columns, header, where=document.name),
        unit=Unit.READS,
        notes=["reads that were left unclassified are not in this table"],
    )


BRACKEN = Format(label="Bracken table", sniff=sniff, read=read)
