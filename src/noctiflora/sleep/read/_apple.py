"""Apple Health: ``export.xml``, alone or out of ``export.zip``.

Traps, each from real exports (`formats.md` section 1): every time is written with the offset of
the day of export, so it fixes the instant but not the local clock, which comes from the
record's HKTimeZone or from the zone the person names; iPhone, Watch and other apps record the
same night; old watches write one interval as in bed and as asleep; the document type list may be
malformed and control characters occur.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from noctiflora.core import InputError, RangeError, offset_min
from noctiflora.sleep._night import LONGEST_H, Episode, Segment, Stage
from noctiflora.sleep._timeline import JOIN_GAP_MIN
from noctiflora.sleep.read._apple_scan import Found, records
from noctiflora.sleep.read._format import Format, Tally, fingerprint
from noctiflora.sleep.read._when import EARLIEST, LATEST, NAMED_ZONE, RECORD_ZONE, cached_zone, wall_zone

STAGES = {
    "InBed": Stage.IN_BED,
    "Asleep": Stage.ASLEEP,
    "AsleepUnspecified": Stage.ASLEEP,
    "Awake": Stage.AWAKE,
    "AsleepCore": Stage.LIGHT,
    "AsleepDeep": Stage.DEEP,
    "AsleepREM": Stage.REM,
}
"""Values of HKCategoryValueSleepAnalysis; core is N1 with N2 (developer.apple.com, asleepCore)."""

NUMBERED = ("InBed", "Asleep", "Awake", "AsleepCore", "AsleepDeep", "AsleepREM")
PREFIX = "HKCategoryValueSleepAnalysis"
VALUES = {
    **{PREFIX + name: stage for name, stage in STAGES.items()},
    **{str(n): STAGES[name] for n, name in enumerate(NUMBERED)},
}

ROOT = re.compile(rb"<!DOCTYPE\s+HealthData\b|<HealthData\b")
PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
BORN = re.compile(rb'CharacteristicTypeIdentifierDateOfBirth(?:="|>)([^"<]{1,40})["<]')
SEX = re.compile(rb'CharacteristicTypeIdentifierBiologicalSex(?:="|>)([^"<]{1,60})["<]')
END = b"</HealthData>"
ENDS_EARLY = "the file ends early: it may be half a download"
TAIL_BYTES = 400
"""Last bytes of a piece that are kept: room for a date of birth across a border, and for the end."""

SCAN_BYTES = 1 << 16
"""A piece that stays in the processor's cache: measured a third faster than 1 MB."""

LONGEST_NAME = 200
MOST_RECORDS = 1_000_000
"""Records kept in memory; thirty a night for ten years and three sources are 330,000 (assumed)."""

JOIN_GAP = dt.timedelta(minutes=JOIN_GAP_MIN)
LONGEST = dt.timedelta(hours=LONGEST_H)


@dataclass(slots=True)
class Row:
    """One sleep record; `zone` is empty where it carries none."""

    start: dt.datetime
    end: dt.datetime
    stage: Stage
    zone: str


def sniff(head: bytes) -> bool:
    """Return whether a document begins like ``export.xml``."""
    return PROLOGUE.match(head) is not None and ROOT.search(head) is not None


def read(tally: Tally) -> None:
    """Read an Apple Health export into the tally."""
    rows: dict[str, list[Row]] = defaultdict(list)
    count = repeats = 0
    for batch in records(_watched(tally)):
        for place in batch.broken:
            tally.skip(f"byte {place}", "the record is not well-formed")
        for found in batch.rows:
            row = _row(found)
            source = found.source[:LONGEST_NAME].strip() or "unnamed source"
            if isinstance(row, str):
                tally.skip(f"record of {source}, {found.start or 'no start'}", row)
            else:
                rows[source].append(row)
        count += len(batch.rows)
        tally.expect(count, most=MOST_RECORDS)
    for source in sorted(rows):
        told = rows.pop(source)
        once = _once(told)
        repeats += len(told) - len(once)
        del told
        for group in _groups(once):
            try:
                tally.episodes.append(_episode(f"apple: {source}", group, tally))
            except InputError as problem:
                if isinstance(problem, RangeError) and tally.zone is None and problem.where == tally.document.name:
                    raise
                tally.refuse(f"sleep of {source}, {group[0].start:%Y-%m-%d}", problem)
    if repeats:
        tally.note(f"{repeats} exact duplicates left out")


def _once(rows: list[Row]) -> list[Row]:
    """Return the records in order of time, each stretch of a stage once; the list given is sorted too."""
    rows.sort(key=attrgetter("start", "end"))
    out: list[Row] = []
    for row in rows:
        for before in reversed(out):
            if before.start != row.start or before.end != row.end:
                out.append(row)
                break
            if before.stage is row.stage:
                break
        else:
            out.append(row)
    return out


