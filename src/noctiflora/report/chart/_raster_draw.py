"""The drawing of a raster: columns of weeks, rows of nights, one path for each kind of mark."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.report._words import clock, short_day
from noctiflora.report.chart._pen import Drawing, Pen, short
from noctiflora.report.chart._raster_row import RasterRow, Stretch, Window

NARROW, BROAD = 320.0, 780.0
_HEAD = 22.0  # height of the clock numbers
_LABEL = 52.0  # width of the dates
_GUTTER = 24.0  # between columns
_WEEK_GAP = 5.0
_RIGHT = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Width in units, columns side by side, height of a row."""

    width: float
    columns: int
    pitch: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Place of one column: its plot's left and right ends."""

    left: float
    right: float
    length_h: float

    def at(self, hour: float) -> float:
        return self.left + hour / self.length_h * (self.right - self.left)


def draw_raster(rows: Sequence[RasterRow], window: Window, layout: Layout) -> Drawing:
    """Return the drawing of rows in columns of whole weeks."""
    pen = Pen()
    weeks = by_week(rows)
    per_column = -(-len(weeks) // layout.columns)
    column = (layout.width - (layout.columns - 1) * _GUTTER) / layout.columns
    height = 0.0
    for k in range(layout.columns):
        part = weeks[k * per_column : (k + 1) * per_column]
        if not part:
            continue
        left = k * (column + _GUTTER)
        block = _Block(left=left + _LABEL, right=left + column - _RIGHT, length_h=window.length_h)
        height = max(height, _draw_block(pen, part, window, block, layout.pitch))
    return pen.drawing(layout.width, height)


def by_week(rows: Sequence[RasterRow]) -> list[list[RasterRow]]:
    """Return rows in calendar weeks, Monday first."""
    weeks: dict[dt.date, list[RasterRow]] = {}
    for row in rows:
        weeks.setdefault(row.date - dt.timedelta(days=row.date.weekday()), []).append(row)
    return list(weeks.values())


def _draw_block(pen: Pen, weeks: Sequence[Sequence[RasterRow]], window: Window, block: _Block, pitch: float) -> float:
    """Draw one column and return its height."""
    height = _HEAD + sum(len(w) * pitch + _WEEK_GAP for w in weeks)
    _draw_clock(pen, window, block, height)
    marks: dict[str, list[str]] = {}
    y = _HEAD
    for week in weeks:
        pen.text((block.left - 6, y + max(pitch / 2 + 4.5, 11.0)), short_day(week[0].date), kind="m", anchor="end")
        for row in week:
            _collect(marks, row, block, y + pitch / 2)
            y += pitch
        y += _WEEK_GAP
    for kind, steps in marks.items():
        thick = {"bars": 0.72 * pitch, "bars-o": max(0.4 * pitch, 2.0)}.get(kind)
        pen.path(kind, "".join(steps), thickness=thick)
    return height


def _collect(marks: dict[str, list[str]], row: RasterRow, block: _Block, y: float) -> None:
    """Add the marks of one night to the paths."""
    if not row.recorded or row.times_unknown:
        whole = Stretch(start_h=0.0, end_h=block.length_h)
        _add(marks, "miss", whole, block, y)
        return
    for part in row.in_bed:
        _add(marks, "inbed", part, block, y)
    for part in row.unknown:
        _add(marks, "miss", part, block, y)
    for part in row.asleep:
        _add(marks, "bars", part, block, y)
    if row.outline is not None:
        _add(marks, "bars-o", row.outline, block, y)


def _add(marks: dict[str, list[str]], kind: str, part: Stretch, block: _Block, y: float) -> None:
    marks.setdefault(kind, []).append(f"M{short(block.at(part.start_h))} {short(y)}H{short(block.at(part.end_h))}")


def _draw_clock(pen: Pen, window: Window, block: _Block, height: float) -> None:
    """Draw the hours above, and midnight as a stronger line."""
    every = 4 if window.length_h < 20 else 6
    hour = 0
    while hour <= window.length_h:
        x = block.at(hour)
        midnight = (window.start_h + hour) % 24 == 0
        pen.line("ax" if midnight else "grid", (x, _HEAD - 4), (x, height - 2))
        anchor = "end" if x > block.right - 18 else "middle"
        pen.text((x, 13), clock(window.start_h + hour), kind="m", anchor=anchor)
        hour += every
