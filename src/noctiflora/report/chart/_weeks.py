"""Sleep week by week: the middle night, the middle half, and weeks without any."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from noctiflora.report._words import count, day, hours, number, short_day, span
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen
from noctiflora.sleep import Night

NARROW, BROAD = 320.0, 780.0
MOST_WEEKS = 104
_TOP, _BOTTOM, _HEIGHT = 12.0, 182.0, 206.0
_FEWEST_FOR_HALF = 4  # nights from which a middle half is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One calendar week; quartiles None where too few nights are known."""

    monday: dt.date
    n: int
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """A measure by week.

    Parameters
    ----------
    name, unit : str
        Of the measure.
    weeks : tuple of Week
        Without gaps, at most the last `MOST_WEEKS`.
    axis : Axis
        Of the measure, drawn upward.
    """

    name: str
    unit: str
    weeks: tuple[Week, ...]
    axis: Axis


def weeks(nights: Sequence[Night]) -> Weeks | None:
    """Return efficiency by week, or time asleep where time in bed is unknown, or None where both are."""
    for name, unit, pick in _MEASURES:
        known = [(n.date, value) for n in nights if (value := pick(n)) is not None]
        if known:
            return _weeks(name, unit, known)
    return None


_MEASURES: tuple[tuple[str, str, Callable[[Night], float | None]], ...] = (
    ("Sleep efficiency", "%", lambda n: n.se_pct),
    ("Time asleep", "h", lambda n: None if n.tst_min is None else n.tst_min / 60),
)


def _weeks(name: str, unit: str, known: Sequence[tuple[dt.date, float]]) -> Weeks:
    by_week: dict[dt.date, list[float]] = {}
    for date, value in known:
        by_week.setdefault(date - dt.timedelta(days=date.weekday()), []).append(value)
    last = max(by_week)
    first = max(min(by_week), last - dt.timedelta(weeks=MOST_WEEKS - 1))
    row = tuple(
        _week(monday, by_week.get(monday, []))
        for monday in (first + dt.timedelta(weeks=k) for k in range((last - first).days // 7 + 1))
    )
    drawn = [v for w in row for v in (w.low, w.middle, w.high) if v is not None]
    scale = axis(min(drawn), max(drawn), start=_BOTTOM, end=_TOP, ticks=4)
    return Weeks(name=name, unit=unit, weeks=row, axis=scale)


def _week(monday: dt.date, values: Sequence[float]) -> Week:
    if not values:
        return Week(monday=monday, n=0, low=None, middle=None, high=None)
    low, high = None, None
    if len(values) >= _FEWEST_FOR_HALF:
        low, _, high = quantiles(values, n=4, method="inclusive")
    return Week(monday=monday, n=len(values), low=low, middle=median(values), high=high)


def weeks_figure(data: Weeks) -> Figure:
    """Return the figure at two widths."""
    known = [w for w in data.weeks if w.middle is not None]
    middles = [w.middle for w in known if w.middle is not None]
    first, last = data.weeks[0].monday, data.weeks[-1].monday + dt.timedelta(days=6)
    empty = len(data.weeks) - len(known)
    lowest, highest = (_value(data, v) for v in (min(middles), max(middles)))
    return Figure(
        key="weeks",
        title=f"{data.name} by week",
        description=(
            f"{span(first, last)}. Weekly middle values lie between {lowest} and {highest}; "
            f"{count(empty, 'week has', 'weeks have')} no nights."
        ),
        caption=f"{data.name}, {data.unit}. Each disc is the middle night of one week, Monday to Sunday.",
        narrow=_draw(data, NARROW),
        broad=_draw(data, BROAD),
        signs=(
            Sign(sign="night-dot", words="middle night of the week"),
            Sign(sign="night-half", words="middle half of its nights"),
            Sign(sign="missing", words="no nights"),
        ),
        table=Table(
            caption=f"{data.name} by week",
            columns=("Week from", "Nights", "Middle", "Middle half"),
            rows=tuple(_cells(data, w) for w in data.weeks),
        ),
    )


def _cells(data: Weeks, week: Week) -> tuple[str, ...]:
    middle = "not measured" if week.middle is None else _value(data, week.middle)
    half = "" if week.low is None or week.high is None else f"{_value(data, week.low)} to {_value(data, week.high)}"
    return (day(week.monday), str(week.n), middle, half)


def _value(data: Weeks, value: float) -> str:
    return f"{number(value, 0)} %" if data.unit == "%" else hours(value * 60)


def _draw(data: Weeks, width: float) -> Drawing:
    pen, scale = Pen(), data.axis
    left, right = 34.0, width - 8.0
    for tick in scale.ticks:
        y = scale.at(tick)
        pen.line("grid", (left, y), (right, y))
        pen.text((left - 6, y + 4.5), number(tick, scale.digits), kind="m", anchor="end")
    pitch = (right - left) / len(data.weeks)
    radius = min(4.0, max(1.8, pitch * 0.35))
    for k, week in enumerate(data.weeks):
        x = left + (k + 0.5) * pitch
        if week.middle is None:
            pen.line("miss", (x - min(pitch * 0.4, 6), _BOTTOM - 3), (x + min(pitch * 0.4, 6), _BOTTOM - 3))
            continue
        if week.low is not None and week.high is not None:
            pen.line("night-l", (x, scale.at(week.low)), (x, scale.at(week.high)))
        pen.disc("night", (x, scale.at(week.middle)), radius)
    _dates(pen, data, left, pitch, right)
    return pen.drawing(width, _HEIGHT)


def _dates(pen: Pen, data: Weeks, left: float, pitch: float, right: float) -> None:
    """Write every so many weeks a date, so that no two meet."""
    every = max(1, -(-66 // max(1, int(pitch))))
    for k in range(0, len(data.weeks), every):
        x = left + (k + 0.5) * pitch
        if k and x > right - 24:
            continue
        pen.line("ax", (x, _BOTTOM + 2), (x, _BOTTOM + 6))
        anchor = "start" if x < left + 24 else "middle"
        pen.text((x, _HEIGHT - 4), short_day(data.weeks[k].monday), kind="m", anchor=anchor)