def _watched(tally: Tally) -> Iterator[bytes]:
    """Yield the document, taking the person's fingerprint from it in passing and looking at its end."""
    before = b""
    for n, chunk in enumerate(tally.document.chunks(SCAN_BYTES)):
        if tally.person is None and n < 64:
            born, sex = BORN.search(before + chunk), SEX.search(before + chunk)
            if born:
                tally.person = fingerprint("apple", _text(born), _text(sex) if sex else "")
        before = before[-TAIL_BYTES:] + chunk if len(chunk) < TAIL_BYTES else chunk[-TAIL_BYTES:]
        yield chunk
    if END not in before:
        tally.skip("the end of the file", ENDS_EARLY)


def _text(match: re.Match[bytes]) -> str:
    return match[1].decode("utf-8", "replace")


def _row(found: Found) -> Row | str:
    """Return one record, or why it cannot be used."""
    stage = VALUES.get(found.value)
    if stage is None:
        return "this is not a sleep value we know" if found.value else "the record has no value"
    try:
        first, last = _instant(found.start), _instant(found.end)
    except (ValueError, OverflowError):
        return "this is not a time with an offset from UTC"
    if not EARLIEST <= first <= last < LATEST:
        return "the record ends before it starts" if last < first else "the date lies outside 1990 to 2099"
    if first == last:
        return "the record has no duration"
    if last - first > LONGEST:
        return f"the record lasts over {LONGEST_H} hours"
    return Row(first, last, stage, found.zone)


@lru_cache(maxsize=8)
def _instant(text: str) -> dt.datetime:
    """Return the instant of a stamp; a stage begins with the stamp at which the one before ended."""
    # Apple writes "2024-01-01 00:55:28 +0200"; without the second blank it is ISO.
    stamp = dt.datetime.fromisoformat(text[:19] + text[20:])
    if stamp.tzinfo is None:
        raise ValueError
    return stamp.astimezone(dt.UTC)


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the records of one source, in order of time, that belong to one sleep."""
    group: list[Row] = []
    end = rows[0].end
    for row in rows:
        if group and (row.start - end >= JOIN_GAP or max(row.end, end) - group[0].start > LONGEST):
            yield group
            group = []
        end = max(row.end, end) if group else row.end
        group.append(row)
    yield group


def _episode(source: str, group: Sequence[Row], tally: Tally) -> Episode:
    """Return the records of one sleep as an episode."""
    start, end = group[0].start, max(r.end for r in group)
    asleep = [r for r in group if r.stage is not Stage.IN_BED]
    bed = [r for r in group if r.stage is Stage.IN_BED]
    slept = [r for r in asleep if r.stage.is_sleep]
    notes: list[str] = []
    # In bed counts as time in bed only where it begins no later than sleep.
    has_in_bed = bool(bed) and (not slept or bed[0].start <= min(r.start for r in slept))
    if bed and not has_in_bed:
        notes.append("records of time in bed begin after sleep and are not used")
        group = asleep
        start, end = group[0].start, max(r.end for r in group)
    first, last, basis = _offsets(group, start, end, tally)
    return Episode(
        source=source,
        start=start,
        end=end,
        start_offset_min=first,
        end_offset_min=last,
        zone_basis=basis,
        segments=tuple(Segment(start=r.start, end=r.end, stage=r.stage) for r in group),
        has_in_bed=has_in_bed,
        key=f"{start:%Y%m%dT%H%M%S}",
        notes=tuple(notes),
    )


def _offsets(group: Sequence[Row], start: dt.datetime, end: dt.datetime, tally: Tally) -> tuple[int, int, str]:
    """Return the local offsets at start and end, and how they are known."""
    names = [r.zone for r in group if r.zone and _exists(r.zone, tally)]
    if names:
        first = group[0].zone if group[0].zone in names else names[0]
        latest = max(group, key=attrgetter("end")).zone
        last = latest if latest in names else names[-1]
        return offset_min(start, cached_zone(first)), offset_min(end, cached_zone(last)), RECORD_ZONE
    tz = wall_zone(tally.zone, where=tally.document.name)
    return offset_min(start, tz), offset_min(end, tz), NAMED_ZONE


def _exists(name: str, tally: Tally) -> bool:
    """Return whether a zone exists; one that does not is noted."""
    try:
        cached_zone(name)
    except InputError:
        tally.note("some records name a time zone that does not exist: it was not used")
        return False
    return True


APPLE = Format(label="Apple Health export", sniff=sniff, read=read)
