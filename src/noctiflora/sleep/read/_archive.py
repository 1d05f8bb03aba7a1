"""Zip archives, walked without unpacking and within limits.

Nothing is written to disk. Refused are archives with impossible sizes, overlapping or encrypted
members, links, paths that leave the archive, more members or bytes than any export has, and
members that swell beyond what text compresses to. An archive within an archive (Garmin's account export has
some) is held in memory and opened within the same limits; one within that is not.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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

LARGEST_INNER_BYTES = 64 << 20
"""An archive within an archive is held whole; larger ones are to be unpacked (assumed, 32 to 256 MB)."""

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


@dataclass(slots=True)
class _Walk:
    """What is shared by an archive and those within it."""

    wanted: Callable[[bytes], bool]
    passed: Callable[[str], None] | None
    budget: list[int] = field(default_factory=lambda: [MOST_INFLATED_BYTES])
    members: int = 0
    found: int = 0
    inner: int = 0
    refusal: FormatError | None = None

    def passes(self, name: str) -> None:
        """Tell of a member that is not wanted."""
        if self.passed is not None:
            self.passed(name)


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
    whole_walk = _Walk(wanted, passed)
    with _opened(stream, name) as archive:
        yield from _members(archive, name, whole_walk)
    if not whole_walk.found:
        if whole_walk.refusal is not None:
            raise whole_walk.refusal
        what = f"{whole_walk.inner} further archives" if whole_walk.inner else "no sleep export we know"
        do = "unpack it and import those" if whole_walk.inner else "choose the archive as the device or service gave it"
        raise FormatError(NOTHING, where=name, found=what, do=do)


def _members(
    archive: zipfile.ZipFile, name: str, walked: _Walk, *, share: float = 1.0, below: str = ""
) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the wanted members of an archive; `share` is what it takes in the outer one, to a byte of its own."""
    for info in _checked(archive, name, walked, share):
        label = f"{name}: {info.filename}"
        shown = below + info.filename
        try:
            with archive.open(info) as content:
                first = content.read(HEAD_BYTES)
                stored = round(info.compress_size * share)
                source = cast(BinaryIO, content)
                member = Member(first, source, label, stored=stored, budget=walked.budget, whole=info.file_size)
                if is_zip(first):
                    held = None if below or info.file_size > LARGEST_INNER_BYTES else io.BytesIO(member.read())
                    if held is None:
                        walked.inner += 1
                        walked.passes(shown + INNER)
                    else:
                        yield from _within(held, label, shown, walked, share=info.compress_size / info.file_size)
                elif walked.wanted(first):
                    walked.found += 1
                    yield label, cast(BinaryIO, member)
                else:
                    walked.passes(shown)
        except FormatError:
            raise
        except BROKEN as problem:
            raise damaged(label, problem) from None


def _within(held: BinaryIO, label: str, shown: str, walked: _Walk, *, share: float) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the wanted members of an archive within an archive; one that cannot be trusted is passed over."""
    try:
        with _opened(held, label) as archive:
            yield from _members(archive, label, walked, share=min(1.0, share), below=f"{shown}: ")
    except FormatError as problem:
        if walked.members > MOST_MEMBERS or walked.budget[0] < 0:
            raise
        walked.refusal = walked.refusal or problem
        walked.passes(f"{shown} ({problem.what})")


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


def _checked(archive: zipfile.ZipFile, name: str, walked: _Walk, share: float) -> Iterator[zipfile.ZipInfo]:
    """Yield the members worth opening; raise where the archive as a whole is not to be trusted."""
    infos = archive.infolist()
    walked.members += len(infos)
    if walked.members > MOST_MEMBERS:
        found = f"{walked.members:,} members"
        raise FormatError("the archive has more members than any export", where=name, found=found)
    whole = archive.fp.seek(0, io.SEEK_END) if archive.fp else 0
    if sum(i.compress_size for i in infos) > whole or sum(i.file_size for i in infos) > MOST_INFLATED_BYTES:
        raise FormatError(
            "the sizes written in the archive are impossible", where=name, do="export it again from the device"
        )
    told, held = sum(i.file_size for i in infos), round(share * sum(i.compress_size for i in infos))
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
