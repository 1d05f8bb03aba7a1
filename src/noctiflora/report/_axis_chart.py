"""The charts of a simulated person, a day above its weeks, as one file that stands alone."""

from dataclasses import dataclass
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from noctiflora.report._style import policy, stylesheet
from noctiflora.report.chart import (
    DayLane,
    Figure,
    WeekCourse,
    axis_day,
    axis_day_figure,
    axis_weeks,
    axis_weeks_figure,
)

HYPOTHESIS = (
    "This is what the model says if it is right. Its couplings of gut and brain were not measured in "
    "people, and it sets the size of no effect elsewhere."
)
_WIDTH, _EDGE, _LINE, _GAP = 780.0, 16.0, 20.0, 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisChart:
    """What is drawn of a simulated person.

    Parameters
    ----------
    person : str
        Who, in a few words.
    people : str
        Over whom the bands are, one sentence.
    hours : tuple of float
        Of the day, noon to noon.
    lanes : tuple of DayLane
        Light, melatonin, cortisol, sleep.
    courses : tuple of WeekCourse
        Levels week by week.
    change : str
        What is changed, or "" for nothing.
    weeks : int
        Length of the run.
    """

    person: str
    people: str
    hours: tuple[float, ...]
    lanes: tuple[DayLane, ...]
    courses: tuple[WeekCourse, ...]
    change: str
    weeks: int

    @property
    def title(self) -> str:
        """The heading."""
        return f"{self.person}: a day and {self.weeks} weeks of the model"

    def figures(self) -> tuple[Figure, Figure]:
        """Return the day and the weeks."""
        units = "; ".join(f"{c.name}: {c.unit}" for c in self.courses)
        return (
            axis_day_figure(
                axis_day(self.hours, self.lanes),
                change=self.change,
                caption=f"The last day, noon to noon. {self.people}",
            ),
            axis_weeks_figure(axis_weeks(self.courses), change=self.change, caption=f"Means of each week. {units}."),
        )


def axis_chart_svg(chart: AxisChart) -> str:
    """Return both charts as one SVG file; the hypothesis label is part of the drawing."""
    y, parts, said = _EDGE + _LINE, [_words(_EDGE + 14, chart.title, "b")], []
    for line in _lines(f"Hypothesis. {HYPOTHESIS}"):
        parts.append(_words(y + 14, line, "t-hyp"))
        y += _LINE
    y += _GAP - _LINE
    for figure in chart.figures():
        drawn = figure.broad or figure.narrow
        keys = " · ".join(f"{_LOOKS.get(s.sign, s.sign)}: {s.words}" for s in figure.signs)
        for line in (*_lines(figure.caption), *_lines(keys)):
            parts.append(_words(y + 14, line, "m"))
            y += _LINE
        parts.append(f'<g transform="translate({_EDGE:g} {y + 10:g})">{drawn.body}</g>')
        said.append(figure.description)
        y += 10 + drawn.height + _GAP
    width = _WIDTH + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {y:g}" role="img" aria-labelledby="t d">'
        f'<title id="t">{escape(chart.title)}</title><desc id="d">{escape(" ".join(said))}</desc>'
        f"<style>{stylesheet()}</style>"
        f'<rect width="{width:g}" height="{y:g}" fill="var(--bg)"/>{"".join(parts)}</svg>\n'
    )


_LOOKS = {
    "median": "dashed",
    "hyp-line": "line",
    "hyp-dot": "line with dots",
    "hyp-band": "hatched",
    "soft": "grey",
}
"""How the marks of a drawing look, for a key in words."""


def _words(y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{_EDGE:g}" y="{y:g}">{escape(words)}</text>'


def _lines(words: str, longest: int = 108) -> list[str]:
    """Break words into lines that fit the drawing."""
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) + 1 > longest:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def axis_chart_html(chart: AxisChart) -> str:
    """Return both charts as one page with their tables; nothing is loaded from elsewhere."""
    return (
        _environment()
        .get_template("axis_chart.html")
        .render(
            chart=chart,
            figures=chart.figures(),
            hypothesis=HYPOTHESIS,
            stylesheet=Markup(stylesheet()),
            policy=policy(),
        )
    )


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("noctiflora.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(short=lambda v: f"{v:g}")
    return env
