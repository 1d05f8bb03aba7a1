"""Garmin sleep in JSON: the account export (``…_sleepData.json``) and answers of Connect.

Instants are the GMT stamps, as text or as milliseconds. The Local stamps are wall time written as
if it were UTC: only their distance from GMT is used, as the offset. A Garmin night starts at sleep
and ends at waking, so latency and time in bed are unknown. A window in which nothing was measured
is Garmin's plan, not a night.
"""

import datetime as dt
import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from noctiflora.core import FormatError, InputError, RangeError, night_date
from noctiflora.sleep._night import Episode, Kind, Segment, Stage, Totals
from noctiflora.sleep._timeline import minutes, stage_minutes, timeline
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._json import Json, Row, checked, load
from noctiflora.sleep.read._offset import FURTHEST_MIN
from noctiflora.sleep.read._when import (
    NAMED_ZONE,
    RECORD_OFFSET,
    Moment,
    at,
    from_epoch,
    parse_stamp,
    plausible,
    wall_zone,
)

SIGNS = re.compile(rb'"(?:dailySleepDTO|sleepStartTimestampGMT|sleepWindowConfirmationType|napStartTimestampGMT)"\s*:')
LEVELS = {0: Stage.DEEP, 1: Stage.LIGHT, 2: Stage.REM, 3: Stage.AWAKE}
"""Meaning of ``activityLevel``; not documented, so only believed where the printed sums agree."""

AGREE_MIN = 3.0
"""By how much the minutes of a level may differ from the printed sum (assumed, 1 to 5)."""

Seconds = Annotated[float | None, Field(ge=0, le=86_400)]
Stamp = float | str | None


class Level(Row):
    """A stretch of Connect."""

    start: Stamp = Field(default=None, alias="startGMT")
    end: Stamp = Field(default=None, alias="endGMT")
    activity_level: float | None = None


class Nap(Row):
    """A nap beside a night."""

    start: Stamp = Field(default=None, alias="napStartTimestampGMT")
    end: Stamp = Field(default=None, alias="napEndTimestampGMT")
    nap_time_sec: Seconds = None


class Sleep(Row):
    """One night."""

    start_gmt: Stamp = Field(default=None, alias="sleepStartTimestampGMT")
    end_gmt: Stamp = Field(default=None, alias="sleepEndTimestampGMT")
    start_local: Stamp = Field(default=None, alias="sleepStartTimestampLocal")
    end_local: Stamp = Field(default=None, alias="sleepEndTimestampLocal")
    deep_sleep_seconds: Seconds = None
    light_sleep_seconds: Seconds = None
    rem_sleep_seconds: Seconds = None
    awake_sleep_seconds: Seconds = None
    unmeasurable_sleep_seconds: Seconds = None
    unmeasurable_seconds: Seconds = None
    sleep_time_seconds: Seconds = None
    awake_count: Annotated[int | None, Field(ge=0, le=1000)] = None
    sleep_window_confirmed: bool | None = None
    sleep_from_device: bool | None = None
    calendar_date: str | None = None
    nap_list: tuple[Nap, ...] | None = None
    daily_naps: tuple[Nap, ...] | None = Field(default=None, alias="dailyNapDTOS")


class Answer(Row):
    """An answer of Connect about one day."""

    sleep: Sleep | None = Field(default=None, alias="dailySleepDTO")
    levels: tuple[Level, ...] | None = Field(default=None, alias="sleepLevels")
    daily_naps: tuple[Nap, ...] | None = Field(default=None, alias="dailyNapDTOS")


def sniff(head: bytes) -> bool:
    """Return whether a document begins like sleep of Garmin."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and SIGNS.search(head) is not None


def read(tally: Tally) -> None:
    """Read nights and naps into the tally."""
    data = load(tally.document)
    rows = data if isinstance(data, list) else [data]
    tally.expect(len(rows))
    for n, row in enumerate(rows, 1):
        try:
            _keep(tally, row, f"night {n}")
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"night {n}", problem)


def _keep(tally: Tally, row: Json, place: str) -> None:
    """Put one day's night and naps into the tally."""
    connect = isinstance(row, dict) and "dailySleepDTO" in row
    source = "garmin: connect" if connect else "garmin"
    answer = checked(row, Answer) if connect else Answer()
    sleep = answer.sleep if connect else checked(row, Sleep)
    naps = (*(answer.daily_naps or ()), *((sleep.nap_list or ()) if sleep else ()))
    naps += (sleep.daily_naps or ()) if sleep else ()
    night: Episode | None = None
    if sleep is None or sleep.start_gmt is None or sleep.end_gmt is None:
        tally.note("days without a night in them were left out")
    elif not _measured(sleep):
        tally.note("nights in which nothing was measured were left out: they are only Garmin's usual window")
    else:
        night = _night(sleep, tally, source, answer.levels or ())
        tally.episodes.append(night)
    for nap in dict.fromkeys(naps):
        try:
            tally.episodes.append(_nap(nap, night, tally, source))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"{place}, nap", problem)


