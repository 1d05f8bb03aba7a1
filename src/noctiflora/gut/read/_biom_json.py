"""BIOM 1: a table of counts in JSON."""

import json

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats
from noctiflora.gut.read._biom import draft_of
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._format import Draft, Format

MOST_CELLS = 50_000_000


class _Metadata(BaseModel):
    """What a row carries; only the taxonomy is read."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    taxonomy: list[str] | str | None = None


class _Entry(BaseModel):
    """A row or column."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)
    id: str
    metadata: _Metadata | None = None


class _Table(BaseModel):
    """The document."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)
    matrix_type: str
    shape: tuple[int, int]
    data: list[list[float]]
    rows: list[_Entry]
    columns: list[_Entry]


def sniff(head: bytes) -> bool:
    """Return whether this is JSON that names the format or has its parts."""
    return head.lstrip().startswith(b"{") and (
        b"Biological Observation Matrix" in head or (b'"matrix_type"' in head and b'"shape"' in head)
    )


def read(document: Document) -> Draft:
    """Read a table."""
    text = document.text()
    try:
        table = _Table.model_validate(json.loads(text))
    except json.JSONDecodeError as problem:
        raise FormatError(
            "this is not JSON, or it was cut short",
            where=f"{document.name}, line {problem.lineno}",
            found=text[problem.pos : problem.pos + 40] or "end of file",
            do="download it again",
        ) from None
    except RecursionError:
        raise FormatError(
            "this JSON cannot be read safely", where=document.name, found="nested beyond reason"
        ) from None
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False)[0]
        raise FormatError(
            f"the table does not fit: {first['msg'].lower()}",
            where=f"{document.name}, field {'.'.join(str(p) for p in first['loc'])}",
            found=str(first["input"])[:60],
            do="export it again",
        ) from None
    lineages = [_lineage(r) for r in table.rows]
    return draft_of(
        [r.id for r in table.rows],
        lineages if any(lineages) else None,
        [c.id for c in table.columns],
        _values(table, document.name),
    )


def _lineage(row: _Entry) -> list[str]:
    found = row.metadata.taxonomy if row.metadata else None
    return [found] if isinstance(found, str) else list(found or [])


def _values(table: _Table, name: str) -> Floats:
    n, m = len(table.rows), len(table.columns)
    if table.shape != (n, m) or n * m > MOST_CELLS:
        raise FormatError(
            "shape and rows of the table differ, or it is too large",
            where=f"{name}, field shape",
            found=str(table.shape),
            do="export it again",
        )
    values = np.zeros((n, m))
    try:
        if table.matrix_type == "dense":
            return np.array(table.data, dtype=float).reshape(n, m)
        for i, j, amount in table.data:
            if i < 0 or j < 0:
                raise IndexError
            values[int(i), int(j)] += amount
    except (ValueError, IndexError):
        raise FormatError(
            "a cell lies outside the table or has not three parts", where=f"{name}, field data", do="export it again"
        ) from None
    return values


BIOM_JSON = Format(label="BIOM 1 (JSON)", sniff=sniff, read=read)
