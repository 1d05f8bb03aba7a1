"""What several changes would do if the model is right, each beside what trials found."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.report._words import number, signed
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._ground import BELOW, TOP, Lines, draw_ground
from noctiflora.report.chart._pen import Drawing, Pen, short

NARROW, BROAD = 320.0, 780.0
_EDGE = 12.0
_LEFT, _RIGHT = 170.0, 170.0  # columns of words beside the broad plot
_HALF = 6.5  # half the height of a hatched box
_NOT_KNOWN = "no trial effect known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A centre with its range."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """One change: the model's range and the trials' mean over people, better = positive; None where not known."""

    name: str
    model: Range
    trials: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisRanges:
    """Rows on one axis at two widths."""

    rows: tuple[RangeRow, ...]
    narrow: Axis
    broad: Axis


def axis_ranges(rows: Sequence[RangeRow]) -> AxisRanges:
    """Return the rows with a common axis, zero always within."""
    every = [r for row in rows for r in (row.model, row.trials) if r is not None]
    low, high = min(0.0, *(r.low for r in every)), max(0.0, *(r.high for r in every))
    return AxisRanges(
        rows=tuple(rows),
        narrow=axis(low, high, start=_EDGE, end=NARROW - _EDGE, ticks=5),
        broad=axis(low, high, start=_LEFT, end=BROAD - _RIGHT, ticks=7),
    )


def axis_ranges_figure(data: AxisRanges, *, caption: str, unit: str) -> Figure:
    """Return the figure at two widths; `unit` names the axis."""
    said = " ".join(f"{r.name}: model {_range(r.model)}, trials {_trials(r)}." for r in data.rows)
    signs = [Sign(sign="hyp-range", words="model (hypothesis), 90 of 100 runs")]
    if any(r.trials for r in data.rows):
        signs.append(Sign(sign="population", words="trials, mean over people, 95 of 100"))
    if any(r.trials is None for r in data.rows):
        signs.append(Sign(sign="missing", words=_NOT_KNOWN))
    return Figure(
        key="axis-ranges",
        title="What the model says beside what trials found",
        description=f"{said} Right is better. What the model says is hypothesis.",
        caption=caption,
        narrow=_narrow(data),
        broad=_broad(data),
        signs=tuple(signs),
        table=Table(
            caption=unit,
            columns=("", "Model (hypothesis), 90 of 100 runs", "Trials, 95 of 100"),
            rows=tuple((r.name, _range(r.model), _trials(r)) for r in data.rows),
        ),
    )


def _range(found: Range) -> str:
    return f"{signed(found.middle)} ({signed(found.low)} to {signed(found.high)})"


def _trials(row: RangeRow) -> str:
    found = row.trials
    if found is None:
        return _NOT_KNOWN
    return f"{signed(found.middle, 2)} ({number(found.low, 2)} to {number(found.high, 2)})"


def _narrow(data: AxisRanges) -> Drawing:
    pen, pitch = Pen(), 58.0
    bottom = TOP + 6 + len(data.rows) * pitch
    pen.hatch("hatch-ranges-n")
    draw_ground(pen, data.narrow, Lines(useful=None), bottom=bottom, width=NARROW)
    for k, row in enumerate(data.rows):
        y = TOP + 16 + k * pitch
        pen.rect("paper", (_EDGE - 2, y - 12), 7.8 * len(row.name) + 4, 16)
        pen.text((_EDGE, y), row.name, kind="b")
        _marks(pen, data.narrow, row, y + 15, "hatch-ranges-n")
    return pen.drawing(NARROW, bottom + BELOW)


def _broad(data: AxisRanges) -> Drawing:
    pen, pitch = Pen(), 44.0
    bottom = TOP + 6 + len(data.rows) * pitch
    pen.hatch("hatch-ranges-b")
    draw_ground(pen, data.broad, Lines(useful=None), bottom=bottom, width=BROAD)
    for k, row in enumerate(data.rows):
        y = TOP + 18 + k * pitch
        pen.text((0, y + 4), row.name, kind="b")
        _marks(pen, data.broad, row, y, "hatch-ranges-b")
        pen.text((BROAD, y + 4), _range(row.model), kind="t-hyp", anchor="end")
        pen.text((BROAD, y + 21), _trials(row), kind="m" if row.trials is None else "t-pri", anchor="end")
    return pen.drawing(BROAD, bottom + BELOW)


def _marks(pen: Pen, scale: Axis, row: RangeRow, y: float, hatch: str) -> None:
    """Draw the model's hatched box, and below it the trials' interval or the dots of nothing known."""
    x1, x2 = scale.at(row.model.low), scale.at(row.model.high)
    x2 = max(x2, x1 + 2)
    pen.hatched(
        "hyp-b",
        f"M{short(x1)} {short(y - _HALF)}L{short(x2)} {short(y - _HALF)}"
        f"L{short(x2)} {short(y + _HALF)}L{short(x1)} {short(y + _HALF)}Z",
        hatch,
    )
    pen.disc("hyp-d", (scale.at(row.model.middle), y), 5)
    if row.trials is None:
        pen.line("miss", (scale.at(0.0) - 14, y + 17), (scale.at(0.0) + 14, y + 17))
        return
    pen.line("pri-thin", (scale.at(row.trials.low), y + 17), (scale.at(row.trials.high), y + 17))
    pen.disc("pri-d", (scale.at(row.trials.middle), y + 17), 4)
