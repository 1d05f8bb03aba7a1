"""Reads exports with stool tests, whole folders of them, and stores nothing."""

import hashlib
import re
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from noctiflora.actions._gather_files import Found, gather_files
from noctiflora.core import FormatError, InputError
from noctiflora.gut import Content, GutReading, Rank, expect_known_taxa, foreign, join_names
from noctiflora.gut import read as read_stool
from noctiflora.gut import recognise as is_stool
from noctiflora.gut import resolve as taxon
from noctiflora.sleep import Reading, asks_zone, holds_nothing, read_all
from noctiflora.sleep import recognise as is_sleep

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
ARCHIVE = b"PK"
"""How a zip begins."""

ANY_TABLE = "plain table"
"""As what the gut room recognises any table of names with numbers."""

CELLS = re.compile("[,;\t]")
MOST_NAMES = 200
"""Names looked at to see whether a table is of a gut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file after reading: its hash with the readings, or why not."""

    path: Path
    sha256: str = ""
    readings: tuple[Reading, ...] = ()
    stool: GutReading | None = None
    joined: str = ""
    refusal: str = ""
    unknown: bool = False
    needs_zone: bool = False
    passed: tuple[str, ...] = ()
    within: bool = False


def read_files(
    paths: Sequence[Path], *, zone: str | None, progress: Callable[[str, int, int], None] | None = None
) -> tuple[FileRead, ...]:
    """Read every file and store nothing; parameters and errors as those of `import_files`."""
    files = list(gather_files(paths))
    where = ", ".join(map(str, paths))
    if not files:
        raise FormatError("there is no file to read", where=where, do="name an export file")
    joined = _joined([_read(found, zone, progress) for found in files])
    reads = [FileRead(path=read.path, unknown=True) if _doubtful(read) else read for read in joined]
    if all(read.unknown for read in reads):
        other, do = f"{len(reads)} other files", "name the export as its maker gave it"
        raise FormatError("there is no export we know", where=where, found=other, do=do)
    return tuple(reads)


def _read(found: Found, zone: str | None, progress: Callable[[str, int, int], None] | None) -> FileRead:
    path, name = found.path, found.name
    passed: list[str] = []
    try:
        # Asked before opening: a pipe without a writer would never open, a device never end.
        if not stat.S_ISREG(path.stat().st_mode):
            return FileRead(path=path, refusal=f"{name} is a pipe, device or socket; save the export as a file")
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            stool = is_sleep(head) is None and is_stool(head) is not None
            if found.within and not stool and not _may_hold_sleep(head):
                return FileRead(path=path, unknown=True)
            digest = _digest(stream)
            if stool:
                return _stool(stream, found, digest, head)
            size = path.stat().st_size
            told = (lambda done: progress(name, done, size)) if progress else None
            try:
                readings = read_all(stream, name, zone=zone, progress=told, passed=passed.append)
            except FormatError as problem:
                # What a file is by its first bytes, as a PDF, says more than that nobody knows it.
                raise ((is_sleep(head) is None or holds_nothing(problem)) and foreign(head, name)) or problem from None
    except InputError as problem:
        unknown = found.within and holds_nothing(problem)
        return FileRead(
            path=path, refusal="" if unknown else str(problem), unknown=unknown, needs_zone=asks_zone(problem)
        )
    except OSError as problem:
        return FileRead(path=path, refusal=f"the file cannot be opened: {problem.strerror}; check its name and rights")
    return FileRead(path=path, sha256=digest, readings=readings, passed=tuple(passed))


def _stool(stream: BinaryIO, found: Found, digest: str, head: bytes) -> FileRead:
    """Return a stool test; any table looks like one, so one in a folder that names no taxon was none."""
    try:
        stool = read_stool(stream, found.name)
        if not found.within:
            expect_known_taxa(stool)
        return FileRead(path=found.path, sha256=digest, stool=stool, within=found.within)
    except InputError:
        first = [CELLS.split(line, maxsplit=1)[0] for line in head.decode("utf-8", "replace").splitlines()]
        if not found.within or _names_taxa(first):
            raise
        return FileRead(path=found.path, unknown=True)


def _names_taxa(names: Sequence[str]) -> bool:
    return any(taxon(name).rank is not Rank.OTHER for name in names[:MOST_NAMES] if name.strip())


def _doubtful(read: FileRead) -> bool:
    """Return whether a table in a folder names nothing that lives in a gut, as tables of steps or moods do."""
    stool = read.stool
    if not read.within or stool is None or stool.format != ANY_TABLE:
        return False
    return not _names_taxa([feature.name for feature in stool.features])


def _may_hold_sleep(head: bytes) -> bool:
    return is_sleep(head) is not None or head.startswith(ARCHIVE)


def _digest(stream: BinaryIO) -> str:
    """Return the hash of a file, its stream left at the start."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK_BYTES):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def _joined(reads: Sequence[FileRead]) -> list[FileRead]:
    """Return the files with each taxonomy given to the first stool table that it names."""
    out = list(reads)
    for i, names in enumerate(out):
        if names.stool is None or names.stool.content is not Content.NAMES:
            continue
        for j, table in enumerate(out):
            if table.stool is None or table.stool.content is not Content.TAXA or table.stool.rank is not Rank.OTHER:
                continue
            try:
                out[j] = replace(table, stool=join_names(table.stool, names.stool))
            except FormatError:
                continue
            out[i] = replace(names, joined=table.path.name)
            break
    return out
