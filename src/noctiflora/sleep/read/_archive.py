"""Zip archives, walked without unpacking and within limits.

Nothing is written to disk. Refused are archives with impossible sizes, overlapping or encrypted
members, links, paths that leave the archive, more members or bytes than any export has, and
members that swell beyond what text compresses to. An archive within an archive is not opened.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from noctiflora.core import FormatError
from noctiflora.sleep.read._document import BROKEN, HEAD_BYTES, is_sheet

MOST_MEMBERS = 50_000
"""Members; a Takeout of many years has some thousands (assumed, 20,000 to 100,000)."""

MOST_DIRECTORY_BYTES = 16 << 20
MOST_INFLATED_BYTES = 16 << 30
"""Inflated bytes of all members; Apple exports of 2 GB are reported."""

MOST_RATIO = 200
"""Inflated to stored bytes: exports compress 5 to 30 times; deflate itself reaches 1,032.

The bound is assumed (100 to 500); the limit of deflate is of https://zlib.net/zlib_tech.html.
"""

RATIO_FREE_BYTES = 16 << 20
"""Below this, swelling does no harm."""

INNER = " (an archive in the archive: unpack it)"
NOTHING = "the archive holds nothing to import"
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
PLAIN_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
LOCKED = 0x1 | 0x40 | 0x2000
"""Flags of encryption: of the member, in the strong form, of the list of members."""

AES = 99
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
END = struct.Struct("<4s4H2LH")
END64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
ENTRY = struct.Struct("<28s3H12s")
"""An entry of the list of members: 46 bytes, of which the lengths of name, extra field and comment."""

LONGEST_END = END.size + 65_535


def is_zip(head: bytes) -> bool:
    """Return whether a document begins like a zip archive; a spreadsheet is a document of its own."""
    return head.startswith(SIGNATURES) and not is_sheet(head)


class Member(io.BufferedIOBase):
    """One member of an archive being inflated, within limits.

    Parameters
    ----------
    head : bytes
        First bytes, already taken from `rest`.
    rest : BinaryIO
        Where the others come from.
    name : str
        For messages.
    stored : int
        Compressed bytes.
    whole : int, optional
        Inflated bytes the archive promises; fewer mean damage.
    budget : list of int
        Inflated bytes that all members together may still give; one number, shared.
    """

    def __init__(
        self, head: bytes, rest: BinaryIO, name: str, *, stored: int, budget: list[int], whole: int | None = None
    ) -> None:
        self._head = head
        self._rest = rest
        self._name = name
        self._stored = max(1, stored)
        self._budget = budget
        self._given = len(head)
        self._whole = whole
        budget[0] -= len(head)

    def readable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes.

        Raises
        ------
        FormatError
            If the member is damaged or grows beyond its limits.
        """
        wanted = -1 if size is None else size
        if self._head:
            part = self._head if wanted < 0 else self._head[:wanted]
            self._head = self._head[len(part) :]
            return part + self.read(-1) if wanted < 0 else part
        if wanted < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        try:
            part = self._rest.read(wanted)
        except BROKEN as problem:
            raise damaged(self._name, problem) from None
        if not part and wanted and self._whole is not None and self._given != self._whole:
            raise damaged(self._name, EOFError(f"{self._given:,} of {self._whole:,} bytes"))
        self._given += len(part)
        self._budget[0] -= len(part)
        swollen = self._given > RATIO_FREE_BYTES and self._given > MOST_RATIO * self._stored
        if swollen or self._budget[0] < 0:
            raise FormatError(
                "the archive swells beyond what an export does",
                where=self._name,
                found=f"{self._given >> 20} MB out of {self._stored:,} bytes",
                do="export it again from the device",
            )
        return part


def damaged(name: str, problem: BaseException) -> FormatError:
    """Return the error for an archive that cannot be read."""
    return FormatError(
        "the archive is damaged or only half there",
        where=name,
        found=str(problem) or type(problem).__name__,
        do="download or export it again",
    )


