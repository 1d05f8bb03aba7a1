"""The records that the store takes in or hands out beside those of the sciences."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.sleep import Episode

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """Something in an export that was not read.

    Parameters
    ----------
    where : str
        Line, record or field.
    reason : str
        Why, in words.
    count : int
        How many alike.
    """

    where: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Everything read from one file, to be made visible at once or not at all.

    Parameters
    ----------
    name : str
        File name, for the list of imports.
    sha256 : str
        Hash of the file's content, 64 lower-case hexadecimal digits.
    format : str
        Which reader read it.
    person : str
        Fingerprint of whose data it is; empty where the format does not say.
    reading : str
        How it was read (zone named by the person, version of the reader). The same content read
        in another way is imported anew, in place of the earlier reading.
    episodes : tuple of Episode
        What was read.
    skipped : tuple of SkippedRow
        What was not.
    notes : tuple of str
        Remarks for the person.

    Raises
    ------
    RangeError
        If `sha256` is not one.
    """

    name: str
    sha256: str
    format: str
    person: str = ""
    reading: str = ""
    episodes: tuple[Episode, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _SHA256.fullmatch(self.sha256):
            raise RangeError(
                "a content hash has 64 lower-case hexadecimal digits",
                where="Batch.sha256",
                found=self.sha256,
                do="give the SHA-256 of the file's bytes",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One import as it stands in the list.

    Parameters
    ----------
    import_id : int
        Its number; grows with time.
    name, sha256, format, person, reading : str
        As in `Batch`.
    at : datetime
        When it became visible (UTC).
    n_read, n_new, n_replaced, n_known : int
        Episodes in the file; new ones; those that took the place of another version; those
        already there, unchanged.
    skipped : tuple of SkippedRow
        What was not read.
    notes : tuple of str
        Remarks.
    """

    import_id: int
    name: str
    sha256: str
    format: str
    person: str
    reading: str
    at: dt.datetime
    n_read: int
    n_new: int
    n_replaced: int
    n_known: int
    skipped: tuple[SkippedRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOutcome:
    """What one call of ``imports.save`` did.

    Parameters
    ----------
    row : ImportRow
        The import; the earlier one if this was a repeat.
    already : bool
        Whether the same content had been imported in the same way before, so nothing was done.
    n_repeated : int
        Episodes that occur more than once in the file itself; the last one counts.
    n_withdrawn : int
        Episodes of an earlier reading of the same content that this reading took back.
    """

    row: ImportRow
    already: bool
    n_repeated: int = 0
    n_withdrawn: int = 0

    @property
    def text(self) -> str:
        """The outcome in one sentence."""
        row = self.row
        if self.already:
            return f"already imported on {row.at:%Y-%m-%d} as {row.name}; nothing changed"
        return f"{row.n_read} read: {row.n_new} new, {row.n_replaced} replaced, {row.n_known} already known"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRow:
    """One correction by the person; it outlives every import.

    Parameters
    ----------
    date : date
        The night's date (local date of waking up).
    field : str
        Which value was corrected.
    value : float, str or None
        The corrected value; None says "not known".
    at : datetime
        When it was corrected (UTC).
    """

    date: dt.date
    field: str
    value: float | str | None
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDocument:
    """One trial as last saved.

    Parameters
    ----------
    trial_id : str
        Its name.
    version : int
        Grows by one with each save; to be handed back when saving.
    at : datetime
        When it was saved (UTC).
    body : mapping
        The document, JSON values only.
    """

    trial_id: str
    version: int
    at: dt.datetime
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionDocument:
    """One trial that the person added to the evidence, with where it came from.

    Parameters
    ----------
    addition_id : str
        Its id.
    body : mapping
        The checked document, JSON values only.
    file : str
        Name of the file it was read from.
    sha256 : str
        Hash of that file's bytes.
    at : datetime
        When it was added (UTC).
    """

    addition_id: str
    body: Mapping[str, object]
    file: str
    sha256: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoolDocument:
    """One stool test as read.

    Parameters
    ----------
    sha256 : str
        Hash of the file's bytes.
    name : str
        Of the file.
    reading : str
        How it was read: version of the readers.
    body : mapping
        What was read, JSON values only.
    at : datetime
        When it was stored (UTC).
    """

    sha256: str
    name: str
    reading: str
    body: Mapping[str, object]
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding of the doctor.

    Parameters
    ----------
    name : str
        What was looked at.
    ok : bool or None
        None where it could not be told.
    found : str
        What was found.
    do : str
        What to do; empty where all is well.
    """

    name: str
    ok: bool | None
    found: str
    do: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, with what was left.

    Parameters
    ----------
    removed : tuple of str
        Paths that are gone.
    left : tuple of str
        Backups made elsewhere, still there.
    """

    removed: tuple[str, ...]
    left: tuple[str, ...]
