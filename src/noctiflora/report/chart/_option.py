"""The effect to expect of one option, on an axis that all options share."""

from collections.abc import Sequence
from dataclasses import dataclass

from noctiflora.report._mixture import Mixture
from noctiflora.report._words import number, signed
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure
from noctiflora.report.chart._ground import Lines, draw_axis, draw_interval, draw_lines
from noctiflora.report.chart._pen import Pen

WIDTH = 260.0
_EDGE = 10.0
_TOP, _BOTTOM, _MIDDLE, _HEIGHT = 6.0, 38.0, 22.0, 60.0
_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionInterval:
    """One option's expected effect: quantiles at 5, 25, 50, 75 and 95 of 100, better = positive."""

    quantiles: tuple[float, ...]
    axis: Axis
    useful: float | None


def option_intervals(effects: Sequence[Mixture], *, useful: float | None) -> tuple[OptionInterval, ...]:
    """Return the intervals of effects (better = higher) on one axis."""
    found = [tuple(float(q) for q in m.quantiles(_LEVELS)) for m in effects]
    if not found:
        return ()
    low = min(0.0, *(q[0] for q in found))
    high = max(0.0, useful or 0.0, *(q[-1] for q in found))
    scale = axis(low, high, start=_EDGE, end=WIDTH - _EDGE, ticks=5)
    return tuple(OptionInterval(quantiles=q, axis=scale, useful=useful) for q in found)


def option_figure(data: OptionInterval, *, key: str, name: str, unit: str) -> Figure:
    """Return the small figure of one option; its numbers stand beside it in words."""
    pen = Pen()
    q = data.quantiles
    draw_lines(pen, data.axis, Lines(useful=data.useful), top=_TOP, bottom=_BOTTOM)
    draw_axis(pen, data.axis, bottom=_BOTTOM)
    pen.line("pri-dash", (data.axis.at(q[0]), _MIDDLE), (data.axis.at(q[-1]), _MIDDLE))
    draw_interval(pen, "pri", data.axis, _MIDDLE, ends=(q[1], q[3]), middle=(q[1], q[3]))
    pen.disc("pri-o", (data.axis.at(q[2]), _MIDDLE), 5)
    return Figure(
        key=key,
        title=f"Effect to expect of {name}",
        description=(
            f"Centre {signed(q[2])}, middle half {number(q[1])} to {number(q[3])}, 90 of 100 between {number(q[0])} "
            f"and {number(q[-1])}. {unit}; right is better."
        ),
        caption="",
        narrow=pen.drawing(WIDTH, _HEIGHT),
    )