def walk(
    stream: BinaryIO,
    name: str,
    *,
    wanted: Callable[[bytes], bool],
    passed: Callable[[str], None] | None = None,
) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the documents of an archive that are wanted; a document that is no archive is yielded as it is.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading; seekable where it is an archive.
    name : str
        For messages.
    wanted : callable
        Takes the first bytes of a member, tells whether to yield it.
    passed : callable, optional
        Called with the name of each member that is not wanted.

    Yields
    ------
    (str, BinaryIO)
        Name as ``archive: member``, and the inflated bytes; to be read before the next is asked for.

    Raises
    ------
    FormatError
        If the archive is damaged or hostile, or holds nothing wanted.
    """
    head = stream.read(HEAD_BYTES)
    if not is_zip(head):
        whole = Member(head, stream, name, stored=1 << 62, budget=[1 << 62])
        yield name, cast(BinaryIO, whole)
        return
    found = 0
    inner = 0
    budget = [MOST_INFLATED_BYTES]
    with _opened(stream, name) as archive:
        for info in _checked(archive, name):
            try:
                with archive.open(info) as content:
                    first = content.read(HEAD_BYTES)
                    inner += is_zip(first)
                    if not wanted(first):
                        if passed is not None:
                            passed(info.filename + INNER if is_zip(first) else info.filename)
                        continue
                    found += 1
                    label = f"{name}: {info.filename}"
                    member = Member(
                        first,
                        cast(BinaryIO, content),
                        label,
                        stored=info.compress_size,
                        budget=budget,
                        whole=info.file_size,
                    )
                    yield label, cast(BinaryIO, member)
            except FormatError:
                raise
            except BROKEN as problem:
                raise damaged(f"{name}: {info.filename}", problem) from None
    if not found:
        what = f"{inner} further archives" if inner else "no sleep export we know"
        do = "unpack it and import those" if inner else "choose the archive as the device or service gave it"
        raise FormatError(NOTHING, where=name, found=what, do=do)


def _opened(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """Return the archive, after a look at how large its list of members claims to be."""
    try:
        stream.seek(0, io.SEEK_END)
        _check_directory(stream, name)
        return zipfile.ZipFile(stream)
    except FormatError:
        raise
    except (*BROKEN, zlib.error, struct.error) as problem:
        raise damaged(name, problem) from None


def _check_directory(stream: BinaryIO, name: str) -> None:
    """Raise where the list of members is missing or too long to be read."""
    size = stream.tell()
    stream.seek(max(0, size - LONGEST_END))
    tail = stream.read(LONGEST_END)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + END.size > len(tail):
        raise FormatError(
            "the archive is damaged or only half there",
            where=name,
            found="no list of members at its end",
            do="download or export it again",
        )
    end = END.unpack_from(tail, at)
    count, length = int(end[4]), int(end[5])
    if at >= LOCATOR.size and tail[at - LOCATOR.size : at].startswith(b"PK\x06\x07"):
        place = int(LOCATOR.unpack_from(tail, at - LOCATOR.size)[2])
        stream.seek(place)
        end64 = stream.read(END64.size)
        if len(end64) == END64.size and end64.startswith(b"PK\x06\x06"):
            values = END64.unpack(end64)
            count, length = int(values[7]), int(values[8])
        at = place - (size - len(tail))
    if count > MOST_MEMBERS or length > MOST_DIRECTORY_BYTES:
        raise FormatError(
            "the archive has more members than any export",
            where=name,
            found=f"{count:,} members",
            do="import the files you need one by one",
        )
    start = size - len(tail) + at - length
    stream.seek(max(0, start))
    _check_entries(stream.read(length), count, name)


def _check_entries(listed: bytes, count: int, name: str) -> None:
    """Raise where the list of members is not made of as many whole entries as it says."""
    at = found = 0
    while at + ENTRY.size <= len(listed) and listed.startswith(b"PK\x01\x02", at):
        lengths = ENTRY.unpack_from(listed, at)
        at += ENTRY.size + int(lengths[1]) + int(lengths[2]) + int(lengths[3])
        found += 1
    if at != len(listed) or found != count:
        raise FormatError(
            "the archive is damaged or only half there",
            where=name,
            found=f"a list of {found:,} members that should hold {count:,}",
            do="download or export it again",
        )


def _checked(archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    """Yield the members worth opening; raise where the archive as a whole is not to be trusted."""
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise FormatError("the archive has more members than any export", where=name, found=f"{len(infos):,} members")
    whole = archive.fp.seek(0, io.SEEK_END) if archive.fp else 0
    if sum(i.compress_size for i in infos) > whole or sum(i.file_size for i in infos) > MOST_INFLATED_BYTES:
        raise FormatError(
            "the sizes written in the archive are impossible", where=name, do="export it again from the device"
        )
    told, held = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if told > RATIO_FREE_BYTES and told > MOST_RATIO * held:
        raise FormatError(
            "the archive swells beyond what an export does",
            where=name,
            found=f"{told >> 20} MB out of {held:,} bytes",
            do="export it again from the device",
        )
    for info in infos:
        _check_member(info, name)
        path = PurePosixPath(info.filename)
        beside = "__MACOSX" in path.parts or path.name.startswith("._")
        if not info.is_dir() and not beside and info.file_size and info.compress_type in METHODS:
            yield info


def _check_member(info: zipfile.ZipInfo, name: str) -> None:
    """Raise where a member is one that no export contains."""
    path = info.filename.replace("\\", "/")
    reason = None
    locked = False
    if path.startswith("/") or path[1:2] == ":" or ".." in path.split("/"):
        reason = "a member with a path outside the archive"
    elif stat.S_IFMT(info.external_attr >> 16) not in PLAIN_KINDS:
        reason = "a link, pipe or device in place of a file"
    elif locked := bool(info.flag_bits & LOCKED) or info.compress_type == AES:
        reason = "encrypted members"
    if reason is not None:
        do = "unlock it first" if locked else "export it again from the device"
        raise FormatError("this archive is not imported", where=f"{name}: {info.filename}", found=reason, do=do)
