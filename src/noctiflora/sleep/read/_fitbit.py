"""Fitbit sleep logs: Takeout ``sleep-*.json``, API 1.2 (stages, classic) and API 1 (minutes).

Times carry no zone, so the person names it. In a night with a clock change the stamps keep the
offset of the start (pkpio/fitbit-googlefit#86); the printed duration decides. Wakes of up to
three minutes stand apart in shortData and lie over the stage around them; they are
"physiologically equivalent" to longer ones (dev.fitbit.com, Sleep Logs). Restless time of
classic logs is not sleep: Fitbit counts it into the minutes awake.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from noctiflora.core import FormatError, InputError, RangeError, offset_min, resolve_wall
from noctiflora.sleep._night import Episode, Kind, Segment, Stage, Totals
from noctiflora.sleep.read._format import Format, Tally, fingerprint
from noctiflora.sleep.read._json import Json, Row, checked, listed, load
from noctiflora.sleep.read._when import NAMED_ZONE, parse_stamp, plausible, wall_zone

LEVELS = {
    "wake": Stage.AWAKE,
    "awake": Stage.AWAKE,
    "restless": Stage.RESTLESS,
    "asleep": Stage.ASLEEP,
    "light": Stage.LIGHT,
    "deep": Stage.DEEP,
    "rem": Stage.REM,
    "unknown": Stage.UNKNOWN,
}
MINUTES = {"1": Stage.ASLEEP, "2": Stage.RESTLESS, "3": Stage.AWAKE}
"""Values of minuteData in API 1: asleep, restless, awake."""

SLACK_S = 90.0
"""By how much printed duration and stamps may differ; stamps come in halves of minutes (assumed, 60 to 120)."""

LONGEST_LEVEL_S = 86_400.0
SIGNS = re.compile(rb'"(?:dateOfSleep|minuteData|totalSleepRecords)"\s*:')
USER = re.compile(r"/user/([A-Za-z0-9]{4,20})/")


Minutes = Annotated[float | None, Field(ge=0, le=LONGEST_LEVEL_S / 60)]


class Level(Row):
    """A stretch of one level."""

    date_time: str
    level: str
    seconds: float = Field(ge=0, le=LONGEST_LEVEL_S)


class Levels(Row):
    """The stretches of a log."""

    data: tuple[Level, ...] = ()
    short_data: tuple[Level, ...] = ()


class Minute(Row):
    """One minute of API 1."""

    value: str


class Log(Row):
    """One sleep log."""

    start_time: str
    end_time: str | None = None
    log_id: str = ""
    duration: float | None = Field(default=None, ge=0, le=LONGEST_LEVEL_S * 1000)
    main_sleep: bool | None = None
    is_main_sleep: bool | None = None
    minutes_asleep: Minutes = None
    minutes_awake: Minutes = None
    minutes_to_fall_asleep: Minutes = None
    minutes_after_wakeup: Minutes = None
    time_in_bed: Minutes = None
    levels: Levels = Levels()
    minute_data: tuple[Minute, ...] = ()


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a list of Fitbit sleep logs."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and SIGNS.search(head) is not None


def read(tally: Tally) -> None:
    """Read Fitbit sleep logs into the tally."""
    data = load(tally.document)
    logs = data if isinstance(data, list) else listed(data, "sleep")
    if logs is None:
        raise FormatError(
            "there is no list of sleep logs", where=tally.document.name, do="choose the file sleep-DATE.json"
        )
    tally.person = _person(data)
    if not logs:
        return
    tally.expect(len(logs))
    tz = wall_zone(tally.zone, where=tally.document.name)
    for n, row in enumerate(logs, 1):
        try:
            tally.episodes.append(_episode(checked(row, Log), tz))
        except InputError as problem:
            tally.refuse(f"log {n}", problem)


def _person(data: Json) -> str | None:
    """Return the fingerprint of the account, which only the address of a next page tells."""
    page = data.get("pagination") if isinstance(data, dict) else None
    text = page.get("next") if isinstance(page, dict) else None
    user = USER.search(text) if isinstance(text, str) else None
    return fingerprint("fitbit", user[1]) if user else None


def _episode(log: Log, tz: ZoneInfo) -> Episode:
    """Return one log as an episode."""
    wall = _wall(log.start_time)
    end_wall = _wall(log.end_time) if log.end_time else None
    notes: list[str] = []
    start, doubtful = resolve_wall(wall, tz)
    if doubtful:
        notes.append("the start lies on a clock change and could be read in two ways: the earlier was taken")
    clock, end = _clock(log, wall, end_wall, tz)
    segments = _segments(log, start, clock, notes)
    if not segments and log.minutes_asleep is None:
        raise FormatError("the log has neither levels nor minutes asleep", do="export it again")
    return Episode(
        source="fitbit",
        start=start,
        end=end,
        start_offset_min=offset_min(start, tz),
        end_offset_min=offset_min(end, tz),
        zone_basis=NAMED_ZONE,
        kind=_kind(log),
        segments=segments,
        totals=_totals(log, segments),
        has_in_bed=log.time_in_bed is not None,
        key=log.log_id or f"{wall:%Y%m%dT%H%M%S}",
        notes=tuple(notes),
    )


def _wall(text: str) -> dt.datetime:
    stamp = parse_stamp(text).replace(tzinfo=None)
    plausible(stamp.replace(tzinfo=dt.UTC))
    return stamp


def _kind(log: Log) -> Kind:
    main = log.main_sleep if log.is_main_sleep is None else log.is_main_sleep
    return Kind.UNKNOWN if main is None else Kind.MAIN if main else Kind.NAP


def _clock(
    log: Log, wall: dt.datetime, end_wall: dt.datetime | None, tz: ZoneInfo
) -> tuple[Callable[[dt.datetime], dt.datetime], dt.datetime]:
    """Return how stamps of this log turn into instants, and the instant of its end."""
    start = resolve_wall(wall, tz)[0]

    def running(stamp: dt.datetime) -> dt.datetime:
        return start + (stamp - wall)

    def local(stamp: dt.datetime) -> dt.datetime:
        return resolve_wall(stamp, tz)[0]

    lasted = None if log.duration is None else dt.timedelta(milliseconds=log.duration)
    if end_wall is None:
        if lasted is None:
            raise FormatError("the log has neither end nor duration", do="export it again")
        return running, start + lasted
    by_clock = local(end_wall)
    moved = by_clock != running(end_wall)
    if lasted is not None and moved and abs((by_clock - start - lasted).total_seconds()) <= SLACK_S:
        return local, by_clock
    return running, running(end_wall)


def _segments(
    log: Log, start: dt.datetime, clock: Callable[[dt.datetime], dt.datetime], notes: list[str]
) -> tuple[Segment, ...]:
    """Return the stretches of a log, short wakes over the others."""
    if log.minute_data:
        return _minutes(log.minute_data, start)
    out = [_stretch(level, clock) for level in log.levels.data]
    short = [_stretch(level, clock) for level in log.levels.short_data]
    wakes = [s for s in short if s.stage is Stage.AWAKE]
    if len(wakes) < len(short):
        notes.append("short stretches other than wake were not used")
    if any(s.stage is Stage.RESTLESS for s in out):
        notes.append("restless time is counted as awake, as Fitbit does")
    return tuple(sorted((s for s in (*out, *wakes) if s.end > s.start), key=lambda s: s.start))


def _stretch(level: Level, clock: Callable[[dt.datetime], dt.datetime]) -> Segment:
    stage = LEVELS.get(level.level)
    if stage is None:
        raise FormatError("this is not a sleep level we know", found=level.level, do="report the file's origin")
    start = clock(_wall(level.date_time))
    return Segment(start=start, end=start + dt.timedelta(seconds=level.seconds), stage=stage)


def _minutes(rows: Sequence[Minute], start: dt.datetime) -> tuple[Segment, ...]:
    """Return minute values as stretches; minutes follow each other without gap."""
    if len(rows) > LONGEST_LEVEL_S / 60:
        raise RangeError("a sleep cannot last over 24 hours", found=f"{len(rows)} minutes")
    out: list[Segment] = []
    for n, row in enumerate(rows):
        stage = MINUTES.get(row.value)
        if stage is None:
            raise FormatError("this is not a minute value we know", found=row.value, do="export it again")
        first = start + dt.timedelta(minutes=n)
        last = first + dt.timedelta(minutes=1)
        if out and out[-1].stage is stage:
            out[-1] = Segment(start=out[-1].start, end=last, stage=stage)
        else:
            out.append(Segment(start=first, end=last, stage=stage))
    return tuple(out)


def _totals(log: Log, segments: Sequence[Segment]) -> Totals:
    """Return the printed sums; a latency of zero means that it was not measured.

    Time in bed is not among them: the printed one is that of the stamps, cut to whole minutes.
    """
    parts = (log.minutes_asleep, log.minutes_awake, log.minutes_to_fall_asleep, log.minutes_after_wakeup)
    if not segments and not any(parts):
        # All of the time in bed would be neither sleep nor wakefulness: nothing was measured.
        return Totals()
    return Totals(
        tst_min=log.minutes_asleep,
        sol_min=log.minutes_to_fall_asleep or None,
        waso_min=log.minutes_awake,
        terminal_wake_min=log.minutes_after_wakeup or None,
    )


FITBIT = Format(label="Fitbit sleep logs", sniff=sniff, read=read)
