"""Plees Tracker: ``plees-tracker.csv``, start and stop pressed by the person.

Milliseconds UTC without zone, rating of one to five stars (0: not rated). What is written is when the
person said good night and good morning: latency and wakefulness in between are not told.
"""

from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Segment, Stage, Totals
from noctiflora.sleep.read._csv import Line, header, lines, number
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, Moment, at, from_epoch, wall_zone

SOURCE = "diary: Plees Tracker"
COLUMNS = ("sid", "start", "stop")
MOST_STARS = 5.0
LONGEST_MS = 13


def sniff(head: bytes) -> bool:
    """Return whether the header is that of the app."""
    return header(head)[:3] == COLUMNS


def read(tally: Tally) -> None:
    """Read sleeps into the tally."""
    tz: ZoneInfo | None = None
    for line in lines(tally.document.text(), lambda names: names):
        tally.expect(line.number)
        tz = tz or wall_zone(tally.zone, where=tally.document.name)
        try:
            tally.episodes.append(_episode(line, tz))
        except InputError as problem:
            tally.refuse(f"line {line.number}", problem)


def _moment(line: Line, column: str, tz: ZoneInfo) -> Moment:
    text = line.cells.get(column, "")
    # More digits than a measure has.
    if not text.isdecimal() or len(text) > LONGEST_MS:
        raise FormatError(f"{column}: milliseconds are needed", found=text, do="export it again")
    return at(from_epoch(int(text) / 1000), tz)


def _episode(line: Line, tz: ZoneInfo) -> Episode:
    start, end = _moment(line, "start", tz), _moment(line, "stop", tz)
    stars = number(line, "rating", most=MOST_STARS)
    asleep = (Segment(start=start.instant, end=end.instant, stage=Stage.ASLEEP),) if end.instant > start.instant else ()
    return Episode(
        source=SOURCE,
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=NAMED_ZONE,
        segments=asleep,
        totals=Totals(rating=2 * stars if stars else None, wakes_unseen=True),
        key=line.cells.get("start", ""),
    )


PLEES = Format(label="Plees Tracker export", sniff=sniff, read=read)
