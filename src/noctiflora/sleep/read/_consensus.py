"""Sleep diaries kept in tables of other people's making: the Consensus Sleep Diary's questions, or sleep with wake.

A column is known by the words of its heading, for example "What time did you try to go to sleep?" or
"Lights out". ``Date`` is the date of waking up. A time may be a clock reading alone: it is then dated
from the date of waking, the final awakening on it, what comes before within the 24 hours before.
Answers are turned into the columns of our own diary and read as that. A table of ``Sleep`` with
``Wake`` has full dates and tells no more than when a sleep began and ended.

References
----------
.. [1] Carney et al. 2012, doi:10.5665/sleep.1642
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Segment, Stage, Totals
from noctiflora.sleep.read._csv import EMPTY, Line, header, lines
from noctiflora.sleep.read._diary import episode, zoneless
from noctiflora.sleep.read._diary import sniff as own_sniff
from noctiflora.sleep.read._format import Format, Tally, fingerprint
from noctiflora.sleep.read._when import cached_zone, moment, wall_zone

HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("zone", r"^time ?zone$|^zone$"),
        ("person", r"^person$|^name$|^participant( id)?$"),
        ("date", r"^(today'?s )?date( of waking( up)?)?$"),
        ("quality", r"quality|rate your sleep"),
        ("awakenings", r"how many times|number of awakenings|^awakenings$|times (awake|woken)"),
        ("sol_min", r"how long.*fall asleep|sleep (onset )?latency|min\w* to fall asleep|^sol\b"),
        ("waso_min", r"how long.*awak|min\w* awake|awakenings last|wake after sleep onset|^waso\b"),
        ("final_awakening", r"final(ly)? (awakening|wak)|(woke|wake|waking) up|^wake[- ]?(time)?$"),
        ("out_of_bed", r"(get|got|getting)( up)? out of bed|^out of bed|^rise time|^got up"),
        ("lights_out", r"(try|tried|trying) to (go to |fall a)?sleep|lights? (out|off)"),
        ("in_bed", r"(get|got|getting|went|go) (in)?to bed|^in bed\b|^bed ?time$|^into bed"),
    )
)
"""Tried in this order: "how many times did you wake up, not counting your final awakening" is a number."""

TIMES = ("in_bed", "lights_out", "final_awakening", "out_of_bed")
NAMED = frozenset(name for name, _ in HEADINGS)
PAIR = frozenset({"sleep", "wake"})
BESIDE = frozenset({"comment", "comments", "notes", ""})
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?m?\.?", re.IGNORECASE)
SPANS = (
    (re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:m|min|mins|minutes?)?"), (0.0, 1.0)),
    (re.compile(r"(\d{1,2})\s*(?:h|hr|hrs|hours?)\s*(\d{1,2})?\s*(?:m|min|mins|minutes?)?"), (60.0, 1.0)),
    (re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?"), (60.0, 1.0)),
)
WORDS = {"very poor": 0.0, "poor": 2.5, "fair": 5.0, "good": 7.5, "very good": 10.0}
"""The five answers of the Consensus Sleep Diary, spread evenly over 0 to 10 (ours)."""

SCALE = re.compile(r"(\d{1,3})\s*(?:-|–|to|…|\.\.)\s*(\d{1,3})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
DATED = "clock readings were dated from the date of waking up"
Grid = Iterable[tuple[int, Sequence[str]]]


def names(found: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that headings mean, the first of each; others stay as they are.

    Examples
    --------
    >>> names(["Date", "Lights out", "What time was your final awakening?"])
    ('date', 'lights_out', 'final_awakening')
    """
    out: list[str] = []
    used: set[str] = set()
    for heading in found:
        words = " ".join(heading[:200].lower().split())
        name = next((n for n, p in HEADINGS if n not in used and p.search(words)), words)
        used.add(name)
        out.append(name)
    return tuple(out)


def is_diary(found: Sequence[str]) -> bool:
    """Return whether headings are those of a sleep diary."""
    known = set(names(found))
    return known >= {"date", "final_awakening"} and bool(known & {"in_bed", "lights_out"})


def is_pair(found: Sequence[str]) -> bool:
    """Return whether headings are those of a table of sleep with wake."""
    words = {heading.strip().lower() for heading in found}
    return words >= PAIR and words <= PAIR | BESIDE


def sniff(head: bytes) -> bool:
    """Return whether a table is a diary of other people's making."""
    found = header(head)
    return (is_diary(found) or is_pair(found)) and not own_sniff(head)


def read(tally: Tally) -> None:
    """Read a diary table into the tally."""
    found = header(tally.document.head)
    # Every row is wanted by place, so columns are numbered here and named in `rows`.
    numbered = tuple(str(n) for n in range(len(found)))
    grid = ((line.number, list(line.cells.values())) for line in lines(tally.document.text(), lambda _: numbered))
    rows(found, grid, tally)


def rows(found: Sequence[str], grid: Grid, tally: Tally) -> None:
    """Read the rows of a diary table, as text, into the tally."""
    pair = is_pair(found)
    columns = tuple(h.strip().lower() for h in found) if pair else names(found)
    for number, cells in grid:
        tally.expect(number)
        line = Line(number=number, cells=dict(zip(columns, cells, strict=False)))
        if not any(text for text in line.cells.values()):
            continue
        try:
            tally.episodes.append(
                _pair(line, tally) if pair else _night(line, dict(zip(columns, found, strict=True)), tally)
            )
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"line {number}", problem)


