"""Open mHealth: sleep-episode 1.x, total-sleep-time 1.x and sleep-duration 1.x to 2.x, as JSON.

A body alone, a data point (header and body), or a list of either. A sleep episode runs from sleep
onset to final awakening; the time frame of the two durations may be the time in bed or a whole day,
so it dates the sleep without bounding it. The schemas hold that a frame must be an interval and that
a duration has a unit of theirs; a body that breaks this is refused. A duration may be longer or
shorter than its frame.

References
----------
.. [1] https://www.openmhealth.org/documentation/#/schema-docs/schema-library (Apache-2.0)
"""

import datetime as dt
import re
from typing import Annotated

from pydantic import AliasChoices, Field

from noctiflora.core import FormatError, InputError, RangeError
from noctiflora.sleep._night import LONGEST_H, Episode, Kind, Totals
from noctiflora.sleep.read._format import Format, Tally
from noctiflora.sleep.read._json import Json, Row, checked, load
from noctiflora.sleep.read._when import Moment, cached_zone, moment, parse_stamp, wall_zone

SIGN = re.compile(rb'"(?:effective_time_frame|sleep_duration|total_sleep_time)"\s*:\s*\{')
MEASURES = frozenset({"sleep_episode", "total_sleep_time", "sleep_duration"})
EPISODE_ONLY = frozenset(
    {
        "latency_to_sleep_onset",
        "latency_to_arising",
        "wake_after_sleep_onset",
        "number_of_awakenings",
        "is_main_sleep",
        "sleep_maintenance_efficiency_percentage",
    }
)
MINUTES = {"sec": 1 / 60, "min": 1.0, "h": 60.0, "ms": 1 / 60_000, "d": 1440.0}
"""Units of duration-unit-value that a sleep can have; sleep-duration 2.0 allows the first three."""

PLAIN_UNITS = ("sec", "min", "h")
LONGEST_MIN = LONGEST_H * 60.0
NAME = "open mhealth"


class Amount(Row):
    """A value with its unit."""

    value: float
    unit: str


class Interval(Row):
    """A stretch of time, by two of its three parts."""

    start: str | None = Field(default=None, validation_alias=AliasChoices("start_date_time"))
    end: str | None = Field(default=None, validation_alias=AliasChoices("end_date_time"))
    duration: Amount | None = None


class Frame(Row):
    """An effective time frame, which must be an interval."""

    interval: Interval = Field(validation_alias=AliasChoices("time_interval"))


Some = Annotated[Amount | None, Field(default=None)]


class Body(Row):
    """Any of the three measures."""

    frame: Frame = Field(validation_alias=AliasChoices("effective_time_frame"))
    sleep_duration: Amount | None = Field(default=None, validation_alias=AliasChoices("sleep_duration"))
    total: Amount | None = Field(default=None, validation_alias=AliasChoices("total_sleep_time"))
    latency: Amount | None = Field(default=None, validation_alias=AliasChoices("latency_to_sleep_onset"))
    arising: Amount | None = Field(default=None, validation_alias=AliasChoices("latency_to_arising"))
    waso: Amount | None = Field(default=None, validation_alias=AliasChoices("wake_after_sleep_onset"))
    awakenings: int | None = Field(default=None, validation_alias=AliasChoices("number_of_awakenings"), ge=0, le=1000)
    main: bool | None = Field(default=None, validation_alias=AliasChoices("is_main_sleep"))


def sniff(head: bytes) -> bool:
    """Return whether a document begins like a measure of sleep, or like a measure of Open mHealth at all."""
    plain = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") and b'"$schema"' not in head
    return plain and SIGN.search(head) is not None


def read(tally: Tally) -> None:
    """Read sleep measures into the tally; measures of anything else are passed over."""
    data = load(tally.document)
    rows = data if isinstance(data, list) else [data]
    tally.expect(len(rows))
    others = 0
    for n, row in enumerate(rows, 1):
        try:
            measure, body = _body(row)
            if measure is None:
                others += 1
                continue
            tally.episodes.append(_episode(measure, body, row, tally))
        except InputError as problem:
            if problem.where == tally.document.name:
                raise
            tally.refuse(f"measure {n}", problem)
    if others:
        tally.note(f"measures that are not of sleep, passed over: {others}")


def _body(row: Json) -> tuple[str | None, Json]:
    """Return which measure of sleep a row is, and its body; None where it is of something else."""
    if not isinstance(row, dict):
        raise FormatError("a measure must be an object", found=str(row)[:40])
    header, body = row.get("header"), row.get("body", row)
    if not isinstance(body, dict):
        raise FormatError("a measure must have a body", found=str(body)[:40])
    schema = header.get("schema_id") if isinstance(header, dict) else None
    named = schema.get("name") if isinstance(schema, dict) else None
    if isinstance(named, str):
        key = named.replace("-", "_")
        return (key if key in MEASURES else None), body
    if "sleep_duration" in body:
        return "sleep_duration", body
    if EPISODE_ONLY & body.keys():
        return "sleep_episode", body
    return ("total_sleep_time" if "total_sleep_time" in body else None), body


