"""BIOM 1: a table of counts in JSON."""

from collections.abc import Mapping

import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats
from noctiflora.gut.read._biom import draft_of
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._format import Draft, Format
from noctiflora.gut.read._json import a_list, parsed, unfit

MOST_CELLS = 50_000_000


def sniff(head: bytes) -> bool:
    """Return whether this is JSON that names the format or has its parts."""
    return head.lstrip().startswith(b"{") and (
        b"Biological Observation Matrix" in head or (b'"matrix_type"' in head and b'"shape"' in head)
    )


def read(document: Document) -> Draft:
    """Read a table."""
    table = parsed(document)
    rows = a_list(document, "rows", table.get("rows"))
    columns = a_list(document, "columns", table.get("columns"))
    lineages = [_lineage(document, i, r) for i, r in enumerate(rows)]
    return draft_of(
        [_id(document, f"rows.{i}", r) for i, r in enumerate(rows)],
        lineages if any(lineages) else None,
        [_id(document, f"columns.{i}", c) for i, c in enumerate(columns)],
        _values(document, table, len(rows), len(columns)),
    )


def _id(document: Document, field: str, entry: object) -> str:
    found = entry.get("id") if isinstance(entry, dict) else None
    if not isinstance(found, str | int | float):
        raise unfit(document, field, entry)
    return str(found)


def _lineage(document: Document, i: int, entry: object) -> list[str]:
    """Return the parts of a row's lineage; metadata may be missing in any row."""
    held = entry.get("metadata") if isinstance(entry, dict) else None
    found = held.get("taxonomy") if isinstance(held, dict) else None
    if isinstance(found, str):
        return [found]
    parts = [] if found is None else a_list(document, f"rows.{i}.metadata.taxonomy", found)
    if not all(isinstance(p, str) for p in parts):
        raise unfit(document, f"rows.{i}.metadata.taxonomy", found)
    return parts


def _values(document: Document, table: Mapping[str, object], n: int, m: int) -> Floats:
    if table.get("shape") != [n, m] or n * m > MOST_CELLS:
        raise FormatError(
            "the shape does not fit the rows of the table, or it is too large",
            where=f"{document.name}, field shape",
            found=str(table.get("shape"))[:60],
            do="export it again",
        )
    data = a_list(document, "data", table.get("data"))
    values = np.zeros((n, m))
    try:
        if table.get("matrix_type") == "dense":
            return np.array(data, dtype=float).reshape(n, m)
        cells = np.array(data, dtype=float).reshape(len(data), 3)
        at = cells[:, :2].astype(np.int64)
        if not (np.isfinite(cells[:, :2]) & (cells[:, :2] >= 0)).all():
            raise IndexError
        np.add.at(values, (at[:, 0], at[:, 1]), cells[:, 2])
    except (TypeError, ValueError, IndexError, OverflowError):
        raise FormatError(
            "a cell lies outside the table or has not three parts",
            where=f"{document.name}, field data",
            do="export it again",
        ) from None
    return values


BIOM_JSON = Format(label="BIOM 1 (JSON)", sniff=sniff, read=read)
