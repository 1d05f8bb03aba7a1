"""From others' trials to yours: the prior and the posterior of an effect on one axis."""

from dataclasses import dataclass

import numpy as np

from noctiflora.report._mixture import Floats, Mixture
from noctiflora.report._words import number
from noctiflora.report.chart._axis import Axis, axis
from noctiflora.report.chart._figure import Figure, Sign, Table
from noctiflora.report.chart._ground import BELOW, TOP, Lines, draw_ground, draw_interval
from noctiflora.report.chart._pen import Pen, polyline

WIDTH = 340.0
_POINTS = 121
_EDGE = 12.0
_HEIGHT = 150.0
_OUTER = (0.01, 0.99)  # quantiles that the axis covers
_ROW = 20.0  # height of one interval row below the curves
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One density on the common grid, with its quantiles at `LEVELS`."""

    height: Floats
    quantiles: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Prior and posterior, better to the right.

    Parameters
    ----------
    grid : (121,) float
        Effects at which the curves are drawn.
    evidence : Curve or None
        What published trials expect of one new person; None where there are none.
    prior : Curve or None
        What the calculation began with: the evidence, and a vague part.
    posterior : Curve
        After the person's own nights.
    axis : Axis
        Of the effect.
    useful : float
        The amount called worth it.
    """

    grid: Floats
    evidence: Curve | None
    prior: Curve | None
    posterior: Curve
    axis: Axis
    useful: float


def curves(posterior: Mixture, *, evidence: Mixture | None, prior: Mixture | None, useful: float) -> Curves:
    """Return the curves with a common axis that covers 98 of 100 of what is known."""
    known = [m for m in (posterior, evidence) if m is not None]
    ends = np.array([m.quantiles(_OUTER) for m in known])
    scale = axis(
        min(float(ends.min()), 0.0),
        max(float(ends.max()), useful),
        start=_EDGE,
        end=WIDTH - _EDGE,
        ticks=6,
        whole=False,
    )
    grid = np.linspace(scale.low, scale.high, _POINTS)
    return Curves(
        grid=grid,
        evidence=None if evidence is None else _curve(evidence, grid),
        prior=None if prior is None else _curve(prior, grid),
        posterior=_curve(posterior, grid),
        axis=scale,
        useful=useful,
    )


def _curve(mixture: Mixture, grid: Floats) -> Curve:
    return Curve(height=mixture.density(grid), quantiles=tuple(float(q) for q in mixture.quantiles(LEVELS)))


def curves_figure(data: Curves, *, unit: str) -> Figure:
    """Return the figure: dashed prior, filled posterior, and their ranges below."""
    pen = Pen()
    base = TOP + 10 + _HEIGHT
    rows = [c for c in (data.evidence, data.posterior) if c is not None]
    bottom = base + len(rows) * _ROW + 6
    draw_ground(pen, data.axis, Lines(useful=data.useful), bottom=bottom, width=WIDTH)
    shown = [c for c in (data.prior, data.posterior) if c is not None]
    tallest = max(float(c.height.max()) for c in shown)
    points = {id(c): _points(data, c, base, tallest) for c in shown}
    pen.path("you-a", polyline(points[id(data.posterior)], closed_at=base))
    if data.prior is not None:
        pen.path("pri-l", polyline(points[id(data.prior)]))
    pen.path("you-l", polyline(points[id(data.posterior)]))
    for k, curve in enumerate(rows):
        _row(pen, data.axis, curve, base + (k + 0.5) * _ROW + 3, mine=curve is data.posterior)
    return Figure(
        key="curves",
        title="What trials said, and what your nights said",
        description=_description(data),
        caption=f"{unit}. The higher the curve, the more likely that size.",
        narrow=pen.drawing(WIDTH, bottom + BELOW),
        signs=_signs(data),
        table=Table(
            caption=unit,
            columns=("", "Centre", "90 of 100"),
            rows=tuple(
                (name, number(c.quantiles[2]), f"{number(c.quantiles[0])} to {number(c.quantiles[-1])}")
                for name, c in _named(data)
            ),
        ),
    )


def _points(data: Curves, curve: Curve, base: float, tallest: float) -> list[tuple[float, float]]:
    return [
        (data.axis.at(float(x)), base - _HEIGHT * float(h) / tallest)
        for x, h in zip(data.grid, curve.height, strict=True)
    ]


def _row(pen: Pen, scale: Axis, curve: Curve, y: float, *, mine: bool) -> None:
    q = curve.quantiles
    draw_interval(pen, "you" if mine else "pri", scale, y, ends=(q[0], q[-1]), middle=(q[1], q[3]))
    pen.disc("you-d" if mine else "pri-o", (scale.at(q[2]), y), 5)


def _named(data: Curves) -> tuple[tuple[str, Curve], ...]:
    rows: list[tuple[str, Curve]] = []
    if data.evidence is not None:
        rows.append(("Published trials, for one new person", data.evidence))
    if data.prior is not None:
        rows.append(("Where the calculation began", data.prior))
    rows.append(("After your nights", data.posterior))
    return tuple(rows)


def _description(data: Curves) -> str:
    said = [
        f"{name}: centre {number(c.quantiles[2])}, 90 of 100 between {number(c.quantiles[0])} and "
        f"{number(c.quantiles[-1])}."
        for name, c in _named(data)
    ]
    return " ".join(said)


def _signs(data: Curves) -> tuple[Sign, ...]:
    signs = []
    if data.prior is not None:
        signs.append(Sign(sign="curve-prior", words="before your nights"))
    signs.append(Sign(sign="curve-you", words="after your nights"))
    if data.evidence is not None:
        signs.append(Sign(sign="new-person", words="published trials, one new person"))
    signs.append(Sign(sign="range-you", words="you: centre, middle half, 90 of 100"))
    return tuple(signs)
