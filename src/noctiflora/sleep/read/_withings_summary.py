"""Withings nights as sums: answers of the sleep summary interface (version 2 and older).

Times are Unix seconds with a zone per night. Wakefulness after onset includes time out of bed, as
the printed ``waso`` does; ``total_sleep_time`` is the sum of the stages in all 300 nights seen.
"""

import re
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.core import zone as named
from noctiflora.sleep._night import Episode, Stage, Totals
from noctiflora.sleep._timeline import minutes
from noctiflora.sleep.read._format import Format, Tally, fingerprint
from noctiflora.sleep.read._json import Json, Row, checked, listed, load
from noctiflora.sleep.read._when import NAMED_ZONE, RECORD_ZONE, Moment, at, from_epoch, wall_zone

BEGIN = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[\s\S]*"series"\s*:\s*\[')
STATE = re.compile(rb'"state"\s*:')


DAY_S = 86_400.0
Seconds = Annotated[float | None, Field(ge=0, le=DAY_S)]
Count = Annotated[int | None, Field(ge=0, le=1000)]


class Sums(Row):
    """Seconds and counts of one night; names as Withings writes them."""

    light: Seconds = Field(default=None, alias="lightsleepduration")
    deep: Seconds = Field(default=None, alias="deepsleepduration")
    rem: Seconds = Field(default=None, alias="remsleepduration")
    awake: Seconds = Field(default=None, alias="wakeupduration")
    to_sleep: Seconds = Field(default=None, alias="durationtosleep")
    to_rise: Seconds = Field(default=None, alias="durationtowakeup")
    latency: Seconds = Field(default=None, alias="sleep_latency")
    rise: Seconds = Field(default=None, alias="wakeup_latency")
    total: Seconds = Field(default=None, alias="total_sleep_time")
    waso: float | None = Field(default=None, alias="waso", ge=-DAY_S, le=DAY_S)
    wakes: Count = Field(default=None, alias="wakeupcount")
    out_of_bed: Count = Field(default=None, alias="out_of_bed_count")


class Summary(Row):
    """One night."""

    startdate: float
    enddate: float
    timezone: str | None = None
    id: str = ""
    data: Sums


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a list of nights."""
    return BEGIN.match(head) is not None and STATE.search(head) is None and b'"body"' in head


def person(data: Json) -> str | None:
    """Return the fingerprint of the account, where the answer names it."""
    body = data.get("body") if isinstance(data, dict) else None
    user = body.get("userid") if isinstance(body, dict) else None
    return fingerprint("withings", str(user)) if isinstance(user, str | int) else None


def read(tally: Tally) -> None:
    """Read nights into the tally."""
    data = load(tally.document)
    series = listed(data, "body", "series")
    if series is None:
        raise FormatError("there is no list of nights", where=tally.document.name, do="export it again")
    tally.expect(len(series))
    tally.person = person(data)
    for n, row in enumerate(series, 1):
        try:
            tally.episodes.append(_episode(checked(row, Summary), tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"night {n}", problem)


def _moments(night: Summary, tally: Tally) -> tuple[Moment, Moment]:
    """Return start and end on the clock of the record's zone, else of the named one."""
    first, last = from_epoch(night.startdate), from_epoch(night.enddate)
    if night.timezone:
        try:
            tz = named(night.timezone)
        except RangeError:
            tally.note("some records name a time zone that does not exist: it was not used")
        else:
            return at(first, tz, basis=RECORD_ZONE), at(last, tz, basis=RECORD_ZONE)
    tz = wall_zone(tally.zone, where=tally.document.name)
    return at(first, tz, basis=NAMED_ZONE), at(last, tz, basis=NAMED_ZONE)


def _episode(night: Summary, tally: Tally) -> Episode:
    start, end = _moments(night, tally)
    latency = night.data.latency if night.data.latency is not None else night.data.to_sleep
    return Episode(
        source="withings",
        start=start.instant,
        end=end.instant,
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        totals=_totals(night.data, latency, minutes(start.instant, end.instant)),
        has_in_bed=latency is not None,
        key=f"{night.startdate:.0f}",
    )


def _totals(d: Sums, latency_s: float | None, span_min: float) -> Totals:
    """Return the printed sums in minutes; time in no stage is out of bed where a count says so."""
    named_s = {Stage.LIGHT: d.light, Stage.DEEP: d.deep, Stage.REM: d.rem, Stage.AWAKE: d.awake}
    stages = {stage: s / 60 for stage, s in named_s.items() if s is not None}
    asleep = [s for s in (d.light, d.deep, d.rem) if s is not None]
    total = d.total if d.total is not None else sum(asleep) if asleep else None
    rise = d.rise if d.rise is not None else d.to_rise
    rest = span_min - sum(stages.values())
    if rest >= 1 and d.awake is not None:
        stages[Stage.OUT_OF_BED if d.out_of_bed else Stage.UNKNOWN] = rest
    return Totals(
        tst_min=_min(total),
        sol_min=_min(latency_s),
        # One of 300 real nights prints a negative value; it is then worked out from the others.
        waso_min=_min(d.waso) if d.waso is None or d.waso >= 0 else None,
        awakenings=d.wakes,
        terminal_wake_min=_min(rise),
        stages_min=MappingProxyType(stages),
    )


def _min(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


WITHINGS_SUMMARY = Format(label="Withings nights", sniff=sniff, read=read)
