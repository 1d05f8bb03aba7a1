"""Reads exports with stool tests into the store: each file whole or not at all, one person only."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from noctiflora.actions._keep_exposures import keep_exposures
from noctiflora.actions._keep_gut import StoolOutcome, keep_gut
from noctiflora.actions._read_files import FileRead, read_files
from noctiflora.core import FormatError
from noctiflora.gut import GutReading
from noctiflora.sleep import Reading
from noctiflora.store import Batch, ImportOutcome, SkippedRow, Store

READER = "5"
"""Version of the readers; a new one makes an old file worth reading again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of an archive.

    Parameters
    ----------
    name : str
        Archive and member.
    format : str
        What it was recognised as; ``"refused"`` where it could not be read.
    n_sleeps : int
        Records of sleep read.
    n_answers : int
        Answers of a journal read.
    n_kept : int
        Circumstances of nights kept out of them.
    left : tuple of str
        Questions of the journal that are none of the morning entry's; their answers are not kept.
    """

    name: str
    format: str
    n_sleeps: int
    n_answers: int
    n_kept: int = 0
    left: tuple[str, ...] = ()


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
    unknown : bool
        Whether it only lay in a folder and is nothing we know: passed over, not refused.
    needs_zone : bool
        Whether it was refused only because nobody named a zone.
    parts : tuple of Part
        The documents in it, where there are several.
    passed : tuple of str
        Members of an archive that are nothing we know.
    """

    name: str
    outcome: ImportOutcome | None
    refusal: str
    formats: tuple[str, ...]
    n_skipped: int
    stool: StoolOutcome | None = None
    joined: str = ""
    unknown: bool = False
    needs_zone: bool = False
    parts: tuple[Part, ...] = ()
    passed: tuple[str, ...] = ()


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
        If no path holds a file, or nothing that we know.
    """
    return keep_files(store, read_files(paths, zone=zone, progress=progress), zone=zone)


def keep_files(store: Store, reads: Sequence[FileRead], *, zone: str | None) -> ImportReport:
    """Store what was read, each file that is good, one commit a file."""
    mixed = _several_people(reads, store)
    outcomes = []
    for read in reads:
        refusal = read.refusal or mixed.get(read.path, "")
        outcomes.append(_left(read, refusal) if refusal or read.unknown else _stored(store, read, zone))
    return ImportReport(files=tuple(outcomes))


def _several_people(reads: Sequence[FileRead], store: Store) -> dict[Path, str]:
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


def _left(read: FileRead, refusal: str) -> FileOutcome:
    """Return what is said of a file that was refused or passed over."""
    return FileOutcome(
        name=str(read.path),
        outcome=None,
        refusal=refusal,
        formats=(),
        n_skipped=0,
        unknown=read.unknown,
        needs_zone=read.needs_zone,
    )


def _stored_stool(store: Store, read: FileRead, stool: GutReading) -> FileOutcome:
    if read.joined:
        return FileOutcome(
            name=str(read.path), outcome=None, refusal="", formats=(stool.format,), n_skipped=0, joined=read.joined
        )
    try:
        kept = keep_gut(store, stool, sha256=read.sha256)
    except FormatError as problem:
        return _left(read, str(problem))
    return FileOutcome(
        name=str(read.path), outcome=None, refusal="", formats=(stool.format,), n_skipped=len(kept.refused), stool=kept
    )


def _stored(store: Store, read: FileRead, zone: str | None) -> FileOutcome:
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
        parts=_parts(store, read, already=outcome.already),
        passed=read.passed,
    )


def _parts(store: Store, read: FileRead, *, already: bool) -> tuple[Part, ...]:
    """Keep the answers of journals; return what each document gave, where that is more than one document's sleep."""
    if len(read.readings) == 1 and not read.passed and not read.readings[0].exposures:
        return ()
    return tuple(_part(store, reading, already=already) for reading in read.readings)


def _part(store: Store, reading: Reading, *, already: bool) -> Part:
    # What a file brought at an earlier time may have been taken back by hand since.
    kept = keep_exposures(store, () if already else reading.exposures)
    return Part(
        name=reading.name,
        format=reading.format,
        n_sleeps=len(reading.episodes),
        n_answers=len(reading.exposures),
        n_kept=kept.kept,
        left=kept.left,
    )
