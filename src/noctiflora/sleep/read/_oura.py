"""Oura sleep periods: answers of the interface version 2, account export, and version 1.

Stages stand as one character per 30 s or 5 min from the start in bed: 1 deep, 2 light, 3 REM, 4
awake (description of the interface). A row shorter than the time in bed is a hole, not
wakefulness: Oura's printed sums are then used, where there are any. Deleted periods and those the
person rejected (``rest``) are left out.
"""

import re
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from noctiflora.core import FormatError, InputError
from noctiflora.sleep._night import Episode, Kind, Segment, Stage, Totals
from noctiflora.sleep._timeline import minutes
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._hypnogram import stretches
from noctiflora.sleep.read._json import Json, Row, checked, load
from noctiflora.sleep.read._when import Moment, cached_zone, moment, parse_stamp, wall_zone

SIGNS = re.compile(rb'"(?:bedtime_start|sleep_phase_5_min|hypnogram_5min|ring_configuration|daily_readiness)"\s*:')
LISTS = ("data", "sleep", "sleep_periods", "sleepmodel")
STAGES = {"1": Stage.DEEP, "2": Stage.LIGHT, "3": Stage.REM, "4": Stage.AWAKE}
KINDS = {"long_sleep": Kind.MAIN, "late_nap": Kind.NAP}
DROPPED = frozenset({"deleted", "rest"})
SHORT_MIN = 5.0
"""A row of stages may end this much before the time in bed: one stretch of the coarser row."""

Seconds = Annotated[float | None, Field(ge=0, le=86_400)]


class Period(Row):
    """One sleep period; version 1 has other names for the same."""

    bedtime_start: str
    bedtime_end: str
    id: str = ""
    type: str = ""
    sleep_phase_30_sec: str | None = None
    sleep_phase_5_min: str | None = None
    hypnogram_5min: str | None = None
    total_sleep_duration: Seconds = None
    awake_time: Seconds = None
    light_sleep_duration: Seconds = None
    deep_sleep_duration: Seconds = None
    rem_sleep_duration: Seconds = None
    latency: Seconds = None
    total: Seconds = None
    awake: Seconds = None
    light: Seconds = None
    deep: Seconds = None
    rem: Seconds = None
    onset_latency: Seconds = None


def sniff(head: bytes) -> bool:
    """Return whether a document begins like sleep periods of Oura."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and SIGNS.search(head) is not None


def read(tally: Tally) -> None:
    """Read sleep periods into the tally."""
    rows = periods(load(tally.document))
    tally.expect(len(rows))
    keep_periods(tally, [(f"period {n}", row) for n, row in enumerate(rows, 1)])


def periods(data: Json) -> list[Json]:
    """Return the rows that are sleep periods, wherever the export keeps them."""
    if isinstance(data, list):
        return [row for row in data if not isinstance(row, dict) or "bedtime_start" in row]
    if not isinstance(data, dict):
        return []
    if "bedtime_start" in data:
        return [data]
    out: list[Json] = []
    for name in LISTS:
        inner = data.get(name)
        if isinstance(inner, list | dict):
            out.extend(periods(inner))
    return out


def keep_periods(tally: Tally, rows: list[tuple[str, Json]]) -> None:
    """Put sleep periods into the tally, those deleted or rejected left out and told."""
    dropped = 0
    for place, row in rows:
        try:
            period = checked(row, Period)
            if period.type in DROPPED:
                dropped += 1
                continue
            tally.episodes.append(_episode(period, tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(place, problem)
    if dropped:
        tally.note(f"left out, for they were deleted or rejected as rest in the app: {dropped}")


def _episode(period: Period, tally: Tally) -> Episode:
    tz = cached_zone(tally.zone) if tally.zone else None
    if tz is None and any(_zoneless(text) for text in (period.bedtime_start, period.bedtime_end)):
        wall_zone(None, where=tally.document.name)
    start, end = moment(period.bedtime_start, tz), moment(period.bedtime_end, tz)
    segments = _segments(period, start, end)
    sums = _totals(period)
    told = minutes(start.instant, segments[-1].end) if segments else 0.0
    notes = [n for n in (start.note, end.note) if n]
    missing = minutes(start.instant, end.instant) - told
    if segments and missing > SHORT_MIN and sums.tst_min is not None:
        notes.append(f"the stages stop {missing:.0f} min before the end: the printed sums were used")
        segments = ()
    if not segments and sums.tst_min is None:
        raise FormatError("the period has neither stages nor minutes asleep", do="export it again")
    return Episode(
        source="oura",
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        kind=KINDS.get(period.type, Kind.UNKNOWN),
        segments=segments,
        totals=sums,
        has_in_bed=True,
        key=period.id or f"{start.instant.timestamp():.0f}",
        notes=tuple(dict.fromkeys(notes)),
    )


def _zoneless(text: str) -> bool:
    """Return whether a time tells no local clock."""
    return parse_stamp(text).utcoffset() is None or text.strip().upper().endswith("Z")


def _segments(period: Period, start: Moment, end: Moment) -> tuple[Segment, ...]:
    """Return the finer of the rows of stages."""
    fine, coarse = period.sleep_phase_30_sec, period.sleep_phase_5_min or period.hypnogram_5min
    if fine:
        return stretches(fine, STAGES, start=start.instant, end=end.instant, step_s=30)
    return stretches(coarse or "", STAGES, start=start.instant, end=end.instant, step_s=300)


def _totals(p: Period) -> Totals:
    """Return the printed sums; wakefulness after onset is not told apart from latency."""
    named = {
        Stage.DEEP: p.deep_sleep_duration if p.deep_sleep_duration is not None else p.deep,
        Stage.LIGHT: p.light_sleep_duration if p.light_sleep_duration is not None else p.light,
        Stage.REM: p.rem_sleep_duration if p.rem_sleep_duration is not None else p.rem,
        Stage.AWAKE: p.awake_time if p.awake_time is not None else p.awake,
    }
    stages = {stage: s / 60 for stage, s in named.items() if s is not None}
    total = p.total_sleep_duration if p.total_sleep_duration is not None else p.total
    asleep = [m for stage, m in stages.items() if stage.is_sleep]
    latency = p.latency if p.latency is not None else p.onset_latency
    return Totals(
        tst_min=total / 60 if total is not None else sum(asleep) if asleep else None,
        sol_min=latency / 60 if latency else None,
        stages_min=MappingProxyType(stages),
    )


OURA = Format(label="Oura sleep periods", sniff=sniff, read=read)
