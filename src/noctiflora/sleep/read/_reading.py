"""What comes out of one recognised document."""

from dataclasses import dataclass

from noctiflora.sleep._night import Episode
from noctiflora.sleep.read._exposure import Exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Records that could not be read, for one reason.

    Parameters
    ----------
    place : str
        Where the first of them stands.
    reason : str
        Why, in words.
    count : int
        How many.
    """

    place: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document as read.

    Parameters
    ----------
    name : str
        As given by the caller; shown, never opened.
    format : str
        Label of the format, for example ``"Apple Health export"``.
    episodes : tuple of Episode
        In order of start; empty where the document holds no sleep.
    skipped : tuple of Skipped
        What could not be read.
    notes : tuple of str
        What was dropped or guessed, in words.
    person : str or None
        Fingerprint by which two documents of one person are recognised; None where the
        document does not tell. It hides nothing: whoever knows the person can work it out.
    exposures : tuple of Exposure
        What the person did or took, where the document is a journal.
    """

    name: str
    format: str
    episodes: tuple[Episode, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    person: str | None = None
    exposures: tuple[Exposure, ...] = ()
