"""What published trials found: the review, the mean over people, and one new person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from noctiflora.report._words import number
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._ground import BELOW, TOP, Lines, draw_ground
from noctiflora.report.chart._pen import Drawing, Pen

NARROW, BROAD = 320.0, 780.0
_EDGE = 12.0
_PITCH_NARROW, _PITCH_BROAD = 46.0, 34.0
_LEFT, _RIGHT = 215.0, 150.0  # columns of words beside the broad plot


class Mark(StrEnum):
    """How the centre of a row is drawn."""

    REVIEW = "review"
    POPULATION = "population"
    NEW_PERSON = "new-person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One interval: a gain, better = positive, and the share of belief its range holds."""

    name: str
    mark: Mark
    centre: float
    low: float
    high: float
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChart:
    """Rows on one axis."""

    rows: tuple[Row, ...]
    narrow: Axis
    broad: Axis
    useful: float | None


def evidence_chart(rows: Sequence[Row], *, useful: float | None) -> EvidenceChart:
    """Return the rows with a common axis at two widths."""
    low = min(0.0, *(r.low for r in rows))
    high = max(0.0, useful or 0.0, *(r.high for r in rows))
    return EvidenceChart(
        rows=tuple(rows),
        narrow=axis(low, high, start=_EDGE, end=NARROW - _EDGE, ticks=5),
        broad=axis(low, high, start=_LEFT, end=BROAD - _RIGHT, ticks=7),
        useful=useful,
    )


def evidence_figure(data: EvidenceChart, *, unit: str) -> Figure:
    """Return the figure; `unit` names the axis."""
    said = " ".join(f"{r.name}: {_range(r)}." for r in data.rows)
    signs = [Sign(sign=r.mark.value, words=_KEYS[r.mark]) for r in data.rows]
    if data.useful is not None:
        signs.append(Sign(sign="useful", words=f"useful amount, {number(data.useful)}"))
    return Figure(
        key="evidence",
        title="What published trials found",
        description=f"{said} Right is better.",
        caption=f"{unit}; right is better. {_levels(data)}",
        narrow=_narrow(data),
        broad=_broad(data),
        signs=tuple(signs),
        table=Table(
            caption=unit,
            columns=("", "Centre", "Range", "Holds"),
            rows=tuple(
                (r.name, number(r.centre, 2), f"{number(r.low, 2)} to {number(r.high, 2)}", r.level) for r in data.rows
            ),
        ),
    )


_KEYS = {
    Mark.REVIEW: "one review of many trials, as printed",
    Mark.POPULATION: "the mean over people",
    Mark.NEW_PERSON: "one new person",
}


def _levels(data: EvidenceChart) -> str:
    """Return what share of belief the ranges hold, said once where it is the same."""
    if len({r.level for r in data.rows}) == 1:
        return f"Ranges hold {data.rows[0].level}."
    return "Ranges hold: " + "; ".join(f"{r.name[:1].lower()}{r.name[1:]}, {r.level}" for r in data.rows) + "."


def _range(row: Row) -> str:
    return f"{number(row.centre, 2)} ({number(row.low, 2)} to {number(row.high, 2)})"


def _narrow(data: EvidenceChart) -> Drawing:
    pen = Pen()
    bottom = TOP + 6 + len(data.rows) * _PITCH_NARROW
    draw_ground(pen, data.narrow, Lines(useful=data.useful), bottom=bottom, width=NARROW)
    for k, row in enumerate(data.rows):
        y = TOP + 22 + k * _PITCH_NARROW
        _plate(pen, row.name, y)
        pen.text((_EDGE, y), row.name)
        _mark(pen, data.narrow, row, y + 15)
    return pen.drawing(NARROW, bottom + BELOW)


def _plate(pen: Pen, words: str, y: float) -> None:
    """Lay paper under a label, so that no upright line runs through its letters."""
    pen.rect("paper", (_EDGE - 2, y - 12), 7.8 * len(words) + 4, 16)


def _broad(data: EvidenceChart) -> Drawing:
    pen = Pen()
    bottom = TOP + 6 + len(data.rows) * _PITCH_BROAD
    draw_ground(pen, data.broad, Lines(useful=data.useful), bottom=bottom, width=BROAD)
    for k, row in enumerate(data.rows):
        y = TOP + 6 + (k + 0.5) * _PITCH_BROAD
        pen.text((0, y + 4), row.name)
        _mark(pen, data.broad, row, y)
        pen.text((BROAD, y + 4), _range(row), kind="m", anchor="end")
    return pen.drawing(BROAD, bottom + BELOW)


def _mark(pen: Pen, scale: Axis, row: Row, y: float) -> None:
    x = scale.at(row.centre)
    pen.line("pri-thin", (scale.at(row.low), y), (scale.at(row.high), y))
    if row.mark is Mark.REVIEW:
        pen.path("pri-d", f"M{x - 8:.1f} {y:.1f}L{x:.1f} {y - 6:.1f}L{x + 8:.1f} {y:.1f}L{x:.1f} {y + 6:.1f}Z")
    else:
        pen.disc("pri-d" if row.mark is Mark.POPULATION else "pri-o", (x, y), 5)
