"""Thryve and Ombre exports in CSV: parents are named, not numbered."""

from noctiflora.core import FormatError
from noctiflora.gut._vocabulary import Unit, rank_of
from noctiflora.gut.read._cells import delimiter_of, lines, number, whole
from noctiflora.gut.read._document import Document, first_lines
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._ranked_rows import RankedRow, draft_of

MARKS = {"taxon_id", "rank", "name", "parent"}


def sniff(head: bytes) -> bool:
    """Return whether the header is that of a Thryve or Ombre table."""
    found = first_lines(head, 1)
    if not found:
        return False
    cells = {c.strip().strip('"').lower() for c in found[0].split(delimiter_of(found[0]))}
    return cells >= MARKS and bool(cells & {"count", "perc"})


def read(document: Document) -> Draft:
    """Read a table."""
    text = document.text()
    table = list(lines(text, delimiter=delimiter_of(text.partition("\n")[0]), where=document.name))
    header = [c.lower() for c in table[0].cells]
    at = {h: i for i, h in enumerate(header)}
    field = "count" if "count" in at else "perc"
    out: list[RankedRow] = []
    for line in table[1:]:
        where = f"{document.name}, line {line.number}"
        if len(line.cells) <= max(at[m] for m in (*MARKS, field)):
            raise FormatError("the row is cut short", where=where, do="download or export it again")
        cells = line.cells
        name = clean(cells[at["name"]]) or cells[at["name"]]
        rank = cells[at["rank"]].lower()
        out.append(
            RankedRow(
                name=name,
                rank=rank_of(rank),
                key=name,
                parent=clean(cells[at["parent"]]),
                amount=number(cells[at[field]], where=where, field=field),
                ncbi_id=whole(cells[at["taxon_id"]]),
                is_root=rank in ("root", "no rank") and name.lower() == "root",
            )
        )
    return draft_of(_apart(out), name=document.name, unit=Unit.READS if field == "count" else Unit.FRACTION)


def _apart(rows: list[RankedRow]) -> list[RankedRow]:
    """Return rows whose keys differ where one name stands at two ranks (Actinobacteria)."""
    seen: dict[str, str] = {}
    out = []
    for row in rows:
        key = row.key if seen.setdefault(row.key, row.rank) == row.rank else f"{row.key} ({row.rank.value})"
        out.append(row._replace(key=key))
    return out


THRYVE = Format(label="Thryve or Ombre CSV", sniff=sniff, read=read)
