"""The formats that can be read, and the choice among them by content."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from noctiflora.core import FormatError, InputError
from noctiflora.sleep.read._actigraphy import ACTIGRAPHY
from noctiflora.sleep.read._apple import APPLE
from noctiflora.sleep.read._archive import is_zip, walk
from noctiflora.sleep.read._consensus import CONSENSUS
from noctiflora.sleep.read._diary import DIARY
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._edf import EDF
from noctiflora.sleep.read._fitbit import FITBIT
from noctiflora.sleep.read._fitbit_site import FITBIT_SITE
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._garmin import GARMIN
from noctiflora.sleep.read._garmin_fit import GARMIN_FIT
from noctiflora.sleep.read._google_sleeps import GOOGLE_SLEEPS
from noctiflora.sleep.read._google_stages import GOOGLE_STAGES
from noctiflora.sleep.read._health_connect import HEALTH_CONNECT
from noctiflora.sleep.read._open_mhealth import OPEN_MHEALTH
from noctiflora.sleep.read._oura import OURA
from noctiflora.sleep.read._oura_csv import OURA_CSV
from noctiflora.sleep.read._plees import PLEES
from noctiflora.sleep.read._reading import Reading, Skipped
from noctiflora.sleep.read._refusals import asks_zone
from noctiflora.sleep.read._samsung import SAMSUNG
from noctiflora.sleep.read._samsung_plain import SAMSUNG_PLAIN
from noctiflora.sleep.read._samsung_stages import SAMSUNG_STAGES
from noctiflora.sleep.read._sheet import SHEET
from noctiflora.sleep.read._sleep_as_android import SLEEP_AS_ANDROID
from noctiflora.sleep.read._sleep_cycle import SLEEP_CYCLE
from noctiflora.sleep.read._sleepmeter import SLEEPMETER
from noctiflora.sleep.read._when import cached_zone
from noctiflora.sleep.read._whoop import WHOOP
from noctiflora.sleep.read._whoop_journal import WHOOP_JOURNAL
from noctiflora.sleep.read._withings_csv import WITHINGS_CSV
from noctiflora.sleep.read._withings_states import WITHINGS_STATES
from noctiflora.sleep.read._withings_summary import WITHINGS_SUMMARY

FORMATS: tuple[Format, ...] = (
    APPLE,
    FITBIT,
    FITBIT_SITE,
    GOOGLE_SLEEPS,
    GOOGLE_STAGES,
    OURA,
    OURA_CSV,
    GARMIN,
    GARMIN_FIT,
    WHOOP,
    WHOOP_JOURNAL,
    SAMSUNG,
    SAMSUNG_STAGES,
    SAMSUNG_PLAIN,
    WITHINGS_STATES,
    WITHINGS_SUMMARY,
    WITHINGS_CSV,
    DIARY,
    HEALTH_CONNECT,
    SLEEP_AS_ANDROID,
    SLEEP_CYCLE,
    SLEEPMETER,
    PLEES,
    OPEN_MHEALTH,
    CONSENSUS,
    SHEET,
    EDF,
    ACTIGRAPHY,
)
"""Asked in this order; a new format is one file and one entry here."""


def labels() -> tuple[str, ...]:
    """Return the names of the formats that can be read."""
    return tuple(f.label for f in FORMATS)


def recognise(head: bytes) -> str | None:
    """Return the name of the format a document begins like, or None.

    Parameters
    ----------
    head : bytes
        The first bytes; up to 65,536 are of use.

    Examples
    --------
    >>> recognise(b"date,lights_out,final_awakening")
    'Noctiflora sleep diary'
    """
    known = _format(head)
    return known.label if known else None


def _format(head: bytes) -> Format | None:
    return next((f for f in FORMATS if f.sniff(head)), None)


def read(
    stream: BinaryIO, name: str, *, zone: str | None = None, progress: Callable[[int], None] | None = None
) -> Reading:
    r"""Read one document of sleep records.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading, at its start; not an archive (see `read_all` and `members`).
    name : str
        For messages; the format is recognised by content.
    zone : str, optional
        IANA name of the zone the person slept in, for records that carry none.
    progress : callable, optional
        Called with the bytes read so far.

    Returns
    -------
    Reading
        No episodes where a valid export holds no sleep.

    Raises
    ------
    FormatError
        If the document is not recognised, damaged, or none of its sleep records can be read.
    RangeError
        If its times carry no zone and none is named, or `zone` does not exist.

    Examples
    --------
    >>> import io
    >>> table = b"date,lights_out,final_awakening\n2024-01-02,2024-01-01T23:00,2024-01-02T07:00\n"
    >>> len(read(io.BytesIO(table), "diary.csv", zone="Europe/Berlin").episodes)
    1
    """
    if zone is not None:
        cached_zone(zone)
    document = Document(stream, name, progress=progress)
    if not document.head.strip():
        raise FormatError("the file is empty", where=name, do="export it again")
    if is_zip(document.head):
        raise FormatError("this is an archive within an archive", where=name, do="unpack it and import what it holds")
    known = _format(document.head)
    if known is None:
        raise unknown(name, document.head)
    tally = Tally(document, known.label, zone)
    try:
        known.read(tally)
    except InputError as problem:
        problem.where = problem.where or name
        raise
    return tally.reading()


def unknown(name: str, head: bytes) -> FormatError:
    """Return the error for a document that is none of ours."""
    return FormatError(
        "this is not a sleep export we know",
        where=name,
        found=head[:40].decode("utf-8", "replace"),
        do=f"give it as the device or app exported it; {len(FORMATS)} forms are read, see 'Use your own data'",
    )


def members(
    stream: BinaryIO, name: str, *, wanted: Callable[[bytes], bool] | None = None
) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the sleep documents of a zip archive; a document that is no archive is yielded as it is.

    Parameters
    ----------
    stream : BinaryIO
        Open for reading, at its start; seekable where it is an archive.
    name : str
        For messages.
    wanted : callable, optional
        Takes the first bytes of a member, tells whether to yield it; by default what `read` recognises.

    Yields
    ------
    (str, BinaryIO)
        Name as ``archive: member``, and the inflated bytes; to be read before the next is asked
        for, while `stream` is open.

    Raises
    ------
    FormatError
        If the archive is damaged or hostile, or holds nothing wanted.
    """
    return walk(stream, name, wanted=wanted or _is_known)


