"""uBiome exports in JSON."""

import json

from pydantic import BaseModel, ConfigDict, ValidationError

from noctiflora.core import FormatError
from noctiflora.gut._vocabulary import Unit, rank_of
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._lineage import clean
from noctiflora.gut.read._ranked_rows import RankedRow, draft_of

MARK = b'"ubiome_bacteriacounts"'
REGION = "16S"
"""The company sequenced this gene (10.1371/journal.pone.0176555); the file does not tell which part of it."""


class _Count(BaseModel):
    """One taxon of the export."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False, coerce_numbers_to_str=True)
    taxon: int
    parent: int
    count: float
    tax_name: str
    tax_rank: str


class _Export(BaseModel):
    """The export; other fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    ubiome_bacteriacounts: list[_Count]
    site: str | None = None


def sniff(head: bytes) -> bool:
    """Return whether this is JSON with uBiome's list of counts."""
    return head.lstrip().startswith(b"{") and MARK in head


def read(document: Document) -> Draft:
    """Read an export."""
    text = document.text()
    try:
        export = _Export.model_validate(json.loads(text))
    except json.JSONDecodeError as problem:
        raise FormatError(
            "this is not JSON, or it was cut short",
            where=f"{document.name}, line {problem.lineno}",
            found=text[problem.pos : problem.pos + 40] or "end of file",
            do="download it again",
        ) from None
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(p) for p in first["loc"])
        raise FormatError(
            f"a count does not fit: {first['msg'].lower()}",
            where=f"{document.name}, field {field}",
            found=str(first["input"]),
            do="download it again",
        ) from None
    except RecursionError:
        raise FormatError(
            "this JSON cannot be read safely", where=document.name, found="nested beyond reason"
        ) from None
    rows = [
        RankedRow(
            name=clean(c.tax_name) or c.tax_name,
            rank=rank_of(c.tax_rank),
            key=str(c.taxon),
            parent=str(c.parent),
            amount=c.count,
            ncbi_id=c.taxon if c.taxon > 0 else None,
            is_root=c.tax_rank == "root",
        )
        for c in export.ubiome_bacteriacounts
    ]
    draft = draft_of(rows, name=document.name, unit=Unit.READS, site=export.site)
    draft.region = REGION
    return draft


UBIOME_JSON = Format(label="uBiome JSON", sniff=sniff, read=read)
