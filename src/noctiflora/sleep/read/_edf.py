"""EDF+ hypnograms: the sleep stages that a laboratory wrote as annotations.

Texts of the EDF+ standard (edfplus.info, section 2.2.4): ``Sleep stage W``, ``1`` to ``4``, ``R``,
``?``, or ``N1`` to ``N3`` as AASM names them, ``Movement time``, ``Lights off``, ``Lights on``. The start
is a clock reading without zone. Time in bed is from lights off to lights on where both are marked,
else unknown, and wakefulness before and after sleep is then not counted. Needs the extra ``edf``.
"""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError, offset_min, resolve_wall
from noctiflora.sleep._night import Episode, Segment, Stage
from noctiflora.sleep.read._document import Document
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, plausible, wall_zone

if TYPE_CHECKING:
    import edfio

SOURCE = "polysomnography"
STAGES = {
    "w": Stage.AWAKE,
    "1": Stage.LIGHT,
    "2": Stage.LIGHT,
    "n1": Stage.LIGHT,
    "n2": Stage.LIGHT,
    "3": Stage.DEEP,
    "4": Stage.DEEP,
    "n3": Stage.DEEP,
    "r": Stage.REM,
    "n": Stage.ASLEEP,
    "?": Stage.UNKNOWN,
}
STAGE = re.compile(r"sleep stage (\S{1,3})", re.IGNORECASE)
LIGHTS = re.compile(r"lights[ _]?(off|out|on)", re.IGNORECASE)
FIXED_BYTES = 256
MOST_SIGNALS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One annotation that matters here."""

    start: dt.datetime
    length: dt.timedelta | None
    text: str


def sniff(head: bytes) -> bool:
    """Return whether a document begins like an EDF+ file."""
    return head[:8] == b"0       " and head[192:196] == b"EDF+"


def read(tally: Tally) -> None:
    """Read the hypnogram into the tally."""
    tz = wall_zone(tally.zone, where=tally.document.name)
    data = tally.document.whole()
    _check(data, tally.document)
    marks = _marks(data, tz, tally.document)
    tally.expect(len(marks))
    staged = [m for m in marks if STAGE.fullmatch(m.text)]
    if not staged:
        tally.note("the file holds no sleep stages")
        return
    try:
        tally.episodes.append(_episode(staged, [m for m in marks if LIGHTS.fullmatch(m.text)], tz))
    except InputError as problem:
        tally.refuse("the hypnogram", problem)


def _damaged(document: Document, found: str) -> FormatError:
    return FormatError("the EDF+ file is damaged", where=document.name, found=found, do="export it again")


def _check(data: bytes, document: Document) -> None:
    """Raise where the header promises more than the file holds."""
    try:
        records, signals = int(data[236:244]), min(int(data[252:256]), MOST_SIGNALS + 1)
        at = FIXED_BYTES + signals * 216
        sizes = [int(data[o : o + 8]) for o in range(at, at + signals * 8, 8)]
    except ValueError:
        raise _damaged(document, "a header that cannot be read") from None
    whole = (signals + 1) * FIXED_BYTES + 2 * max(records, 0) * sum(sizes)
    if not 0 < signals <= MOST_SIGNALS or records < 0 or min(sizes) < 0 or whole > len(data):
        raise _damaged(document, f"{len(data):,} of {whole:,} bytes")


def _marks(data: bytes, tz: ZoneInfo, document: Document) -> list[_Mark]:
    """Return the annotations on the clock of the zone, which runs on from the start."""
    try:
        import edfio
    except ImportError:
        raise FormatError(
            "reading EDF+ needs an optional part that is not installed",
            where=document.name,
            do="install it with: pip install 'noctiflora[edf]'",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            recording = edfio.read_edf(io.BytesIO(data), lazy_load_data=False, header_encoding="latin-1")
            wall = recording.startdatetime
            found: Sequence[edfio.EdfAnnotation] = recording.annotations
    except edfio.AnonymizedDateError:
        raise FormatError("the file hides its date", where=document.name, do="use the file with its date") from None
    except Exception as problem:  # what a hostile file can raise inside a library is not bounded
        raise _damaged(document, type(problem).__name__) from None
    plausible(wall.replace(tzinfo=dt.UTC))
    start = resolve_wall(wall, tz)[0]
    return list(_kept(found, start))


def _kept(found: "Sequence[edfio.EdfAnnotation]", start: dt.datetime) -> Iterator[_Mark]:
    for a in found:
        text = a.text.strip()
        if (STAGE.fullmatch(text) or LIGHTS.fullmatch(text)) and abs(a.onset) < 1e7 and (a.duration or 0) < 1e7:
            length = None if a.duration is None else dt.timedelta(seconds=float(a.duration))
            yield _Mark(start=start + dt.timedelta(seconds=float(a.onset)), length=length, text=text)


def _segments(staged: Sequence[_Mark]) -> list[Segment]:
    """Return the stages; one without length lasts until the next."""
    ordered = sorted(staged, key=lambda m: m.start)
    out: list[Segment] = []
    for n, mark in enumerate(ordered):
        following = ordered[n + 1].start if n + 1 < len(ordered) else mark.start
        end = following if mark.length is None else mark.start + mark.length
        found = STAGE.fullmatch(mark.text)
        assert found is not None
        if end > mark.start:
            out.append(Segment(start=mark.start, end=end, stage=STAGES.get(found[1].lower(), Stage.UNKNOWN)))
    return out


def _episode(staged: Sequence[_Mark], lights: Sequence[_Mark], tz: ZoneInfo) -> Episode:
    segments = _segments(staged)
    asleep = [s for s in segments if s.stage.is_sleep]
    if not segments:
        raise FormatError("the stages have no length", do="export it again")
    off = [m.start for m in lights if not m.text.lower().endswith("on")]
    on = [m.start for m in lights if m.text.lower().endswith("on")]
    bounded = bool(off and on) and min(off) < max(on)
    if bounded:
        start, end = min(off), max(on)
    else:
        inner = asleep or segments
        start, end = inner[0].start, max(s.end for s in inner)
    cut = tuple(
        Segment(start=max(s.start, start), end=min(s.end, end), stage=s.stage)
        for s in segments
        if s.start < end and s.end > start
    )
    return Episode(
        source=SOURCE,
        start=start,
        end=end,
        start_offset_min=offset_min(start, tz),
        end_offset_min=offset_min(end, tz),
        zone_basis=NAMED_ZONE,
        segments=cut,
        has_in_bed=bounded,
        key=f"{start:%Y%m%dT%H%M%S}",
        notes=() if bounded else ("lights off and on are not marked: time in bed and latency unknown",),
    )


EDF = Format(label="EDF+ hypnogram", sniff=sniff, read=read)
