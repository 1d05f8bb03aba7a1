"""One night on an arc, from evening to morning."""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

from noctiflora.core import local
from noctiflora.report._words import clock, hours
from noctiflora.report.chart._figure import Figure, Table
from noctiflora.report.chart._pen import Drawing, Pen, short
from noctiflora.report.chart._raster_row import Stretch
from noctiflora.sleep import Night

WIDTH, HEIGHT = 340.0, 184.0
_CENTRE = (170.0, 158.0)
_RADIUS = 140.0
_USUAL_START_H, _USUAL_LENGTH_H = 21.0, 12.0
JOIN_MIN = 3.0
"""Wakings shorter than this are not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """One night in hours of the local clock since the noon before.

    Parameters
    ----------
    source : str
        Who says so.
    bed : Stretch or None
        In bed; None where it is not known.
    asleep : tuple of Stretch
        Sleep, in order.
    tst_min : float or None
        Minutes asleep.
    start_h, length_h : float
        Window drawn, from noon.
    """

    source: str
    bed: Stretch | None
    asleep: tuple[Stretch, ...]
    tst_min: float | None
    start_h: float
    length_h: float


def arc(night: Night) -> Arc | None:
    """Return the arc of a night; None where its times are not known."""
    if night.onset is None or night.offset is None:
        return None
    first, last = _hour(night.onset, night), _hour(night.offset, night)
    parts: list[Stretch] = []
    for segment in night.segments:
        if not segment.stage.is_sleep:
            continue
        part = Stretch(start_h=_hour(segment.start, night), end_h=_hour(segment.end, night))
        if parts and (part.start_h - parts[-1].end_h) * 60 < JOIN_MIN:
            part = Stretch(start_h=parts.pop().start_h, end_h=part.end_h)
        parts.append(part)
    bed = None
    if night.sol_min is not None and night.terminal_wake_min is not None:
        bed = Stretch(start_h=first - night.sol_min / 60, end_h=last + night.terminal_wake_min / 60)
    low, high = (first, last) if bed is None else (min(first, bed.start_h), max(last, bed.end_h))
    start, length = _USUAL_START_H - 12, _USUAL_LENGTH_H
    if low < start or high > start + length:
        start = math.floor(low)
        length = max(_USUAL_LENGTH_H, math.ceil(high - start))
    return Arc(
        source=night.source,
        bed=bed,
        asleep=tuple(parts) or (Stretch(start_h=first, end_h=last),),
        tst_min=night.tst_min,
        start_h=start,
        length_h=length,
    )


def _hour(instant: dt.datetime, night: Night) -> float:
    offset = night.offset_zone_offset_min
    wall = local(instant, night.onset_zone_offset_min or 0 if offset is None else offset).replace(tzinfo=None)
    noon = dt.datetime.combine(night.date - dt.timedelta(days=1), dt.time(12))
    return (wall - noon).total_seconds() / 3600


def arc_figure(data: Arc) -> Figure:
    """Return the figure of one night, with its times as a table."""
    rows = tuple(_rows(data))
    slept = "" if data.tst_min is None else f" Asleep {hours(data.tst_min)}."
    return Figure(
        key="arc",
        title="Last night",
        description="; ".join(f"{name} {when}" for name, when in rows) + f".{slept} Source: {data.source}.",
        caption="",
        narrow=_drawing(data),
        table=Table(caption=f"Last night, from {data.source}", columns=("What", "When"), rows=rows),
    )


def _rows(data: Arc) -> Iterator[tuple[str, str]]:
    if data.bed is not None:
        yield "Lights out", clock(data.bed.start_h + 12)
    yield "Fell asleep", clock(data.asleep[0].start_h + 12)
    for before, after in zip(data.asleep, data.asleep[1:], strict=False):
        yield "Awake", f"{clock(before.end_h + 12)} to {clock(after.start_h + 12)}"
    yield "Last waking", clock(data.asleep[-1].end_h + 12)
    if data.bed is not None:
        yield "Got up", clock(data.bed.end_h + 12)


def _drawing(data: Arc) -> Drawing:
    pen = Pen()
    whole = Stretch(start_h=data.start_h, end_h=data.start_h + data.length_h)
    pen.path("arc-b", _bow(data, whole), thickness=1)
    if data.bed is not None:
        pen.path("arc-bed", _bow(data, data.bed), thickness=3)
    for part in data.asleep:
        pen.path("arc-s", _bow(data, part), thickness=13)
    pen.line("ax", (4, _CENTRE[1]), (WIDTH - 4, _CENTRE[1]))
    every = 3 if data.length_h <= 12 else 4
    for hour in range(0, int(data.length_h) + 1, every):
        at = data.start_h + hour
        label = f"{int(at + 12) % 24:02d}"
        if hour in {0, int(data.length_h)}:
            x, _ = _point(data, at, _RADIUS)
            pen.text((x, _CENTRE[1] + 18), label, kind="m xsm", anchor="middle")
            continue
        pen.line("ax", _point(data, at, _RADIUS - 15), _point(data, at, _RADIUS - 10))
        x, y = _point(data, at, _RADIUS - 27)
        pen.text((x, y + 4), label, kind="m xsm", anchor="middle")
    if data.tst_min is not None:
        pen.text((_CENTRE[0], 116), hours(data.tst_min), kind="big", anchor="middle")
        pen.text((_CENTRE[0], 138), "asleep", kind="m", anchor="middle")
    return pen.drawing(WIDTH, HEIGHT)


def _point(data: Arc, hour: float, radius: float) -> tuple[float, float]:
    angle = math.pi * (1 - (hour - data.start_h) / data.length_h)
    return _CENTRE[0] + radius * math.cos(angle), _CENTRE[1] - radius * math.sin(angle)


def _bow(data: Arc, part: Stretch) -> str:
    (x1, y1), (x2, y2) = _point(data, part.start_h, _RADIUS), _point(data, part.end_h, _RADIUS)
    return f"M{short(x1)} {short(y1)}A{short(_RADIUS)} {short(_RADIUS)} 0 0 1 {short(x2)} {short(y2)}"
