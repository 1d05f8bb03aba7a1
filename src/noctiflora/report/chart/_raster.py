"""Nights over weeks: one row a night on a common clock."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from noctiflora.core import local
from noctiflora.report._words import clock, count, hours, number, short_day, span
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._raster_draw import BROAD, NARROW, Layout, draw_raster
from noctiflora.report.chart._raster_row import RasterRow, Stretch, Window
from noctiflora.sleep import Night, Segment, Stage

MOST_WEEKS = 30
"""Weeks drawn night by night; earlier ones stand in the weekly chart."""
JOIN_MIN = 3.0
"""Wakings shorter than this are not drawn: they would be thinner than a hair."""
EVENING = Window(start_h=20.0, length_h=14.0)
NOON = Window(start_h=12.0, length_h=24.0)
_OUTSIDE = 0.05  # share of sleep outside the evening window from which the whole day is drawn
_IN_BED = frozenset({Stage.AWAKE, Stage.RESTLESS, Stage.IN_BED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """Rows from the first to the last date, missing ones included.

    Parameters
    ----------
    rows : tuple of RasterRow
        In order of date, at most `MOST_WEEKS` weeks.
    window : Window
        Hours drawn.
    nights : tuple of Night
        The nights behind the rows.
    left_out : int
        Earlier nights that are not drawn.
    """

    rows: tuple[RasterRow, ...]
    window: Window
    nights: tuple[Night, ...]
    left_out: int

    @property
    def recorded(self) -> int:
        """Rows with a night."""
        return sum(r.recorded for r in self.rows)


def raster(nights: Sequence[Night], *, hides: Callable[[dt.date], bool] | None = None) -> Raster | None:
    """Return the raster of nights, at most one a date, or None where there is none.

    Dates that `hides` holds back get no row at all: they are not missing.
    """
    if not nights:
        return None
    by_date = {n.date: n for n in nights}
    last = max(by_date)
    earliest = last - dt.timedelta(days=last.weekday()) - dt.timedelta(weeks=MOST_WEEKS - 1)
    first = max(min(by_date), earliest)
    kept = tuple(n for d, n in sorted(by_date.items()) if d >= first)
    window = _window(kept)
    days = (first + dt.timedelta(days=k) for k in range((last - first).days + 1))
    rows = tuple(_row(d, by_date.get(d), window) for d in days if hides is None or not hides(d))
    return Raster(rows=rows, window=window, nights=kept, left_out=len(by_date) - len(kept))


def _window(nights: Iterable[Night]) -> Window:
    """Return the evening window, or noon to noon where sleep lies outside it."""
    inside = total = 0.0
    for night in nights:
        for part in _asleep(night, NOON):
            total += part.end_h - part.start_h
            kept = part.moved(NOON.start_h - EVENING.start_h).within(EVENING.length_h)
            inside += 0.0 if kept is None else kept.end_h - kept.start_h
        if night.offset is not None and _hour(night.offset, night, NOON) > NOON.length_h:
            total += 1.0  # sleep beyond noon is outside whatever the window
    return NOON if total > 0 and 1 - inside / total > _OUTSIDE else EVENING


def _row(date: dt.date, night: Night | None, window: Window) -> RasterRow:
    if night is None:
        return RasterRow(date=date, recorded=False)
    if not night.segments:
        whole = _whole(night, window)
        return RasterRow(date=date, recorded=True, outline=whole, times_unknown=whole is None)
    return RasterRow(
        date=date,
        recorded=True,
        asleep=_asleep(night, window),
        in_bed=_parts(night, window, [s for s in night.segments if s.stage in _IN_BED], JOIN_MIN),
        unknown=_parts(night, window, [s for s in night.segments if s.stage is Stage.UNKNOWN], 0.0),
    )


def _asleep(night: Night, window: Window) -> tuple[Stretch, ...]:
    return _parts(night, window, [s for s in night.segments if s.stage.is_sleep], JOIN_MIN)


def _whole(night: Night, window: Window) -> Stretch | None:
    if night.onset is None or night.offset is None:
        return None
    return Stretch(start_h=_hour(night.onset, night, window), end_h=_hour(night.offset, night, window)).within(
        window.length_h
    )


def _parts(night: Night, window: Window, segments: Sequence[Segment], join_min: float) -> tuple[Stretch, ...]:
    """Return segments as hours of the window, neighbours joined, cut at its ends."""
    joined: list[Stretch] = []
    for segment in segments:
        part = Stretch(start_h=_hour(segment.start, night, window), end_h=_hour(segment.end, night, window))
        if joined and (part.start_h - joined[-1].end_h) * 60 < join_min + 1e-9:
            part = Stretch(start_h=joined.pop().start_h, end_h=part.end_h)
        joined.append(part)
    return tuple(cut for part in joined if (cut := part.within(window.length_h)) is not None)


def _hour(instant: dt.datetime, night: Night, window: Window) -> float:
    """Return hours since the window opened on the eve of the night.

    The clock is the one read on waking, so that on the two nights of a clock change the bars
    end where the person's clock stood.
    """
    offset = night.offset_zone_offset_min
    if offset is None:
        offset = night.onset_zone_offset_min or 0
    wall = local(instant, offset).replace(tzinfo=None)
    eve = dt.datetime.combine(night.date - dt.timedelta(days=1), dt.time()) + dt.timedelta(hours=window.start_h)
    return (wall - eve).total_seconds() / 3600


def raster_figure(data: Raster) -> Figure:
    """Return the figure at two widths, with every night in its table."""
    first, last = data.rows[0].date, data.rows[-1].date
    words = f"{clock(data.window.start_h)} to {clock(data.window.start_h + data.window.length_h)}"
    left_out = (
        f" {count(data.left_out, 'earlier night is', 'earlier nights are')} not drawn here." if data.left_out else ""
    )
    signs = [
        Sign(sign="asleep", words="asleep"),
        Sign(sign="in-bed", words="in bed, not asleep"),
        Sign(sign="missing", words="not recorded"),
    ]
    if any(r.outline for r in data.rows):
        signs.insert(1, Sign(sign="outline", words="first to last sleep, wakings not recorded"))
    return Figure(
        key="raster",
        title=f"{len(data.rows)} nights, one row a night",
        description=(
            f"{span(first, last)}; each row runs from {words}. {data.recorded} of {len(data.rows)} nights are recorded."
        ),
        caption=f"{span(first, last)}, {words} on your own clock. Wakings under 3 minutes are not drawn.{left_out}",
        narrow=draw_raster(data.rows, data.window, Layout(width=NARROW, columns=1, pitch=_pitch(data, NARROW))),
        broad=draw_raster(
            data.rows, data.window, Layout(width=BROAD, columns=_columns(data), pitch=_pitch(data, BROAD))
        ),
        signs=tuple(signs),
        table=_table(data),
    )


def _columns(data: Raster) -> int:
    """Return how many blocks of up to 12 weeks stand side by side."""
    return min(3, -(-len(data.rows) // 84))


def _pitch(data: Raster, width: float) -> float:
    """Return the height of a row: fewer nights, taller rows."""
    few, many = (12.0, 7.0) if width == NARROW else (13.0, 9.0)
    if len(data.rows) <= 42:
        return few
    return many if len(data.rows) <= 84 else 6.0


def _table(data: Raster) -> Table:
    nights = {n.date: n for n in data.nights}
    return Table(
        caption=f"{data.recorded} of {len(data.rows)} nights",
        columns=("Night to", "Fell asleep", "Woke", "Asleep", "Awake, min", "Efficiency"),
        rows=tuple(_cells(row.date, nights.get(row.date)) for row in data.rows),
    )


def _cells(date: dt.date, night: Night | None) -> tuple[str, ...]:
    name = f"{short_day(date)} {date.year}"
    if night is None:
        return (name, "not recorded", "", "", "", "")
    return (
        name,
        _time(night.onset, night.onset_zone_offset_min),
        _time(night.offset, night.offset_zone_offset_min),
        "–" if night.tst_min is None else hours(night.tst_min),
        "–" if night.waso_min is None else number(night.waso_min, 0),
        "–" if night.se_pct is None else f"{number(night.se_pct, 0)} %",
    )


def _time(instant: dt.datetime | None, offset_min: int | None) -> str:
    return "–" if instant is None else local(instant, offset_min or 0).strftime("%H:%M")