def _asked(line: Line, tally: Tally) -> None:
    if tally.zone is None and zoneless(line):
        wall_zone(None, where=tally.document.name)


def _pair(line: Line, tally: Tally) -> Episode:
    texts = [line.cells.get(c, "").replace(" ", "T", 1) for c in ("sleep", "wake")]
    _asked(Line(number=line.number, cells={"in_bed": texts[0], "final_awakening": texts[1]}), tally)
    tz = cached_zone(tally.zone) if tally.zone else None
    start, end = (moment(text, tz) for text in texts)
    asleep = Segment(start=start.instant, end=end.instant, stage=Stage.ASLEEP)
    return Episode(
        source="diary: table",
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        segments=(asleep,) if end.instant > start.instant else (),
        totals=Totals(wakes_unseen=True),
        key=start.instant.isoformat(),
        notes=tuple(dict.fromkeys(n for n in (start.note, end.note) if n)),
    )


def _night(line: Line, headings: Mapping[str, str], tally: Tally) -> Episode:
    """Return a row as a night of our own diary."""
    cells = {c: t for c, t in line.cells.items() if c in NAMED and t.lower() not in EMPTY}
    date = _date(cells.get("date", ""))
    cells["date"] = date.isoformat()
    if any(CLOCK.fullmatch(cells.get(c, "")) for c in TIMES):
        tally.note(DATED)
    cells |= _times(cells, date)
    for column in ("sol_min", "waso_min"):
        if column in cells:
            cells[column] = f"{_minutes(column, cells[column]):.9g}"
    if "quality" in cells:
        rating = _rating(cells.pop("quality"), headings.get("quality", ""))
        if rating is None:
            tally.note("sleep quality was not used: its scale is not written in its heading")
        else:
            cells["quality"] = f"{rating:.9g}"
    if tally.person is None and cells.get("person"):
        tally.person = fingerprint("diary", cells["person"])
    plain = Line(number=line.number, cells=cells)
    _asked(plain, tally)
    return episode(plain, tally)


def _date(text: str) -> dt.date:
    dotted = DOTTED.fullmatch(text)
    try:
        if dotted:
            return dt.date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        return dt.date.fromisoformat(text.replace(" ", "T").split("T")[0])
    except ValueError:
        raise FormatError("date: this is not a date", found=text, do="write it as 2024-01-31") from None


def _clock(text: str) -> dt.time | None:
    """Return a clock reading, or None where the text has a date of its own."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise FormatError("this is not a time", found=text, do="write it as 23:05")
        hour = hour % 12 + 12 * (half == "p")
    try:
        return dt.time(hour, int(found[2]))
    except ValueError:
        raise FormatError("this is not a time", found=text, do="write it as 23:05") from None


def _times(cells: Mapping[str, str], date: dt.date) -> dict[str, str]:
    """Return the times of a row with their dates; each is sought from the one beside it, waking first."""
    out = {c: cells[c].replace(" ", "T", 1) for c in TIMES if c in cells}
    try:
        anchor: dt.datetime | None = None
        for column, step in (("final_awakening", 0), ("out_of_bed", 1), ("lights_out", -1), ("in_bed", -1)):
            clock = _clock(cells[column]) if column in cells else None
            if clock is None:
                continue
            if column == "final_awakening":
                anchor = dt.datetime.combine(date, clock)
                out[column] = anchor.isoformat()
                continue
            near = anchor if column != "in_bed" else _naive(out.get("lights_out")) or anchor
            if near is None:
                near = _naive(out.get("final_awakening"))
            if near is None:
                raise FormatError("the final awakening is missing", do="fill it in or drop the row")
            stamp = dt.datetime.combine(near.date(), clock)
            if (stamp - near) * step < dt.timedelta(0):
                stamp += dt.timedelta(days=step)
            out[column] = stamp.isoformat()
    except OverflowError:
        raise FormatError("date: this is not a date", found=date.isoformat(), do="correct it") from None
    return out


def _naive(text: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None) if text else None
    except ValueError:
        return None


def _minutes(column: str, text: str) -> float:
    for pattern, (first, second) in SPANS:
        found = pattern.fullmatch(text.lower())
        if found and not first:
            return float(found[1].replace(",", "."))
        if found:
            return int(found[1]) * first + int(found[2] or 0) * second
    raise FormatError(f"{column}: minutes are needed", found=text, do="write 20, 20 min or 1:10")


def _rating(text: str, heading: str) -> float | None:
    """Return sleep quality from 0 to 10; None where a number has no scale."""
    word = WORDS.get(" ".join(text.lower().split()))
    if word is not None:
        return word
    scale = SCALE.search(heading)
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    if scale is None or not int(scale[1]) < int(scale[2]):
        return None
    low, high = int(scale[1]), int(scale[2])
    return 10 * (value - low) / (high - low) if low <= value <= high else None


CONSENSUS = Format(label="Sleep diary table", sniff=sniff, read=read)
