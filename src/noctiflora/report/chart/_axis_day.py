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
Band = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLane:
    """One quantity over the day.

    Parameters
    ----------
    name, unit : str
        Of the quantity.
    now, then : tuple of float
        Without the change and with it, at the hours of the day; the middle of the runs.
    now_band, then_band : (tuple of float, tuple of float), or None
        Where 5 and 95 of 100 runs lie below, at the same hours.
    """

    name: str
    unit: str
    now: tuple[float, ...]
    then: tuple[float, ...]
    now_band: Band | None = None
    then_band: Band | None = None

    def curves(self) -> tuple[tuple[float, ...], ...]:
        """Every curve of the lane."""
        return (self.now, self.then, *(self.now_band or ()), *(self.then_band or ()))


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
    if not lanes or len(hours) < _FEWEST or any({len(c) for c in d.curves()} != {len(hours)} for d in lanes):
        raise RangeError("each lane needs one value at each hour", where="axis_day", found=f"{len(hours)} hours")
    scales = []
    for k, lane in enumerate(lanes):
        top = _LABEL + k * (_LABEL + _LANE + _GAP)
        scales.append(axis(0.0, max(max(c) for c in lane.curves()), start=top + _LANE, end=top, ticks=3))
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
    banded = any(lane.then_band for lane in data.lanes)
    same = all(lane.now == lane.then for lane in data.lanes)
    signs = [Sign(sign="median", words="as now")]
    if not same:
        signs = [*signs, Sign(sign="hyp-line", words=f"with {change} (hypothesis)")]
    if banded:
        signs = [
            *signs,
            Sign(sign="hyp-band", words="90 of 100 model runs" if same else "90 of 100 model runs with it"),
        ]
    if banded and not same:
        signs = [*signs, Sign(sign="soft", words="90 of 100 model runs as now")]
    return Figure(
        key="axis-day",
        title="One day of the model" if same else f"One day of the model, as now and with {change}",
        description=" ".join(_said(data, lane) for lane in data.lanes) + " All of it is hypothesis.",
        caption=caption,
        narrow=_draw(data, NARROW, every=6.0, hatch="hatch-day-n"),
        broad=_draw(data, BROAD, every=3.0, hatch="hatch-day-b"),
        signs=tuple(signs),
        table=_twin(data),
    )


def _said(data: AxisDay, lane: DayLane) -> str:
    now, then = (_peak(data, values) for values in (lane.now, lane.then))
    if lane.now == lane.then:
        return f"{lane.name}, {lane.unit}: highest {now}."
    return f"{lane.name}, {lane.unit}: highest {now} as now, {then} in the what-if."


def _peak(data: AxisDay, values: Sequence[float]) -> str:
    most = max(values)
    return f"{number(most, 0)} at {clock(data.hours[list(values).index(most)] % 24)}"


def _twin(data: AxisDay) -> Table:
    first = data.hours[0]
    wanted = [k for k, h in enumerate(data.hours) if abs((h - first) % _TWIN_EVERY_H) < 1e-6]
    bands = "; in brackets 90 of 100 runs" if any(lane.then_band for lane in data.lanes) else ""
    same = all(lane.now == lane.then for lane in data.lanes)
    return Table(
        caption=f"{'As the model has it' if same else 'As now → in the what-if'}{bands} (hypothesis)",
        columns=("Hour", *(f"{lane.name}, {lane.unit}" for lane in data.lanes)),
        rows=tuple((clock(data.hours[k] % 24), *(_cell(lane, k, same=same) for lane in data.lanes)) for k in wanted),
    )


def _cell(lane: DayLane, k: int, *, same: bool) -> str:
    now, then = _at(lane.now, lane.now_band, k), _at(lane.then, lane.then_band, k)
    return then if same else f"{now} → {then}"


def _at(middle: Sequence[float], band: Band | None, k: int) -> str:
    inside = "" if band is None else f" ({number(band[0][k], 0)} to {number(band[1][k], 0)})"
    return f"{number(middle[k], 0)}{inside}"


def _draw(data: AxisDay, width: float, *, every: float, hatch: str) -> Drawing:
    pen = Pen()
    pen.hatch(hatch)
    time = Axis(
        low=data.hours[0], high=data.hours[-1], start=_LEFT, end=width - _RIGHT, ticks=_ticks(data, every), step=every
    )
    for lane, scale in zip(data.lanes, data.scales, strict=True):
        pen.text((0, scale.end - 14), lane.name, kind="b")
        pen.text((width, scale.end - 14), lane.unit, kind="m", anchor="end")
        for tick in (scale.low, scale.high):
            pen.line("grid", (time.start, scale.at(tick)), (time.end, scale.at(tick)))
            pen.text((_LEFT - 6, scale.at(tick) + 4.5), number(tick, scale.digits), kind="m", anchor="end")
        _lane(pen, data.hours, lane, time, scale, hatch)
    bottom = data.scales[-1].start
    for tick in time.ticks:
        pen.line("ax", (time.at(tick), bottom), (time.at(tick), bottom + 4))
        pen.text((time.at(tick), bottom + 18), clock(tick % 24), kind="m", anchor=_anchor(time, tick, width))
    return pen.drawing(width, bottom + _FOOT)


def _lane(pen: Pen, hours: Sequence[float], lane: DayLane, time: Axis, scale: Axis, hatch: str) -> None:
    """Draw the bands of one lane, then its curves upon them."""

    def line(values: Sequence[float]) -> list[tuple[float, float]]:
        return bends([(time.at(h), scale.at(v)) for h, v in zip(hours, values, strict=True)])

    if lane.now_band is not None and lane.now_band != lane.then_band:
        pen.path("soft", _outline(line(lane.now_band[0]), line(lane.now_band[1])))
    if lane.then_band is not None:
        pen.hatched("hyp-b", _outline(line(lane.then_band[0]), line(lane.then_band[1])), hatch)
    pen.path("base-l", polyline(line(lane.now)))
    if lane.then != lane.now:
        pen.path("hyp-s", polyline(line(lane.then)))


def _outline(low: list[tuple[float, float]], high: list[tuple[float, float]]) -> str:
    return f"{polyline([*high, *reversed(low)])}Z"


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
