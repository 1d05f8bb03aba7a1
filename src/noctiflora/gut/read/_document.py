"""A stool file as its reader sees it: first bytes, the rest, limits."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from noctiflora.core import FormatError

HEAD_BYTES = 65_536
CHUNK_BYTES = 4 << 20
LARGEST_TEXT_BYTES = 256 << 20
"""Largest file that is read as a whole; a BIOM table of 1,000 samples takes some tens of MB."""

SPARE_LINES = 8
"""Blank lines among the first that cost no second look."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What a damaged archive member or stream raises when read."""


class Document:
    """A byte stream read once from start to end.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading, at its start.
    name : str
        For messages.
    """

    __slots__ = ("_rest", "head", "name")

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        self._rest = stream
        parts: list[bytes] = []
        have = 0
        while have < HEAD_BYTES and (part := self._pull(HEAD_BYTES - have)):
            parts.append(part)
            have += len(part)
        self.head = b"".join(parts)

    def _pull(self, size: int) -> bytes:
        try:
            return self._rest.read(size)
        except FormatError:
            raise
        except BROKEN as problem:
            raise FormatError(
                "the file is damaged or cut short",
                where=self.name,
                found=str(problem) or type(problem).__name__,
                do="download or export it again",
            ) from None

    def chunks(self, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """Yield the whole document, first bytes included, in pieces."""
        if self.head:
            yield self.head
        while part := self._pull(size):
            yield part

    def whole(self) -> bytes:
        """Return all bytes.

        Raises
        ------
        FormatError
            If there are more than `LARGEST_TEXT_BYTES`.
        """
        parts: list[bytes] = []
        have = 0
        for part in self.chunks():
            have += len(part)
            if have > LARGEST_TEXT_BYTES:
                raise FormatError(
                    "the file is too large for its kind",
                    where=self.name,
                    found=f"over {LARGEST_TEXT_BYTES >> 20} MB",
                    do="keep the samples you need and export it again",
                )
            parts.append(part)
        return b"".join(parts)

    def text(self) -> str:
        """Return the whole document as text, without byte order mark.

        Raises
        ------
        FormatError
            If it is not UTF-8.
        """
        try:
            return self.whole().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise FormatError(
                "the file is not UTF-8 text",
                where=f"{self.name}, byte {problem.start}",
                found=repr(problem.object[problem.start : problem.start + 4]),
                do="save it as UTF-8",
            ) from None


def first_lines(head: bytes, most: int = 12) -> list[str]:
    r"""Return the first lines of a text that are not blank; none where the bytes are no text.

    Examples
    --------
    >>> first_lines(b"a,b\n\n1,2\n")
    ['a,b', '1,2']
    """
    if b"\x00" in head:
        return []
    end = 0
    for _ in range(most + SPARE_LINES):
        end = head.find(b"\n", end) + 1
        if not end:
            break
    found = _lines(head[:end] if end else head)
    if end and len(found) < most:
        found = _lines(head)
    return found[:most]


def _lines(head: bytes) -> list[str]:
    return [line for line in head.decode("utf-8-sig", "replace").splitlines() if line.strip()]
