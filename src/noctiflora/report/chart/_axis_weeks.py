"""What the model says week by week, each quantity with the band of its runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.core import RangeError
from noctiflora.report._words import number, signed
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._axis_day import bends
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen, polyline, short

NARROW, BROAD = 320.0, 780.0
_LEFT, _RIGHT = 40.0, 10.0
_TOP, _PLOT, _FOOT, _GAP = 24.0, 104.0, 30.0, 18.0
_ACROSS = 3  # panels side by side
_MOST_LABELS = 6  # week numbers below one panel


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCourse:
    """One quantity, week 1 to the last: its difference from no change, or its level.

    Parameters
    ----------
    name, unit : str
        Of the difference, named so that up is what the name says.
    low, middle, high : tuple of float
        5, 50 and 95 of 100 runs lie below.
    start : (float, float, float), or None
        The same three in the week before; given, the course is of levels, else of differences.
    plain : tuple of float or None
        Middle run without the change, for levels.
    """

    name: str
    unit: str
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    start: tuple[float, float, float] | None = None
    plain: tuple[float, ...] | None = None

    @property
    def before(self) -> tuple[float, float, float]:
        """Low, middle and high where the course begins."""
        return self.start or (0.0, 0.0, 0.0)

    @property
    def base(self) -> tuple[float, ...]:
        """The line of no change, from the start on."""
        return (self.before[1], *(self.plain or (self.before[1],) * len(self.middle)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisWeeks:
    """Courses with their scales, each drawn upward in its own panel."""

    courses: tuple[WeekCourse, ...]
    scales: tuple[Axis, ...]

    @property
    def weeks(self) -> int:
        """Weeks of the course."""
        return len(self.courses[0].middle)


def axis_weeks(courses: Sequence[WeekCourse]) -> AxisWeeks:
    """Return courses with their scales; for differences zero is always within.

    Raises
    ------
    RangeError
        If there are none, or their weeks differ in number.
    """
    lengths = {len(v) for c in courses for v in (c.low, c.middle, c.high, c.plain or c.middle)}
    if len(lengths) != 1 or 0 in lengths:
        raise RangeError("courses need the same weeks, at least one", where="axis_weeks", found=str(sorted(lengths)))
    scales = tuple(
        axis(min(*c.before, *c.low, *c.base), max(*c.before, *c.high, *c.base), start=_TOP + _PLOT, end=_TOP, ticks=3)
        for c in courses
    )
    return AxisWeeks(courses=tuple(courses), scales=scales)


def axis_weeks_figure(data: AxisWeeks, *, change: str, caption: str) -> Figure:
    """Return the figure at two widths; `change` names what is changed."""
    levels = data.courses[0].start is not None
    said = " ".join(f"{c.name}, {c.unit}: {_range(c, data.weeks - 1)} in week {data.weeks}." for c in data.courses)
    signs = [Sign(sign="hyp-dot", words="middle run (hypothesis)"), Sign(sign="hyp-band", words="90 of 100 model runs")]
    if change or not levels:
        signs.append(Sign(sign="median", words="no change"))
    about = "Level" if levels else "Difference from no change"
    return Figure(
        key="axis-weeks",
        title=f"Week by week in the model{f', with {change} against no change' if change else ''}",
        description=f"{said} Ranges hold 90 of 100 model runs. All of it is hypothesis.",
        caption=caption,
        narrow=_narrow(data),
        broad=_broad(data),
        signs=tuple(signs),
        table=Table(
            caption=f"{about}: middle run, 90 of 100 runs (hypothesis)",
            columns=("Week", *(f"{c.name}, {c.unit}" for c in data.courses)),
            rows=tuple((str(w + 1), *(_range(c, w) for c in data.courses)) for w in range(data.weeks)),
        ),
    )


def _range(course: WeekCourse, week: int) -> str:
    shown = signed if course.start is None else number
    low, middle, high = (shown(values[week], 2) for values in (course.low, course.middle, course.high))
    return f"{middle} ({low} to {high})"


def _narrow(data: AxisWeeks) -> Drawing:
    pen, pitch = Pen(), _TOP + _PLOT + _FOOT + _GAP
    pen.hatch("hatch-weeks-n")
    for k, course in enumerate(data.courses):
        _panel(pen, course, data.scales[k], corner=(0.0, k * pitch), width=NARROW, hatch="hatch-weeks-n")
    return pen.drawing(NARROW, len(data.courses) * pitch - _GAP)


def _broad(data: AxisWeeks) -> Drawing:
    pen, n, pitch = Pen(), min(len(data.courses), _ACROSS), _TOP + _PLOT + _FOOT + _GAP
    width = (BROAD - (n - 1) * _GAP) / n
    pen.hatch("hatch-weeks-b")
    for k, course in enumerate(data.courses):
        corner = (k % n * (width + _GAP), k // n * pitch)
        _panel(pen, course, data.scales[k], corner=corner, width=width, hatch="hatch-weeks-b")
    return pen.drawing(BROAD, -(-len(data.courses) // n) * pitch - _GAP)


def _panel(pen: Pen, course: WeekCourse, scale: Axis, *, corner: tuple[float, float], width: float, hatch: str) -> None:
    x0, y0 = corner
    n = len(course.middle)
    time = axis(0.0, float(n), start=x0 + _LEFT, end=x0 + width - _RIGHT, whole=False)
    pen.text((x0, y0 + 13), course.name, kind="b")
    for tick in scale.ticks:
        pen.line("grid", (time.start, y0 + scale.at(tick)), (time.end, y0 + scale.at(tick)))
        pen.text((time.start - 6, y0 + scale.at(tick) + 4.5), number(tick, scale.digits), kind="m", anchor="end")
    band, middle = _outline(course, time, scale, y0)
    pen.hatched("hyp-b", band, hatch)
    pen.path("base-l", polyline(bends([(time.at(w), y0 + scale.at(v)) for w, v in enumerate(course.base)])))
    pen.path("hyp-s", polyline(middle))
    for point in middle[1:]:
        pen.disc("hyp-d", point, 3.0)
    _week_numbers(pen, time, n, y0 + _TOP + _PLOT)


def _outline(course: WeekCourse, time: Axis, scale: Axis, y0: float) -> tuple[str, list[tuple[float, float]]]:
    """Return the path around the band and the points of the middle, both from where the course begins."""
    rows = [
        [(time.at(w), y0 + scale.at(v)) for w, v in enumerate((first, *values))]
        for first, values in zip(course.before, (course.low, course.middle, course.high), strict=True)
    ]
    back = "L".join(f"{short(x)} {short(y)}" for x, y in reversed(rows[0]))
    return f"{polyline(rows[2])}L{back}Z", rows[1]


def _week_numbers(pen: Pen, time: Axis, n: int, bottom: float) -> None:
    every = max(1, -(-n // (_MOST_LABELS - 2)))
    for week in range(0, n + 1, every):
        x = time.at(float(week))
        pen.line("ax", (x, bottom + 2), (x, bottom + 6))
        words = "start" if week == 0 else f"week {week}" if week == every else str(week)
        pen.text((x, bottom + 20), words, kind="m", anchor="middle")
