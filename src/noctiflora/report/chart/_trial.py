"""The nights of a finished trial by period, with what each period was."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from noctiflora.report._words import number, short_day, span
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._pen import Drawing, Pen

NARROW, BROAD = 330.0, 780.0
_TOP, _HEIGHT = 42.0, 200.0
_FEWEST_FOR_HALF = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One night's outcome; None where missing."""

    date: dt.date
    y: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPeriod:
    """One period: its first and last night, and what it was in words."""

    first: dt.date
    last: dt.date
    words: str
    with_product: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodNights:
    """One period with its nights; quartiles None where too few are known."""

    period: TrialPeriod
    nights: tuple[Dated, ...]
    low: float | None
    middle: float | None
    high: float | None

    @property
    def known(self) -> int:
        """Nights with an outcome."""
        return sum(n.y is not None for n in self.nights)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialChart:
    """A trial's nights on one axis.

    Parameters
    ----------
    periods : tuple of PeriodNights
        In order; every date of a period has an entry.
    first, last : date
        Range of dates.
    axis : Axis
        Of the outcome, drawn upward.
    higher_is_better : bool
        Direction of benefit.
    """

    periods: tuple[PeriodNights, ...]
    first: dt.date
    last: dt.date
    axis: Axis
    higher_is_better: bool


def trial_chart(
    series: Sequence[Dated], periods: Sequence[TrialPeriod], *, higher_is_better: bool
) -> TrialChart | None:
    """Return the nights by period, or None where no night has an outcome."""
    values = {n.date: n.y for n in series}
    found = tuple(_nights(p, values) for p in periods)
    known = [n.y for p in found for n in p.nights if n.y is not None]
    if not known:
        return None
    return TrialChart(
        periods=found,
        first=min(p.first for p in periods),
        last=max(p.last for p in periods),
        axis=axis(min(known), max(known), start=_TOP + _HEIGHT, end=_TOP, ticks=4),
        higher_is_better=higher_is_better,
    )


def _nights(period: TrialPeriod, values: dict[dt.date, float | None]) -> PeriodNights:
    days = [period.first + dt.timedelta(days=k) for k in range((period.last - period.first).days + 1)]
    nights = tuple(Dated(date=d, y=values.get(d)) for d in days)
    known = [n.y for n in nights if n.y is not None]
    low, high = None, None
    if len(known) >= _FEWEST_FOR_HALF:
        low, _, high = quantiles(known, n=4, method="inclusive")
    return PeriodNights(period=period, nights=nights, low=low, middle=median(known) if known else None, high=high)


def trial_figure(data: TrialChart, *, name: str, unit: str) -> Figure:
    """Return the figure at two widths."""
    digits = 0 if unit != "points of 10" else 1
    said = "; ".join(
        f"period {k}, {p.period.words}: {'no nights' if p.middle is None else number(p.middle, digits)}"
        for k, p in enumerate(data.periods, start=1)
    )
    better = "higher" if data.higher_is_better else "lower"
    return Figure(
        key="trial",
        title="The periods, opened",
        description=f"Middle nights of {name}: {said}. Better is {better}.",
        caption=(
            f"{name[:1].upper()}{name[1:]}, {unit}; {better} is better. Each dot is one night; dashed lines are the "
            "middle of each period."
        ),
        narrow=_draw(data, NARROW, digits),
        broad=_draw(data, BROAD, digits),
        signs=(
            Sign(sign="night-dot", words="one night"),
            Sign(sign="period-product", words="period with the product"),
            Sign(sign="median", words="middle of a period"),
            Sign(sign="ring", words="night without a value"),
        ),
        table=Table(
            caption=f"{name[:1].upper()}{name[1:]} by period, {unit}",
            columns=("Period", "What it was", "Nights known", "Middle", "Middle half"),
            rows=tuple(_cells(k, p, digits) for k, p in enumerate(data.periods, start=1)),
        ),
    )


def _cells(k: int, found: PeriodNights, digits: int) -> tuple[str, ...]:
    middle = "not measured" if found.middle is None else number(found.middle, digits)
    half = (
        ""
        if found.low is None or found.high is None
        else f"{number(found.low, digits)} to {number(found.high, digits)}"
    )
    dates = span(found.period.first, found.period.last)
    return (f"{k}, {dates}", found.period.words, f"{found.known} of {len(found.nights)}", middle, half)


def _draw(data: TrialChart, width: float, digits: int) -> Drawing:
    pen = Pen()
    left, right, bottom = 36.0, width - 8.0, _TOP + _HEIGHT + 8
    pitch = (right - left) / ((data.last - data.first).days + 1)
    for found in data.periods:
        if found.period.with_product:
            x = left + (found.period.first - data.first).days * pitch
            pen.rect("you-w", (x, _TOP - 8), len(found.nights) * pitch, bottom - _TOP + 8)
    for tick in data.axis.ticks:
        y = data.axis.at(tick)
        pen.line("grid", (left, y), (right, y))
        pen.text((left - 6, y + 4.5), number(tick, data.axis.digits), kind="m", anchor="end")
    for k, found in enumerate(data.periods, start=1):
        _draw_period(pen, data, found, k=k, left=left, pitch=pitch, digits=digits, width=width)
    pen.text((left, bottom + 34), short_day(data.first), kind="m")
    pen.text((right, bottom + 34), short_day(data.last), kind="m", anchor="end")
    return pen.drawing(width, bottom + 40)


def _draw_period(
    pen: Pen, data: TrialChart, found: PeriodNights, *, k: int, left: float, pitch: float, digits: int, width: float
) -> None:
    bottom = _TOP + _HEIGHT + 8
    start = left + (found.period.first - data.first).days * pitch
    end = start + len(found.nights) * pitch
    if k > 1:
        pen.line("ax", (start, _TOP - 8), (start, bottom))
    radius = 1.9 if width < BROAD else 2.4
    for j, night in enumerate(found.nights):
        x = start + (j + 0.5) * pitch
        if night.y is None:
            pen.disc("cell-f", (x, bottom - 4), radius - 0.4)
        else:
            pen.disc("night", (x, data.axis.at(night.y)), radius)
    middle = (start + end) / 2
    if found.middle is not None:
        y = data.axis.at(found.middle)
        pen.line("base-l", (start + 3, y), (end - 3, y))
    _name(pen, found, k=k, middle=middle, room=end - start, digits=digits)


def _name(pen: Pen, found: PeriodNights, *, k: int, middle: float, room: float, digits: int) -> None:
    """Write number, kind and middle value of a period, as far as they fit its width."""
    letter = 8.0  # widest letters at 13 units
    words = found.period.words
    if len(words) * letter <= room:
        pen.text((middle, 14), words, kind="m", anchor="middle")
        pen.text((middle, 29), str(k), kind="m", anchor="middle")
    elif room >= 2 * letter:
        pen.text((middle, 29), str(k), kind="b" if found.period.with_product else "m", anchor="middle")
    value = "" if found.middle is None else number(found.middle, digits)
    if value and len(value) * letter <= room:
        pen.text((middle, _TOP + _HEIGHT + 24), value, kind="b", anchor="middle")
