"""What all effect charts share: the line of no difference, the useful amount, the axis below."""

from dataclasses import dataclass

from noctiflora.report._words import signed
from noctiflora.report.chart._axis import Axis
from noctiflora.report.chart._pen import Pen

ROW_1, ROW_2 = 14.0, 31.0
"""Baselines of the two label rows above a plot, so that the labels never meet."""
TOP = 37.0
"""Upper end of the plot below the labels."""
BELOW = 40.0
"""Height that axis numbers and the two ends' names need below the plot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Upright reference lines of an effect chart; useful None where no amount is set."""

    useful: float | None


def draw_ground(pen: Pen, axis: Axis, lines: Lines, *, bottom: float, width: float) -> None:
    """Draw the reference lines with their names, the axis with its numbers, and its two ends."""
    draw_lines(pen, axis, lines, top=TOP, bottom=bottom)
    if axis.low <= 0 <= axis.high:
        label(pen, axis.at(0), ROW_1, "no difference", width)
    if lines.useful is not None and axis.low <= lines.useful <= axis.high:
        _label_useful(pen, axis, axis.at(lines.useful), width)
    draw_axis(pen, axis, bottom=bottom)
    pen.text((axis.start, bottom + 36), "← worse", kind="m")
    pen.text((axis.end, bottom + 36), "better →", kind="m", anchor="end")


def draw_lines(pen: Pen, axis: Axis, lines: Lines, *, top: float, bottom: float) -> None:
    """Draw the solid line of no difference and the dotted one of the useful amount."""
    if axis.low <= 0 <= axis.high:
        x = axis.at(0)
        pen.line("zero", (x, ROW_1 + 4 if top == TOP else top), (x, bottom))
    if lines.useful is not None and axis.low <= lines.useful <= axis.high:
        x = axis.at(lines.useful)
        pen.line("mid", (x, top), (x, bottom))


def draw_axis(pen: Pen, axis: Axis, *, bottom: float) -> None:
    """Draw the axis line with ticks and signed numbers."""
    pen.line("ax", (axis.start, bottom), (axis.end, bottom))
    for tick in axis.ticks:
        x = axis.at(tick)
        pen.line("ax", (x, bottom), (x, bottom + 4))
        pen.text((x, bottom + 18), signed(tick, axis.digits), kind="m", anchor=_anchor(x, axis))


def _label_useful(pen: Pen, axis: Axis, x: float, width: float) -> None:
    """Name the useful amount, to the right of the line of no difference where the two would cross."""
    words = "useful amount"
    zero, half = axis.at(0), _half(words)
    crossed = axis.low <= 0 <= axis.high and min(x - half, width - 2 * half) < zero + 6
    if crossed and zero + 6 + 2 * half <= width:
        pen.text((zero + 6, ROW_2), words)
    else:
        label(pen, x, ROW_2, words, width)


def _half(words: str) -> float:
    """Return half the width of words in a wide sans at 13 units."""
    return 3.6 * len(words) + 2


def label(pen: Pen, x: float, y: float, words: str, width: float) -> None:
    """Write a label centred on `x`, moved inward where it would be clipped."""
    half = _half(words)
    pen.text((min(max(x, half), width - half), y), words, anchor="middle")


def _anchor(x: float, axis: Axis) -> str:
    """Keep the outermost numbers within the drawing."""
    if x <= axis.start + 1:
        return "start"
    return "end" if x >= axis.end - 1 else "middle"


def draw_interval(
    pen: Pen, kind: str, axis: Axis, y: float, *, ends: tuple[float, float], middle: tuple[float, float]
) -> None:
    """Draw a range: thin line for 90 of 100, thick middle half; `kind` is ``you`` or ``pri``."""
    pen.line(f"{kind}-thin", (axis.at(ends[0]), y), (axis.at(ends[1]), y))
    thick = "you-l th" if kind == "you" else "pri-s th"
    pen.line(thick, (axis.at(middle[0]), y), (axis.at(middle[1]), y))
