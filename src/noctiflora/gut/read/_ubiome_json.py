"""uBiome exports in JSON."""

from math import isfinite

from noctiflora.gut._vocabulary import Unit, rank_of
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._json import a_list, parsed, unfit
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._ranked_rows import RankedRow, draft_of

MARK = b'"ubiome_bacteriacounts"'
REGION = "16S"
"""The company sequenced this gene (10.1371/journal.pone.0176555); the file does not tell which part of it."""


def sniff(head: bytes) -> bool:
    """Return whether this is JSON with uBiome's list of counts."""
    return head.lstrip().startswith(b"{") and MARK in head


def read(document: Document) -> Draft:
    """Read an export."""
    export = parsed(document)
    listed = a_list(document, "ubiome_bacteriacounts", export.get("ubiome_bacteriacounts"))
    rows = [_row(document, i, entry) for i, entry in enumerate(listed)]
    site = export.get("site")
    if site is not None and not isinstance(site, str):
        raise unfit(document, "site", site)
    draft = draft_of(rows, name=document.name, unit=Unit.READS, site=site)
    draft.region = REGION
    return draft


def _row(document: Document, i: int, entry: object) -> RankedRow:
    try:
        count, name, rank_name = entry["count"], str(entry["tax_name"]), str(entry["tax_rank"])  # type: ignore[index]
        amount, taxid, above = float(count), int(entry["taxon"]), str(int(entry["parent"]))  # type: ignore[index]
    except (TypeError, KeyError, ValueError, OverflowError):
        raise unfit(document, f"ubiome_bacteriacounts.{i}", entry) from None
    if not isfinite(amount):
        raise unfit(document, f"ubiome_bacteriacounts.{i}.count", count)
    return RankedRow(
        name=clean(name) or name,
        rank=rank_of(rank_name),
        key=str(taxid),
        parent=above,
        amount=amount,
        ncbi_id=taxid if taxid > 0 else None,
        is_root=rank_name == "root",
    )


UBIOME_JSON = Format(label="uBiome JSON", sniff=sniff, read=read)
