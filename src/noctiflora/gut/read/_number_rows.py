"""Big tables of numbers read in pieces: names of rows with their amounts."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats
from noctiflora.gut.read._cells import number
from noctiflora.gut.read._document import Document

NEWLINE = 10
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """Some rows in a run.

    Parameters
    ----------
    names : list of str
        First cell of each row.
    values : ndarray (rows, samples)
        Numbers.
    """

    names: list[str]
    values: Floats


def blocks(document: Document, *, skip: int, columns: int, first_line: int, delimiter: str = "\t") -> Iterator[Block]:
    """Yield the rows below the header.

    Parameters
    ----------
    document : Document
        Text in columns.
    skip : int
        Cells of each row before the first number.
    columns : int
        Numbers of each row.
    first_line : int
        Lines above the first row.
    delimiter : str
        One character; cells may stand in quotes that hold no delimiter.

    Raises
    ------
    FormatError
        If a cell is no number or a row too short or long.
    """
    rest = b""
    line = 0
    for chunk in (*document.chunks(), b"\n"):
        buffer = rest + chunk
        cut = buffer.rfind(b"\n")
        if cut < 0:
            rest = buffer
            continue
        buffer, rest = buffer[:cut], buffer[cut + 1 :]
        if delimiter != "\t":
            buffer = buffer.replace(delimiter.encode(), b"\t").replace(b'"', b"")
        ends = np.flatnonzero(np.frombuffer(buffer, dtype=np.uint8) == NEWLINE)
        starts = np.concatenate(([0], ends + 1))
        ends = np.concatenate((ends, [len(buffer)]))
        above = max(0, first_line - line)
        numbers = np.arange(line, line + len(starts)) + 1
        line += len(starts)
        keep = (ends - starts > 1) & (np.arange(len(starts)) >= above)
        if keep.any():
            yield _block(buffer, starts[keep], ends[keep], numbers[keep], skip, columns, document.name)


def _block(buffer: bytes, starts: Places, ends: Places, numbers: Places, skip: int, columns: int, name: str) -> Block:
    from noctiflora.gut.read._numbers_kernel import POWERS, parse_rows  # numba takes 0.5 s that taxa never need

    values = np.empty((len(starts), columns))
    odd = parse_rows(np.frombuffer(buffer, dtype=np.uint8), starts, ends, skip, POWERS, values)
    for i in np.flatnonzero(odd):
        values[i] = _slowly(buffer[starts[i] : ends[i]], skip, columns, f"{name}, line {numbers[i]}")
    names = [
        buffer[s : buffer.find(b"\t", s, e)].decode("utf-8", "replace").strip()
        for s, e in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return Block(names=names, values=values)


def _slowly(line: bytes, skip: int, columns: int, where: str) -> list[float]:
    cells = line.decode("utf-8", "replace").rstrip("\r").split("\t")[skip:]
    if len(cells) != columns:
        raise FormatError(
            "the row is cut short or too long",
            where=where,
            found=f"{len(cells)} amounts where the header has {columns}",
            do="download or export it again",
        )
    return [number(c or "0", where=where, field=str(j + skip + 1)) for j, c in enumerate(cells)]
