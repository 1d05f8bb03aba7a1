"""Fifty equally likely answers: each dot one size that the true effect could have."""

import math
from dataclasses import dataclass

import numpy as np

from noctiflora.report._mixture import Mixture
from noctiflora.report._words import number
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._ground import BELOW, TOP, Lines, draw_ground
from noctiflora.report.chart._pen import Pen

DOTS = 50
WIDTH = 340.0
_RADIUS = 6.5
_PITCH = 15.0
_EDGE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One dot: its value, where its column is drawn, its place in the stack from 0."""

    value: float
    x: float
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Fifty quantiles of an effect, better to the right.

    Parameters
    ----------
    dots : tuple of Dot
        In order of value.
    axis : Axis
        Of the effect, in units of the outcome.
    useful : float
        The amount called worth it.
    """

    dots: tuple[Dot, ...]
    axis: Axis
    useful: float

    @property
    def better(self) -> int:
        """Dots on the better side of no difference."""
        return sum(d.value > 0 for d in self.dots)

    @property
    def reaching(self) -> int:
        """Dots that reach the useful amount."""
        return sum(d.value >= self.useful for d in self.dots)


def dots(mixture: Mixture, useful: float) -> Dots:
    """Return fifty equally likely values, stacked in columns one dot wide.

    A column never spans no difference or the useful amount, so that what is seen can be counted.
    """
    values = [float(v) for v in mixture.quantiles((np.arange(DOTS) + 0.5) / DOTS)]
    scale = axis(min(*values, 0.0), max(*values, useful), start=_EDGE, end=WIDTH - _EDGE, ticks=6)
    stacks: dict[float, int] = {}
    placed = []
    for value in values:
        x = _column(value, scale, useful)
        placed.append(Dot(value=value, x=x, height=stacks.get(x, 0)))
        stacks[x] = stacks.get(x, 0) + 1
    return Dots(dots=tuple(placed), axis=scale, useful=useful)


def _column(value: float, scale: Axis, useful: float) -> float:
    """Return the middle of a value's column; columns are counted from the nearer reference line."""
    zero, mark, x = scale.at(0), scale.at(useful), scale.at(value)
    if value >= useful:
        return min(mark + (math.floor((x - mark) / _PITCH) + 0.5) * _PITCH, WIDTH - _RADIUS - 1)
    if value <= 0:
        return max(zero - (math.floor((zero - x) / _PITCH) + 0.5) * _PITCH, _RADIUS + 1)
    columns = max(1, math.floor((mark - zero) / _PITCH))
    width = (mark - zero) / columns
    return zero + (min(math.floor((x - zero) / width), columns - 1) + 0.5) * width


def dots_figure(data: Dots, *, comparison: str, unit: str) -> Figure:
    """Return the figure; `comparison` follows "better than", `unit` names the axis."""
    tallest = max(d.height for d in data.dots) + 1
    bottom = TOP + tallest * _PITCH + 4
    pen = Pen()
    draw_ground(pen, data.axis, Lines(useful=data.useful), bottom=bottom, width=WIDTH)
    for dot in data.dots:
        y = bottom - (dot.height + 0.5) * _PITCH
        pen.disc("you-d" if dot.value > 0 else "ib2", (dot.x, y), _RADIUS)
    below = DOTS - data.better
    return Figure(
        key="dots",
        title="50 equally likely answers",
        description=(
            f"{data.better} of {DOTS} dots lie on the better side of no difference; {data.reaching} of {DOTS} reach "
            f"the useful amount of {number(data.useful)}."
        ),
        caption=f"{unit}. Each dot is one size the true effect could have.",
        narrow=pen.drawing(WIDTH, bottom + BELOW),
        signs=(Sign(sign="dot-you", words=f"better than {comparison}"), Sign(sign="dot-worse", words="worse")),
        table=Table(
            caption="Where the dots lie",
            columns=("Range", "Dots of 50"),
            rows=(
                ("worse, below 0", str(below)),
                (f"better, but less than {number(data.useful)}", str(data.better - data.reaching)),
                (f"{number(data.useful)} or more", str(data.reaching)),
            ),
        ),
    )
