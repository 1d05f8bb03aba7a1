"""A document as its reader sees it: first bytes, rest, limits, progress."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from noctiflora.core import FormatError

HEAD_BYTES = 65_536
"""What a sniffer may look at; the document type list of an Apple export takes about 10,000 bytes."""

CHUNK_BYTES = 1 << 20
LARGEST_TEXT_BYTES = 64 << 20
"""Largest document that is read as a whole (JSON, CSV); a year of minute states takes about 15 MB."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What a damaged archive member or stream raises when read."""

OFFICE = (b"xl/", b"docProps/", b"_rels/", b"[Content_Types].xml")
"""First members that only the archives of office documents have."""


def is_sheet(head: bytes) -> bool:
    """Return whether a document begins like a spreadsheet rather than like an archive of exports."""
    return head.startswith(b"PK\x03\x04") and head[30:200].startswith(OFFICE)


class Document:
    """A byte stream read once from start to end.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading, at its start.
    name : str
        For messages.
    progress : callable, optional
        Called with the bytes read so far.
    """

    __slots__ = ("_progress", "_rest", "head", "name", "taken")

    def __init__(self, stream: BinaryIO, name: str, *, progress: Callable[[int], None] | None = None) -> None:
        self.name = name
        self.taken = 0
        self._rest = stream
        self._progress = progress
        self.head = self._first()

    def _first(self) -> bytes:
        parts: list[bytes] = []
        have = 0
        while have < HEAD_BYTES:
            part = self._pull(HEAD_BYTES - have)
            if not part:
                break
            parts.append(part)
            have += len(part)
        return b"".join(parts)

    def _pull(self, size: int) -> bytes:
        try:
            part = self._rest.read(size)
        except FormatError:
            raise
        except BROKEN as problem:
            raise FormatError(
                "the file is damaged or cut short",
                where=self.name,
                found=str(problem) or type(problem).__name__,
                do="download or export it again",
            ) from None
        self.taken += len(part)
        if self._progress is not None and part:
            self._progress(self.taken)
        return part

    def chunks(self, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """Yield the whole document, first bytes included, in pieces."""
        if self.head:
            yield self.head
        while part := self._pull(size):
            yield part

    def whole(self) -> bytes:
        """Return all bytes of a document that is small enough to hold.

        Raises
        ------
        FormatError
            If it is larger than `LARGEST_TEXT_BYTES`.
        """
        return bytes(self._gathered())

    def _gathered(self) -> bytearray:
        """Return all bytes in one growing piece, so that they are held once."""
        out = bytearray()
        for part in self.chunks():
            out += part
            if len(out) > LARGEST_TEXT_BYTES:
                raise FormatError(
                    "the file is too large for its kind",
                    where=self.name,
                    found=f"over {LARGEST_TEXT_BYTES >> 20} MB",
                    do="split the export into shorter periods",
                )
        return out

    def text(self) -> str:
        """Return the whole document as text, without byte order mark.

        Raises
        ------
        FormatError
            If it is not UTF-8.
        """
        try:
            return self._gathered().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise FormatError(
                "the file is not UTF-8 text",
                where=f"{self.name}, byte {problem.start}",
                found=repr(bytes(problem.object[problem.start : problem.start + 4])),
                do="save it as UTF-8",
            ) from None
