"""The table that fitbit.com exported: ``Sleep`` on the first line, sums of each sleep below.

Thousands are parted by commas within quotes, N/A stands for nothing, dates come in two styles,
times carry no zone. Asleep and awake add up to the time between the printed clocks (sleepdiary/core,
src/Fitbit/README.md), which in a night of clock change keep the offset of the start.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from noctiflora.core import FormatError, InputError, RangeError, offset_min, resolve_wall
from noctiflora.sleep._night import LONGEST_H, Episode, Stage, Totals
from noctiflora.sleep._timeline import minutes
from noctiflora.sleep.read._csv import EMPTY, Line, lines
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._when import NAMED_ZONE, plausible, wall_zone

BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\"?Sleep\"?[,;]*\r?\n\"?Start Time\"?,\"?End Time\"?,", re.IGNORECASE)
STAMP = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})[ T]+(\d{1,2}):(\d{2})\s*([AP]M)?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}(?:[,.]?\d{3})*")
FITS_MIN = 2.0
"""By how much asleep and awake may differ from the time between the stamps (whole minutes, twice rounded)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A printed date and time, the order of day and month still open.

    Parameters
    ----------
    parts : tuple of three int
        The numbers of the date, as printed.
    minute : int
        Of the day.
    """

    parts: tuple[int, int, int]
    minute: int

    def wall(self, *, day_first: bool) -> dt.datetime:
        """Return the wall time; a year in front settles the order.

        Raises
        ------
        FormatError
            If there is no such date.
        """
        a, b, c = self.parts
        year, month, day = (a, b, c) if a > 31 else (c, b, a) if day_first else (c, a, b)
        try:
            date = dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise FormatError("there is no such date", found=f"{a}-{b}-{c}", do="export it again") from None
        return dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=self.minute)


def sniff(head: bytes) -> bool:
    """Return whether a document begins like the sleep table of fitbit.com."""
    return BEGIN.match(head) is not None


def read(tally: Tally) -> None:
    """Read sleeps into the tally."""
    body = tally.document.text().split("\n", 1)[1]
    tz = wall_zone(tally.zone, where=tally.document.name)
    rows = list(_rows(tally, body))
    day_first = _day_first(rows)
    for place, line in rows:
        try:
            tally.episodes.append(_episode(line, tz, day_first=day_first))
        except InputError as problem:
            tally.refuse(place, problem)


def _rows(tally: Tally, body: str) -> Iterator[tuple[str, Line]]:
    for line in lines(body, lambda names: names):
        tally.expect(line.number)
        yield f"line {line.number + 1}", line


def _stamp(line: Line, column: str) -> Stamp:
    text = line.cells.get(column, "")
    found = STAMP.fullmatch(text)
    if not found:
        raise FormatError("this is not a time", found=text, do="export it again")
    hour, minute = int(found[4]), int(found[5])
    half = (found[6] or "").upper()
    if minute > 59 or (half and not 1 <= hour <= 12) or hour > 23:
        raise FormatError("there is no such time of day", found=text, do="export it again")
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return Stamp(parts=(int(found[1]), int(found[2]), int(found[3])), minute=hour * 60 + minute)


def _day_first(rows: Sequence[tuple[str, Line]]) -> bool:
    """Return whether dates are day before month: the order in which more sleeps can be true."""
    fits = {True: 0, False: 0}
    for _, line in rows:
        for order in fits:
            try:
                start, end = (_stamp(line, c).wall(day_first=order) for c in ("start time", "end time"))
            except InputError:
                continue
            fits[order] += 0 < minutes(start, end) <= LONGEST_H * 60
    return fits[True] >= fits[False]


def _count(line: Line, column: str) -> float | None:
    """Return a whole number, its thousands parted, or None where there is none."""
    text = line.cells.get(column, "")
    if text.lower() in EMPTY:
        return None
    if len(text) > 12 or not NUMBER.fullmatch(text):
        raise FormatError(f"{column}: a number is needed", found=text, do="export it again")
    return float(re.sub("[,.]", "", text))


def _episode(line: Line, tz: ZoneInfo, *, day_first: bool) -> Episode:
    first, last = (_stamp(line, c).wall(day_first=day_first) for c in ("start time", "end time"))
    for wall in (first, last):
        plausible(wall.replace(tzinfo=dt.UTC))
    if last <= first:
        raise RangeError("the sleep ends before it starts", found=f"{first} to {last}", do="export it again")
    start, doubtful = resolve_wall(first, tz)
    asleep, awake = _count(line, "minutes asleep"), _count(line, "minutes awake")
    end = resolve_wall(last, tz)[0]
    printed = None if asleep is None or awake is None else asleep + awake
    if printed is not None and abs(minutes(start, end) - printed) > FITS_MIN:
        running = start + (last - first)
        if abs(minutes(start, running) - printed) <= FITS_MIN:
            end = running
    notes = ["the start lies on a clock change and could be read in two ways: the earlier was taken"] * doubtful
    believed = printed is None or printed <= minutes(start, end) + FITS_MIN
    if not believed:
        notes.append(f"the printed minutes exceed the {minutes(start, end):.0f} min between the clocks: not used")
    return Episode(
        source="fitbit: site",
        start=start,
        end=end,
        start_offset_min=offset_min(start, tz),
        end_offset_min=offset_min(end, tz),
        zone_basis=NAMED_ZONE,
        totals=_totals(line, asleep if printed else None) if believed else Totals(),
        has_in_bed=True,
        key=f"{first:%Y%m%dT%H%M}",
        notes=tuple(notes),
    )


def _totals(line: Line, asleep: float | None) -> Totals:
    """Return the sums; wakefulness is not told apart from lying awake before and after sleep."""
    named = {
        Stage.LIGHT: _count(line, "minutes light sleep"),
        Stage.DEEP: _count(line, "minutes deep sleep"),
        Stage.REM: _count(line, "minutes rem sleep"),
    }
    stages = {stage: m for stage, m in named.items() if m is not None}
    whole = asleep is not None and len(stages) == len(named) and abs(sum(stages.values()) - asleep) <= FITS_MIN
    wakes = _count(line, "number of awakenings")
    return Totals(
        tst_min=asleep,
        awakenings=None if wakes is None else round(wakes),
        stages_min=MappingProxyType(stages if whole else {}),
    )


FITBIT_SITE = Format(label="Fitbit site table", sniff=sniff, read=read)
