"""Shows what exports hold before anything of them is kept."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from noctiflora.actions._import_files import ImportReport, keep_files
from noctiflora.actions._read_files import FileRead, read_files
from noctiflora.sleep import Night, resolve
from noctiflora.store import Store

SAMPLE_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What one file holds.

    Parameters
    ----------
    name : str
        The file's name.
    formats : tuple of str
        What was recognised in it.
    refusal : str
        Why it cannot be read; empty where it can.
    n_nights, n_naps : int
        Nights and naps in it.
    first, last : date or None
        Of its nights.
    sample : tuple of Night
        The newest nights.
    skipped : tuple of (str, int)
        Why records could not be read, with their number.
    n_stools : int
        Stool samples in it.
    needs_zone : bool
        Whether it cannot be read only because nobody named a zone.
    """

    name: str
    formats: tuple[str, ...]
    refusal: str
    n_nights: int = 0
    n_naps: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    sample: tuple[Night, ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    n_stools: int = 0
    needs_zone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What several files hold, with what was read of them."""

    files: tuple[FilePreview, ...]
    reads: tuple[FileRead, ...]
    zone: str | None

    @property
    def worth_keeping(self) -> bool:
        """Whether any file can be kept."""
        return any(not file.refusal for file in self.files)

    @property
    def n_nights(self) -> int:
        """Nights in all files together, those told by several counted as often."""
        return sum(file.n_nights for file in self.files)


def preview_import(
    paths: Sequence[Path], *, zone: str | None, progress: Callable[[str, int, int], None] | None = None
) -> ImportPreview:
    """Read files and say what they hold; nothing is kept.

    Parameters
    ----------
    paths : sequence of Path
        Files.
    zone : str or None
        Zone of records that name none.
    progress : callable, optional
        Called with the file, the bytes read and its size.

    Raises
    ------
    FormatError
        If no path holds a file.
    """
    reads = read_files(paths, zone=zone, progress=progress)
    return ImportPreview(files=tuple(map(_preview, reads)), reads=reads, zone=zone)


def keep_preview(store: Store, preview: ImportPreview) -> ImportReport:
    """Keep what a preview showed."""
    return keep_files(store, preview.reads, zone=preview.zone)


def _preview(read: FileRead) -> FilePreview:
    formats = tuple(dict.fromkeys(reading.format for reading in read.readings))
    if read.refusal:
        return FilePreview(name=read.path.name, formats=formats, refusal=read.refusal, needs_zone=read.needs_zone)
    if read.stool is not None:
        samples = 0 if read.joined else len(read.stool.sample_ids)
        return FilePreview(name=read.path.name, formats=(read.stool.format,), refusal="", n_stools=samples)
    found = resolve([episode for reading in read.readings for episode in reading.episodes])
    nights = found.nights
    return FilePreview(
        name=read.path.name,
        formats=formats,
        refusal="",
        n_nights=len(nights),
        n_naps=len(found.naps),
        first=nights[0].date if nights else None,
        last=nights[-1].date if nights else None,
        sample=nights[-SAMPLE_ROWS:],
        skipped=tuple((s.reason, s.count) for reading in read.readings for s in reading.skipped),
    )
