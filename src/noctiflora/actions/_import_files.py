"""Reads exports with stool tests into the store: each file whole or not at all, one person only."""

import hashlib
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from noctiflora.actions._keep_gut import StoolOutcome, keep_gut
from noctiflora.core import FormatError, InputError
from noctiflora.gut import Content, GutReading, Rank, join_names
from noctiflora.gut import read as read_stool
from noctiflora.gut import recognise as is_stool
from noctiflora.sleep import Reading, read_all
from noctiflora.sleep import recognise as is_sleep
from noctiflora.store import Batch, ImportOutcome, SkippedRow, Store

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
READER = "3"
"""Version of the readers; a new one makes an old file worth reading again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file.

    Parameters
    ----------
    name : str
        The file as given.
    outcome : ImportOutcome or None
        What was stored; None where the file was refused.
    refusal : str
        Why it was refused; empty where it was not.
    formats : tuple of str
        What was recognised in it.
    n_skipped : int
        Records that could not be read.
    stool : StoolOutcome or None
        What was stored of a stool test; None for any other file.
    joined : str
        Name of the stool table to which the names in this file were given; empty for any other file.
    """

    name: str
    outcome: ImportOutcome | None
    refusal: str
    formats: tuple[str, ...]
    n_skipped: int
    stool: StoolOutcome | None = None
    joined: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of all files.

    Parameters
    ----------
    files : tuple of FileOutcome
        In the order given, folders opened.
    """

    files: tuple[FileOutcome, ...]

    @property
    def n_refused(self) -> int:
        """Files that were refused."""
        return sum(bool(file.refusal) for file in self.files)

    @property
    def partly(self) -> bool:
        """Whether anything at all was not taken in."""
        return any(file.refusal or file.n_skipped for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One file after reading: its hash with the readings, or why not."""

    path: Path
    sha256: str = ""
    readings: tuple[Reading, ...] = ()
    stool: GutReading | None = None
    joined: str = ""
    refusal: str = ""


def import_files(
    store: Store,
    paths: Sequence[Path],
    *,
    zone: str | None,
    progress: Callable[[str, int, int], None] | None = None,
) -> ImportReport:
    """Read every file, then store each that is good, one commit a file.

    Parameters
    ----------
    store : Store
        Where to.
    paths : sequence of Path
        Files, or folders whose files are taken.
    zone : str or None
        Zone of records that name none.
    progress : callable, optional
        Called with the file, the bytes read and its size.

    Raises
    ------
    FormatError
        If no path holds a file.
    """
    files = list(_files(paths))
    if not files:
        raise FormatError("there is no file to read", where=", ".join(map(str, paths)), do="name an export file")
    reads = _joined([_read(path, zone, progress) for path in files])
    mixed = _several_people(reads, store)
    outcomes = []
    for read in reads:
        refusal = read.refusal or mixed.get(read.path, "")
        outcomes.append(_refused(read, refusal) if refusal else _stored(store, read, zone))
    return ImportReport(files=tuple(outcomes))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        else:
            yield path


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)


def _read(path: Path, zone: str | None, progress: Callable[[str, int, int], None] | None) -> _Read:
    try:
        # Asked before opening: a pipe without a writer would never open, a device never end.
        if not stat.S_ISREG(path.stat().st_mode):
            return _Read(path=path, refusal=f"{path.name} is a pipe, device or socket; save the export as a file")
        with path.open("rb") as stream:
            size = path.stat().st_size
            digest = hashlib.sha256()
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
            stream.seek(0)
            head = stream.read(HEAD_BYTES)
            stream.seek(0)
            if is_sleep(head) is None and is_stool(head) is not None:
                return _Read(path=path, sha256=digest.hexdigest(), stool=read_stool(stream, path.name))
            told = (lambda done: progress(path.name, done, size)) if progress else None
            readings = read_all(stream, path.name, zone=zone, progress=told)
    except InputError as problem:
        return _Read(path=path, refusal=str(problem))
    except OSError as problem:
        return _Read(path=path, refusal=f"the file cannot be opened: {problem.strerror}; check its name and rights")
    return _Read(path=path, sha256=digest.hexdigest(), readings=readings)


def _joined(reads: Sequence[_Read]) -> list[_Read]:
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


def _several_people(reads: Sequence[_Read], store: Store) -> dict[Path, str]:
    """Return the files that cannot be taken because they are of several people, with the reason.

    Fingerprints are compared within one format. A person already in the store goes before.
    """
    known: dict[str, set[str]] = defaultdict(set)
    for row in store.imports.list():
        if row.person:
            known[row.format].add(row.person)
    seen: dict[str, set[str]] = defaultdict(set)
    for read in reads:
        for reading in read.readings:
            if reading.person:
                seen[reading.format].add(reading.person)
    refused: dict[Path, str] = {}
    for read in reads:
        for reading in read.readings:
            if reading.person is None:
                continue
            before = known[reading.format]
            if before and reading.person not in before:
                refused[read.path] = _other("the nights already here are another person's", reading)
            elif not before and len(seen[reading.format]) > 1:
                refused[read.path] = _other("these exports are of more than one person", reading)
    return refused


def _other(what: str, reading: Reading) -> str:
    do = "import one person's files into one database; name another with --db FILE"
    return str(FormatError(what, where=reading.name, do=do))


def _refused(read: _Read, refusal: str) -> FileOutcome:
    return FileOutcome(name=str(read.path), outcome=None, refusal=refusal, formats=(), n_skipped=0)


def _stored_stool(store: Store, read: _Read, stool: GutReading) -> FileOutcome:
    if read.joined:
        return FileOutcome(
            name=str(read.path), outcome=None, refusal="", formats=(stool.format,), n_skipped=0, joined=read.joined
        )
    try:
        kept = keep_gut(store, stool, sha256=read.sha256)
    except FormatError as problem:
        return _refused(read, str(problem))
    return FileOutcome(
        name=str(read.path), outcome=None, refusal="", formats=(stool.format,), n_skipped=len(kept.refused), stool=kept
    )


def _stored(store: Store, read: _Read, zone: str | None) -> FileOutcome:
    if read.stool is not None:
        return _stored_stool(store, read, read.stool)
    formats = tuple(dict.fromkeys(r.format for r in read.readings))
    people = sorted({r.person for r in read.readings if r.person})
    skipped = tuple(SkippedRow(where=s.place, reason=s.reason, count=s.count) for r in read.readings for s in r.skipped)
    outcome = store.imports.save(
        Batch(
            name=read.path.name,
            sha256=read.sha256,
            format=" + ".join(formats),
            person=" ".join(people),
            reading=f"readers {READER}, zone {zone or 'none'}",
            episodes=tuple(e for r in read.readings for e in r.episodes),
            skipped=skipped,
            notes=tuple(dict.fromkeys(n for r in read.readings for n in r.notes)),
        )
    )
    return FileOutcome(
        name=str(read.path),
        outcome=outcome,
        refusal="",
        formats=formats,
        n_skipped=sum(s.count for s in skipped),
    )
