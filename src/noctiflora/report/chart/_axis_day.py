"""One modelled day, noon to noon: light, hormones and sleep, as now and in the what-if."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.report._words import clock, number
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen, polyline

NARROW, BROAD = 320.0, 780.0
_LEFT, _RIGHT = 40.0, 12.0
_LABEL, _LANE, _GAP, _FOOT = 28.0, 52.0, 14.0, 26.0
_TWIN_EVERY_H = 2.0  # hours between the rows of the table
_FEWEST = 2  # points that make a curve


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLane:
    """One quantity over the day.

    Parameters
    ----------
    name, unit : str
        Of the quantity.
    now, then : tuple of float
        Without the change and with it, at the hours of the day.
    """

    name: str
    unit: str
    now: tuple[float, ...]
    then: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisDay:
    """Lanes one above the other over one axis of time.

    Parameters
    ----------
    hours : tuple of float
        Rising, 12 to 36: hours from the midnight that begins the day.
    lanes : tuple of DayLane
        From the top down.
    scales : tuple of Axis
        One a lane, drawn upward from zero within the lane.
    """

    hours: tuple[float, ...]
    lanes: tuple[DayLane, ...]
    scales: tuple[Axis, ...]


def axis_day(hours: Sequence[float], lanes: Sequence[DayLane]) -> AxisDay:
    """Return lanes with their scales.

    Raises
    ------
    RangeError
        If there are no lanes, or a lane has not one value an hour point.
    """
    if not lanes or len(hours) < _FEWEST or any({len(d.now), len(d.then)} != {len(hours)} for d in lanes):
        raise RangeError("each lane needs one value at each hour", where="axis_day", found=f"{len(hours)} hours")
    scales = []
    for k, lane in enumerate(lanes):
        top = _LABEL + k * (_LABEL + _LANE + _GAP)
        scales.append(axis(0.0, max(*lane.now, *lane.then), start=top + _LANE, end=top, ticks=3))
    return AxisDay(hours=tuple(hours), lanes=tuple(lanes), scales=tuple(scales))


def axis_day_figure(data: AxisDay, *, change: str, caption: str) -> Figure:
    """Return the figure at two widths.

    Parameters
    ----------
    data : AxisDay
        The day.
    change : str
        What the what-if changes, as in "dim evenings".
    caption : str
        Whose day it is.
    """
    return Figure(
        key="axis-day",
        title=f"One day of the model, as now and with {change}",
        description=" ".join(_said(data, lane) for lane in data.lanes) + " All of it is hypothesis.",
        caption=caption,
        narrow=_draw(data, NARROW, every=6.0),
        broad=_draw(data, BROAD, every=3.0),
        signs=(Sign(sign="median", words="as now"), Sign(sign="hyp-line", words=f"with {change} (hypothesis)")),
        table=_twin(data),
    )


def _said(data: AxisDay, lane: DayLane) -> str:
    now, then = (_peak(data, values) for values in (lane.now, lane.then))
    return f"{lane.name}, {lane.unit}: highest {now} as now, {then} in the what-if."


def _peak(data: AxisDay, values: Sequence[float]) -> str:
    most = max(values)
    return f"{number(most, 0)} at {clock(data.hours[list(values).index(most)] % 24)}"


def _twin(data: AxisDay) -> Table:
    first = data.hours[0]
    wanted = [k for k, h in enumerate(data.hours) if abs((h - first) % _TWIN_EVERY_H) < 1e-6]
    return Table(
        caption="As now → in the what-if (hypothesis)",
        columns=("Hour", *(f"{lane.name}, {lane.unit}" for lane in data.lanes)),
        rows=tuple(
            (clock(data.hours[k] % 24), *(f"{number(d.now[k], 0)} → {number(d.then[k], 0)}" for d in data.lanes))
            for k in wanted
        ),
    )


def _draw(data: AxisDay, width: float, *, every: float) -> Drawing:
    pen = Pen()
    time = Axis(
        low=data.hours[0], high=data.hours[-1], start=_LEFT, end=width - _RIGHT, ticks=_ticks(data, every), step=every
    )
    for lane, scale in zip(data.lanes, data.scales, strict=True):
        pen.text((0, scale.end - 14), lane.name, kind="b")
        pen.text((width, scale.end - 14), lane.unit, kind="m", anchor="end")
        for tick in (scale.low, scale.high):
            pen.line("grid", (time.start, scale.at(tick)), (time.end, scale.at(tick)))
            pen.text((_LEFT - 6, scale.at(tick) + 4.5), number(tick, scale.digits), kind="m", anchor="end")
        for kind, values in (("base-l", lane.now), ("hyp-s", lane.then)):
            points = [(time.at(h), scale.at(v)) for h, v in zip(data.hours, values, strict=True)]
            pen.path(kind, polyline(bends(points)))
    bottom = data.scales[-1].start
    for tick in time.ticks:
        pen.line("ax", (time.at(tick), bottom), (time.at(tick), bottom + 4))
        pen.text((time.at(tick), bottom + 18), clock(tick % 24), kind="m", anchor=_anchor(time, tick, width))
    return pen.drawing(width, bottom + _FOOT)


def _ticks(data: AxisDay, every: float) -> tuple[float, ...]:
    n = int((data.hours[-1] - data.hours[0]) / every + 1e-9)
    return tuple(data.hours[0] + k * every for k in range(n + 1))


def _anchor(time: Axis, tick: float, width: float) -> str:
    return "end" if time.at(tick) > width - 20 else "middle"


def bends(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the points without those inside a level stretch.

    Examples
    --------
    >>> bends([(0, 1), (1, 1), (2, 1), (3, 5)])
    [(0, 1), (2, 1), (3, 5)]
    """
    inner = [
        b
        for a, b, c in zip(points, points[1:], points[2:], strict=False)
        if not abs(a[1] - b[1]) == abs(b[1] - c[1]) == 0
    ]
    return [points[0], *inner, points[-1]]