def _min(amount: Amount | None, name: str, *, units: tuple[str, ...] = tuple(MINUTES)) -> float | None:
    """Return an amount in minutes."""
    if amount is None:
        return None
    if amount.unit not in units:
        raise FormatError(f"{name}: this unit is not allowed", found=amount.unit, do=f"use one of {', '.join(units)}")
    value = amount.value * MINUTES[amount.unit]
    if not 0 <= value <= LONGEST_MIN:
        raise RangeError(f"{name}: a day has 0 to {LONGEST_MIN:.0f} minutes", found=f"{amount.value:g} {amount.unit}")
    return value


def _stamp(text: str, tally: Tally) -> Moment:
    bare = parse_stamp(text).utcoffset() is None or text.strip().upper().endswith("Z")
    if bare and tally.zone is None:
        wall_zone(None, where=tally.document.name)
    return moment(text, cached_zone(tally.zone) if tally.zone else None)


def _bounds(frame: Interval, tally: Tally) -> tuple[Moment, Moment]:
    """Return the start and the end of an interval."""
    length = _min(frame.duration, "duration")
    start = _stamp(frame.start, tally) if frame.start else None
    end = _stamp(frame.end, tally) if frame.end else None
    if start and end:
        return start, end
    if length is None or (start is None and end is None):
        raise FormatError("a time interval needs two of start, end and duration", do="export it again")
    span = dt.timedelta(minutes=length)
    if start is not None:
        return start, _beside(start, start.instant + span, tally)
    assert end is not None
    return _beside(end, end.instant - span, tally), end


def _beside(known: Moment, instant: dt.datetime, tally: Tally) -> Moment:
    """Return an instant on the clock of a known moment: its zone where that is known, else its offset."""
    if known.basis == "named zone" and tally.zone:
        return _stamp(instant.isoformat().replace("+00:00", "Z"), tally)
    return Moment(instant=instant, offset_min=known.offset_min, basis=known.basis)


def _source(row: Json) -> str:
    header = row.get("header") if isinstance(row, dict) else None
    origin = header.get("acquisition_provenance") if isinstance(header, dict) else None
    named = origin.get("source_name") if isinstance(origin, dict) else None
    return f"{NAME}: {named[:80]}" if isinstance(named, str) and named else NAME


def _episode(measure: str, body: Json, row: Json, tally: Tally) -> Episode:
    known = checked(body, Body)
    start, end = _bounds(known.frame.interval, tally)
    if measure == "sleep_episode":
        totals, early, late = _of_episode(known)
    else:
        plain = measure == "sleep_duration"
        amount = known.sleep_duration if plain else known.total
        slept = _min(amount, measure, units=PLAIN_UNITS if plain else tuple(MINUTES))
        if slept is None:
            raise FormatError(f"{measure} is missing", do="export it again")
        totals, early, late = Totals(tst_min=slept, frame_only=True, wakes_unseen=True), 0.0, 0.0
    return Episode(
        source=_source(row),
        start=start.instant - dt.timedelta(minutes=early),
        end=end.instant + dt.timedelta(minutes=late),
        start_offset_min=start.offset_min,
        end_offset_min=end.offset_min,
        zone_basis=start.basis,
        kind=Kind.UNKNOWN if known.main is None else Kind.MAIN if known.main else Kind.NAP,
        totals=totals,
        has_in_bed=totals.sol_min is not None,
        key=f"{measure}|{start.instant.isoformat()}|{end.instant.isoformat()}",
        notes=tuple(dict.fromkeys(n for n in (start.note, end.note) if n)),
    )


def _of_episode(body: Body) -> tuple[Totals, float, float]:
    """Return the sums of an episode, and by how much the attempt to sleep reaches beyond sleep before and after."""
    latency, arising = _min(body.latency, "latency to onset"), _min(body.arising, "latency to arising")
    totals = Totals(
        tst_min=_min(body.total, "total sleep time"),
        sol_min=latency,
        waso_min=_min(body.waso, "wake after onset"),
        awakenings=body.awakenings,
        terminal_wake_min=arising,
        tib_unknown=arising is None,
        wakes_unseen=body.waso is None and body.total is None,
    )
    # Without a known latency the record begins at sleep, and ends with it.
    return totals, latency or 0.0, (arising or 0.0) if latency is not None else 0.0


OPEN_MHEALTH = Format(label="Open mHealth sleep", sniff=sniff, read=read)
