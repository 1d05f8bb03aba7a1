"""Forest and funnel plot of a table of studies, each one SVG file that stands alone."""

from collections.abc import Sequence
from html import escape

from noctiflora.evidence.meta import ForestRow, FunnelPoint
from noctiflora.report._style import stylesheet
from noctiflora.report.chart import Axis, axis
from noctiflora.report.chart._pen import Pen, polyline

WIDTH = 780.0
_LEFT, _RIGHT, _ROW, _TOP, _BELOW = 250.0, 590.0, 22.0, 28.0, 44.0
_FUNNEL = 360.0
_LONGEST = 34


def forest_svg(rows: Sequence[ForestRow], *, measure: str) -> str:
    """Return the forest plot: studies as squares sized by weight, pooled effects as diamonds.

    Parameters
    ----------
    rows : sequence of ForestRow
        From the analysis of a table, at least one.
    measure : str
        Name of the effect, for the axis.
    """
    low, high = min(0.0, *(r.low for r in rows)), max(0.0, *(r.high for r in rows))
    scale = axis(low, high, start=_LEFT, end=_RIGHT)
    bottom = _TOP + _ROW * len(rows)
    pen = Pen()
    pen.line("zero", (scale.at(0), _TOP - 10), (scale.at(0), bottom))
    for k, row in enumerate(rows):
        y = _TOP + _ROW * (k + 0.5)
        _forest_row(pen, scale, row, y)
    _ground(pen, scale, bottom, measure)
    said = f"{rows[0].label} and {len(rows) - 1} further lines; the last pooled effect is {rows[-1].y:.3g}."
    return _file(pen, bottom + _BELOW, "Forest plot", said)


def _forest_row(pen: Pen, scale: Axis, row: ForestRow, y: float) -> None:
    name = row.label if len(row.label) <= _LONGEST else f"{row.label[: _LONGEST - 1]}…"
    pen.text((8, y + 4), name)
    pen.text((WIDTH - 8, y + 4), f"{row.y:.2f} ({row.low:.2f} to {row.high:.2f})", anchor="end")
    pen.line("ax", (scale.at(row.low), y), (scale.at(row.high), y))
    x = scale.at(row.y)
    if row.kind == "study":
        half = 2.5 + 0.9 * (row.weight_percent or 0.0) ** 0.5
        pen.rect("you-d", (x - half, y - half), 2 * half, 2 * half)
    elif row.kind == "pooled":
        pen.path("pri-d", polyline([(scale.at(row.low), y), (x, y - 6), (scale.at(row.high), y), (x, y + 6)]) + "Z")
    else:
        pen.line("mid", (x, y - 6), (x, y + 6))


def funnel_svg(points: Sequence[FunnelPoint], *, centre: float, measure: str) -> str:
    """Return the funnel plot: the larger a study's error, the lower it lies; lines are the limits of chance.

    Parameters
    ----------
    points : sequence of FunnelPoint
        From the analysis of a table, at least one.
    centre : float
        The equal-effects mean about which the funnel stands.
    measure : str
        Name of the effect, for the axis.
    """
    deepest = max(p.se for p in points)
    low, high = min(min(p.low, p.y) for p in points), max(max(p.high, p.y) for p in points)
    scale = axis(low, high, start=60.0, end=WIDTH - 40.0)
    depth = axis(0.0, deepest, start=_TOP, end=_FUNNEL, whole=False)
    widest = max(points, key=lambda p: p.se)
    pen = Pen()
    for end in (widest.low, widest.high):
        pen.line("mid", (scale.at(centre), depth.at(0)), (scale.at(end), depth.at(deepest)))
    pen.line("zero", (scale.at(centre), _TOP), (scale.at(centre), _FUNNEL))
    for p in points:
        pen.disc("you-d", (scale.at(p.y), depth.at(p.se)), 5)
    for tick in depth.ticks:
        pen.text((52, depth.at(tick) + 4), f"{tick:.{depth.digits}f}", kind="m", anchor="end")
    pen.text((8, 16), "standard error, larger below", kind="m")
    _ground(pen, scale, _FUNNEL + 8, measure)
    return _file(pen, _FUNNEL + 8 + _BELOW, "Funnel plot", f"{len(points)} studies about {centre:.3g}.")


def _ground(pen: Pen, scale: Axis, bottom: float, measure: str) -> None:
    pen.line("ax", (scale.start, bottom), (scale.end, bottom))
    for tick in scale.ticks:
        pen.line("ax", (scale.at(tick), bottom), (scale.at(tick), bottom + 4))
        pen.text((scale.at(tick), bottom + 18), f"{tick:.{scale.digits}f}", kind="m", anchor="middle")
    pen.text(((scale.start + scale.end) / 2, bottom + 36), measure, kind="m", anchor="middle")


def _file(pen: Pen, height: float, title: str, said: str) -> str:
    drawn = pen.drawing(WIDTH, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" role="img" aria-labelledby="t d">'
        f'<title id="t">{title}</title><desc id="d">{escape(said)}</desc>'
        f"<style>{stylesheet()}svg text {{ font: 13px system-ui, sans-serif; fill: var(--text); }}</style>"
        f'<rect width="{WIDTH:g}" height="{height:g}" fill="var(--bg)"/>{drawn.body}</svg>\n'
    )
