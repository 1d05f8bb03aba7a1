"""Sleepmeter: ``sleep_history.csv``, a diary kept in the app, sections of custom words before it.

Free text stands between quotes without any escape, so a note may hold quotes, commas and line ends
(sleepdiary/core, src/Sleepmeter). Records are therefore found by their three time stamps, and the
note, the last field, is never read. Stamps carry their offset. Holes are wakes, in minutes after
falling asleep; equal sleep and wake mean that there was none. The file is a diary: its times are
the person's own.
"""

import datetime as dt
import re
from collections.abc import Iterator

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.sleep._night import Episode, Kind, Segment, Stage, Totals
from noctiflora.sleep.read._csv import header
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import RECORD_OFFSET, Moment, plausible

SOURCE = "diary: Sleepmeter"
MAIN = "wake,sleep,bedtime,holes,type,"
SECTIONS = (b"custom_aid_id,class,name", b"custom_hindrance_id,class,name", b"custom_tag_id,name")
STAMP = r'"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}[+-][0-9]{4})"'
RECORD = re.compile(rf"^{STAMP},{STAMP},{STAMP},([^,\n]*),([A-Z_]*)(?:,[^,\n]*){{4}},([0-9]{{1,2}}),", re.M)
BEGINS = re.compile(rf"^{STAMP},", re.M)
HOLE = re.compile(r"([0-9]{1,5})-([0-9]{1,5})")
BEST = 10


def sniff(head: bytes) -> bool:
    """Return whether a document begins with a section of the app, and holds its diary or could."""
    names = header(head)
    return names[:5] == ("wake", "sleep", "bedtime", "holes", "type") or head.removeprefix(b"\xef\xbb\xbf").startswith(
        SECTIONS
    )


def read(tally: Tally) -> None:
    """Read diary entries into the tally."""
    text = tally.document.text().replace("\r\n", "\n").replace("\r", "\n")
    # A note may look like the header; the true one is the first at the start of a line.
    at = 0 if text.startswith(MAIN) else text.find("\n" + MAIN)
    if at < 0:
        return
    line, counted = 1, 0
    for n, (place, found) in enumerate(_records(text, at), 1):
        tally.expect(n)
        # Counted on from the record before: from the start each time would take the square of the file.
        line, counted = line + text.count("\n", counted, place), place
        try:
            if found is None:
                raise FormatError("the record does not have the columns of its header", do="export it again")
            tally.episodes.append(_episode(found))
        except InputError as problem:
            tally.refuse(f"line {line}", problem)


def _records(text: str, at: int) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Yield where each record begins, with the record, or None where it is not whole."""
    for begin in BEGINS.finditer(text, at):
        yield begin.start(), RECORD.match(text, begin.start())


def _moment(text: str) -> Moment:
    try:
        stamp = dt.datetime.strptime(text, "%Y-%m-%d %H:%M%z")
        ahead = stamp.utcoffset()
        instant = plausible(stamp.astimezone(dt.UTC))
    except (ValueError, OverflowError) as problem:
        if isinstance(problem, RangeError):
            raise
        raise FormatError("this is not a time", found=text, do="export it again") from None
    assert ahead is not None
    return Moment(instant=instant, offset_min=round(ahead.total_seconds() / 60), basis=RECORD_OFFSET)


def _episode(found: re.Match[str]) -> Episode:
    woke, slept, bed = (_moment(found[n]) for n in (1, 2, 3))
    notes: list[str] = []
    began = bed
    if bed.instant > slept.instant:
        began = slept
        notes.append("going to bed is written after falling asleep: time in bed unknown")
    if slept.instant == woke.instant:
        segments = [Segment(start=began.instant, end=woke.instant, stage=Stage.AWAKE)]
    else:
        segments = _segments(found[4], began.instant, slept.instant, woke.instant)
    quality = found[6]
    return Episode(
        source=SOURCE,
        start=began.instant,
        end=woke.instant,
        start_offset_min=began.offset_min,
        end_offset_min=woke.offset_min,
        zone_basis=RECORD_OFFSET,
        kind=Kind.NAP if found[5] == "NAP" else Kind.UNKNOWN,
        segments=tuple(s for s in segments if s.end > s.start),
        totals=Totals(
            sol_min=0.0 if bed.instant == slept.instant else None,
            rating=float(quality) if int(quality) <= BEST else None,
            # The app asks when one woke, not when one got up.
            tib_unknown=True,
        ),
        has_in_bed=bed.instant <= slept.instant,
        key=f"{found[3]}|{found[2]}|{found[1]}",
        notes=(*notes, "getting up is not written down: time in bed unknown"),
    )


def _segments(holes: str, began: dt.datetime, slept: dt.datetime, woke: dt.datetime) -> list[Segment]:
    """Return lying awake, sleep, and the wakes within it."""
    out = [Segment(start=began, end=slept, stage=Stage.AWAKE), Segment(start=slept, end=woke, stage=Stage.ASLEEP)]
    for text in filter(None, holes.split("|")):
        hole = HOLE.fullmatch(text)
        if hole is None:
            raise FormatError("holes: pairs of minutes such as 60-75 are needed", found=text, do="export it again")
        first, last = (slept + dt.timedelta(minutes=int(m)) for m in hole.groups())
        if not first < last or last > woke:
            raise RangeError("a hole does not lie within the sleep", found=text, do="correct it in the app")
        out.append(Segment(start=first, end=last, stage=Stage.AWAKE))
    return out


SLEEPMETER = Format(label="Sleepmeter history", sniff=sniff, read=read)
