"""BIOM 2: a sparse table of counts in HDF5."""

import h5py
import numpy as np

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats
from noctiflora.gut.read._biom import draft_of
from noctiflora.gut.read._document import BROKEN, Document
from noctiflora.gut.read._format import Draft, Format

SIGNATURE = b"\x89HDF\r\n\x1a\n"
MOST_CELLS = 50_000_000
NO_FILE = "Not a file id"
"""What h5py says of an image that it cannot open."""


def sniff(head: bytes) -> bool:
    """Return whether this is an HDF5 file."""
    return head.startswith(SIGNATURE)


def read(document: Document) -> Draft:
    """Read a table."""
    return read_bytes(document.whole(), document.name)


def read_bytes(content: bytes, name: str) -> Draft:
    """Read a table from its bytes.

    Raises
    ------
    FormatError
        If the file is damaged or no BIOM table.
    """
    try:
        # Opened as an image in memory: through a Python stream each small read would call back.
        with h5py.File(h5py.h5f.open_file_image(content), "r") as file:
            if "observation/ids" not in file or "sample/ids" not in file:
                raise FormatError("this HDF5 file is no BIOM table", where=name, do="export the feature table as BIOM")
            ids = _texts(file["observation/ids"])
            samples = _texts(file["sample/ids"])
            values = _matrix(file, len(ids), len(samples), name)
            lineages = _lineages(file)
    except FormatError:
        raise
    except (*BROKEN, KeyError, IndexError, TypeError, MemoryError) as problem:
        raise FormatError(
            "the file is damaged or cut short",
            where=name,
            found="no whole HDF5 file" if NO_FILE in str(problem) else str(problem)[:60] or type(problem).__name__,
            do="download or export it again",
        ) from None
    return draft_of(ids, lineages, samples, values)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _texts(data: h5py.Dataset) -> list[str]:
    return [_text(v) for v in data[()]]


def _matrix(file: h5py.File, n: int, m: int, name: str) -> Floats:
    if n * m > MOST_CELLS:
        raise FormatError("the table is too large", where=name, found=f"{n} x {m}", do="keep the samples you need")
    by_sample = "sample/matrix/data" in file
    group = file["sample/matrix" if by_sample else "observation/matrix"]
    data, places, ends = (np.asarray(group[k][()]) for k in ("data", "indices", "indptr"))
    lines, width = (m, n) if by_sample else (n, m)
    if len(ends) != lines + 1 or len(places) != len(data) or (len(places) and not 0 <= int(places.max()) < width):
        raise FormatError("the parts of the table do not fit together", where=name, do="export it again")
    values = np.zeros((lines, width))
    np.add.at(values, (np.repeat(np.arange(lines), np.diff(ends)), places), data.astype(float))
    return np.ascontiguousarray(values.T) if by_sample else values


def _lineages(file: h5py.File) -> list[list[str]] | None:
    """Return the lineages; the metadata may be missing as a whole or in rows."""
    group = file.get("observation/metadata")
    if group is None or "taxonomy" not in group:
        return None
    rows = group["taxonomy"][()]
    if rows.ndim < 2:
        return [[t] if (t := _text(r)) else [] for r in rows]
    # The same few names stand in most rows: each is decoded once.
    words = {w: _text(w) for w in set(rows.ravel().tolist())}
    return [[t for t in map(words.__getitem__, row) if t] for row in rows.tolist()]


BIOM_HDF5 = Format(label="BIOM 2 (HDF5)", sniff=sniff, read=read)