def _is_known(head: bytes) -> bool:
    return _format(head) is not None


def read_all(
    stream: BinaryIO,
    name: str,
    *,
    zone: str | None = None,
    progress: Callable[[int], None] | None = None,
    passed: Callable[[str], None] | None = None,
) -> tuple[Reading, ...]:
    """Read a document, or all documents of sleep records in a zip archive.

    Parameters
    ----------
    stream, name, zone, progress
        As for `read`; `stream` must be seekable where it is an archive.
    passed : callable, optional
        Called with the name of each member that is no sleep document we know.

    Returns
    -------
    tuple of Reading
        One per recognised document. A member that was refused is a reading without episodes
        that says why in `skipped`, as long as another member could be read.

    Raises
    ------
    FormatError, RangeError
        As `read` and `members`; the first refusal where all members were refused.
    """
    out: list[Reading] = []
    refusals: list[InputError] = []
    for member, content in walk(stream, name, wanted=_is_known, passed=passed):
        try:
            out.append(read(content, member, zone=zone, progress=progress))
        except InputError as problem:
            refusals.append(problem)
            reason = f"{problem.what}; {problem.do}" if asks_zone(problem) else problem.what
            skipped = Skipped(place=problem.where or member, reason=reason, count=1)
            out.append(Reading(name=member, format="refused", episodes=(), skipped=(skipped,)))
    if len(refusals) == len(out):
        raise refusals[0]
    return tuple(out)