def _measured(sleep: Sleep) -> bool:
    """Return whether anything was measured, or the person or device at least confirmed the window."""
    if any((sleep.deep_sleep_seconds, sleep.light_sleep_seconds, sleep.rem_sleep_seconds)):
        return True
    told = bool(sleep.sleep_time_seconds) and sleep.sleep_window_confirmed is True
    return told and sleep.sleep_from_device is not False


def _instant(stamp: Stamp) -> dt.datetime:
    """Return the instant of a GMT stamp."""
    if isinstance(stamp, str):
        told = parse_stamp(stamp)
        if told.utcoffset():
            raise FormatError("a GMT stamp has another offset", found=stamp, do="export it again")
        return plausible(told.replace(tzinfo=dt.UTC))
    if stamp is None:
        raise FormatError("a time is missing", do="export it again")
    return from_epoch(stamp / 1000)


def _moment(gmt: Stamp, local: Stamp, tally: Tally) -> Moment:
    """Return the moment of a stamp, its offset being the distance of the local stamp."""
    instant = _instant(gmt)
    if local is not None:
        shift = minutes(instant, _instant(local))
        if abs(shift) <= FURTHEST_MIN and abs(shift - 15 * round(shift / 15)) < 1:
            return Moment(instant=instant, offset_min=15 * round(shift / 15), basis=RECORD_OFFSET)
        tally.note("some local times do not lie on any clock: they were not used")
    return at(instant, wall_zone(tally.zone, where=tally.document.name))


def _night(sleep: Sleep, tally: Tally, source: str, levels: Sequence[Level]) -> Episode:
    start = _moment(sleep.start_gmt, sleep.start_local, tally)
    end = _moment(sleep.end_gmt, sleep.end_local, tally)
    totals = _totals(sleep)
    notes: list[str] = []
    segments = _segments(levels)
    if segments and not _agree(segments, totals):
        notes.append("the timeline of stages does not agree with the printed sums: the sums were used")
        segments = ()
    woke = night_date(end.instant, end.offset_min).isoformat()
    if sleep.calendar_date and end.basis == NAMED_ZONE and woke != sleep.calendar_date:
        notes.append(f"Garmin counts this night to {sleep.calendar_date}: it was perhaps slept in another zone")
    lost = sleep.unmeasurable_sleep_seconds or sleep.unmeasurable_seconds or 0.0
    if lost:
        notes.append(f"{lost / 60:.0f} min could not be measured: neither sleep nor wakefulness")
    return Episode(
        source=source,
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        kind=Kind.MAIN,
        segments=segments,
        totals=totals,
        key=f"{start.instant.timestamp():.0f}",
        notes=tuple(notes),
    )


def _totals(sleep: Sleep) -> Totals:
    named = {
        Stage.DEEP: sleep.deep_sleep_seconds,
        Stage.LIGHT: sleep.light_sleep_seconds,
        Stage.REM: sleep.rem_sleep_seconds,
        Stage.AWAKE: sleep.awake_sleep_seconds,
    }
    stages = {stage: s / 60 for stage, s in named.items() if s is not None}
    asleep = sum(m for stage, m in stages.items() if stage.is_sleep)
    total = asleep or (sleep.sleep_time_seconds or 0.0) / 60
    return Totals(
        tst_min=total or None,
        waso_min=stages.get(Stage.AWAKE),
        awakenings=sleep.awake_count,
        stages_min=MappingProxyType(stages if asleep else {}),
    )


def _segments(levels: Sequence[Level]) -> tuple[Segment, ...]:
    """Return the timeline; empty where a level is none we know."""
    out: list[Segment] = []
    for level in levels:
        stage = None if level.activity_level is None else LEVELS.get(round(level.activity_level))
        start, end = _instant(level.start), _instant(level.end)
        if stage is None or end <= start:
            return ()
        out.append(Segment(start=start, end=end, stage=stage))
    return tuple(sorted(out, key=lambda s: s.start))


def _agree(segments: Sequence[Segment], totals: Totals) -> bool:
    told = stage_minutes(timeline(segments))
    return all(abs(told.get(stage, 0.0) - m) <= AGREE_MIN for stage, m in totals.stages_min.items()) and bool(
        totals.stages_min
    )


def _nap(nap: Nap, night: Episode | None, tally: Tally, source: str) -> Episode:
    first, last = _instant(nap.start), _instant(nap.end)
    if last <= first:
        raise RangeError("the nap ends before it starts", found=f"{first} to {last}", do="export it again")
    shift = None if night is None else night.end_offset_min
    if shift is None:
        start = at(first, wall_zone(tally.zone, where=tally.document.name))
    else:
        start = Moment(instant=first, offset_min=shift, basis=RECORD_OFFSET)
    return Episode(
        source=source,
        start=first,
        end=last,
        start_offset_min=start.offset_min,
        end_offset_min=start.offset_min,
        zone_basis=start.basis,
        kind=Kind.NAP,
        totals=Totals(tst_min=None if not nap.nap_time_sec else nap.nap_time_sec / 60),
        key=f"nap {first.timestamp():.0f}",
    )


GARMIN = Format(label="Garmin sleep", sniff=sniff, read=read)
