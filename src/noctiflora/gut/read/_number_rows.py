"""Big tables of numbers read in pieces: names of rows with their amounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from noctiflora.core import FormatError
from noctiflora.gut._reading import Floats
from noctiflora.gut.read._cells import number
from noctiflora.gut.read._document import Document
from noctiflora.gut.read._numbers_kernel import WIDTH, Bytes, Places, parse_short

NEWLINE, TAB, RETURN = 10, 9, 13
PAD = b" " * WIDTH
PIECE_BYTES = 1 << 17
"""Read at once: with the arrays made of it, it stays in the cache of a processor."""

PLAIN = b"0123456789.eE+-"


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
    for chunk in chain(document.chunks(PIECE_BYTES), (b"\n",)):
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
    text = np.frombuffer(PAD + buffer, dtype=np.uint8)
    first, last = starts + len(PAD), ends + len(PAD)
    last = last - (text[last - 1] == RETURN)
    tabs = np.flatnonzero(text == TAB)
    at = np.searchsorted(tabs, first)
    values = np.empty((len(starts), columns))
    whole = np.searchsorted(tabs, last) - at == skip + columns - 1
    # A row cut short or too long is read slowly, which says what is wrong with it.
    odd = ~whole
    if whole.any():
        cells = tabs[at[whole, None] + np.arange(skip - 1, skip + columns - 1)]
        cell_ends = np.column_stack((cells[:, 1:], last[whole]))
        values[whole], bad = _numbers(text, cells.ravel() + 1, cell_ends.ravel(), columns)
        odd[whole] = bad
    for i in np.flatnonzero(odd):
        values[i] = _slowly(buffer[starts[i] : ends[i]], skip, columns, f"{name}, line {numbers[i]}")
    return Block(names=_names(buffer, starts, tabs[np.minimum(at, len(tabs) - 1)] - len(PAD)), values=values)


def _names(buffer: bytes, starts: Places, ends: Places) -> list[str]:
    """Return the first cell of each row; bytes and characters are counted alike in most tables."""
    places = zip(starts.tolist(), ends.tolist(), strict=True)
    if buffer.isascii():
        text = buffer.decode("ascii")
        return [text[s:e].strip() for s, e in places]
    return [buffer[s:e].decode("utf-8", "replace").strip() for s, e in places]


def _numbers(text: Bytes, starts: Places, ends: Places, columns: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the numbers by rows, and which rows hold anything but numbers."""
    values, odd = parse_short(text, starts, ends)
    bad = np.zeros(len(values), dtype=bool)
    at = np.flatnonzero(odd)
    raw = text.tobytes() if len(at) else b""
    cells = [raw[s:e] for s, e in zip(starts[at].tolist(), ends[at].tolist(), strict=True)]
    try:
        values[at] = list(map(float, cells))
        if not b"".join(cells).translate(None, PLAIN):
            cells = []
    except ValueError:
        pass
    # Some of them is odd: one by one tells which.
    for i, cell in zip(at.tolist(), cells, strict=False):
        try:
            values[i] = float(cell)
        except ValueError:
            bad[i] = True
        else:
            bad[i] = bool(cell.strip(PLAIN))
    wrong: NDArray[np.bool_] = np.any(bad.reshape(-1, columns), axis=1)
    return values.reshape(-1, columns), wrong


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
