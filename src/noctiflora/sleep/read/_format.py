"""What a reader of one format is, with the tally it keeps."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._exposure import Exposure
from noctiflora.sleep.read._reading import Reading, Skipped

MOST_REASONS = 100
"""Different reasons kept apart; hostile files could give each record its own."""


MOST_ROWS = 100_000
"""Sleeps in one document: two a day for a century are 73,000."""


class Tally:
    """What a reader has read so far: episodes, refusals, notes.

    Parameters
    ----------
    document : Document
        What is being read.
    label : str
        Of the format.
    zone : str or None
        Time zone named by the person.
    """

    __slots__ = ("_skips", "document", "episodes", "exposures", "label", "notes", "person", "zone")

    def __init__(self, document: Document, label: str, zone: str | None) -> None:
        self.document = document
        self.label = label
        self.zone = zone
        self.episodes: list[Episode] = []
        self.exposures: list[Exposure] = []
        self.notes: list[str] = []
        self.person: str | None = None
        self._skips: dict[str, Skipped] = {}

    def skip(self, place: str, reason: str) -> None:
        """Count a record that could not be read."""
        known = self._skips.get(reason)
        if known is None and len(self._skips) >= MOST_REASONS:
            reason = "other reasons"
            known = self._skips.get(reason)
        first = known.place if known else place
        self._skips[reason] = Skipped(place=first, reason=reason, count=known.count + 1 if known else 1)

    def refuse(self, place: str, problem: InputError) -> None:
        """Count a record by the error that reading it raised."""
        self.skip(place, problem.what)

    def expect(self, rows: int, *, most: int = MOST_ROWS) -> None:
        """Refuse a document of more rows than a life has sleeps.

        Raises
        ------
        FormatError
            If `rows` is above `most`.
        """
        if rows > most:
            raise FormatError(
                "there are more sleep records than a life holds",
                where=self.document.name,
                found=f"over {most:,}",
                do="export it again from the device",
            )

    def note(self, text: str) -> None:
        """Add a note once."""
        if text not in self.notes:
            self.notes.append(text)

    def reading(self) -> Reading:
        """Return the result.

        Raises
        ------
        FormatError
            If there were records of sleep and none could be read.
        """
        skipped = tuple(self._skips.values())
        if skipped and not self.episodes and not self.exposures:
            total = sum(s.count for s in skipped)
            raise FormatError(
                f"none of the {total} sleep records can be read" if total > 1 else "the sleep record cannot be read",
                where=f"{self.document.name}, {skipped[0].place}",
                found=skipped[0].reason,
                do="export the file again, or correct it there",
            )
        return Reading(
            name=self.document.name,
            format=self.label,
            episodes=tuple(sorted(self.episodes, key=lambda e: (e.start, e.end, e.source))),
            skipped=skipped,
            notes=tuple(self.notes),
            person=self.person,
            exposures=tuple(self.exposures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that can be read.

    Parameters
    ----------
    label : str
        As shown to people.
    sniff : callable
        Takes the first bytes, tells whether the document is of this format.
    read : callable
        Reads ``tally.document`` into the tally.
    """

    label: str
    sniff: Callable[[bytes], bool]
    read: Callable[[Tally], None]


def fingerprint(*parts: str) -> str:
    """Return a short digest by which documents of one person are recognised.

    Examples
    --------
    >>> fingerprint("fitbit", "ABC123") == fingerprint("fitbit", "ABC123")
    True
    """
    return hashlib.sha256("\x1f".join(("noctiflora", *parts)).encode("utf-8", "replace")).hexdigest()[:16]
