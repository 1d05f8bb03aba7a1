"""The report as one HTML file that asks for nothing from outside."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from noctiflora.core import Source
from noctiflora.evidence import load, source_names
from noctiflora.report._answer import answer
from noctiflora.report._data import ReportData
from noctiflora.report._effect import Measure, measure_of
from noctiflora.report._listing import CERTAINTY, closed_options, finding_groups, option_cards, scope_states
from noctiflora.report._measures import key_measures
from noctiflora.report._science import evidence_basis, evidence_drawing, method
from noctiflora.report._sources import SourceList, collect
from noctiflora.report._style import policy, stylesheet
from noctiflora.report._veil import Shown, shown
from noctiflora.report._verdict import card, effect_sentence
from noctiflora.report._verdict_view import trial_figures
from noctiflora.report._what_if import said, votes, what_if_figures
from noctiflora.report._words import count, day, number, of_100, short_day, span
from noctiflora.report.chart import Figure, raster, raster_figure, weeks, weeks_figure

_CRISIS = "crisis"


def render_report(data: ReportData) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    data : ReportData
        What to show; parts that are missing are said to be so.

    Returns
    -------
    str
        HTML with its stylesheet inside, without script, that loads nothing.

    Examples
    --------
    >>> import datetime as dt
    >>> page = render_report(ReportData(person="A.", made_up=True, generated_on=dt.date(2026, 8, 2)))
    >>> page.startswith("<!doctype html>") and "made up" in page
    True
    """
    if data.gates is not None and data.gates.crisis:
        return _crisis(data)
    view = shown(data)
    measure = measure_for(data, view)
    sources = collect(data)
    return (
        _environment()
        .get_template("report.html")
        .render(
            **_frame(data, sources),
            answer=answer(data, measure),
            card=card(data, measure),
            measure=measure,
            effect=effect_sentence(data, measure),
            figures=_figures(data, view),
            shown=view,
            measures=key_measures(view.summed, view.naps),
            groups=finding_groups(data.findings),
            scopes=() if data.gates is None else scope_states(data.gates),
            options=option_cards(data.options, measure, useful_amount(data)),
            closed=closed_options(data.options),
            useful=useful_amount(data),
            evidence_basis="" if data.evidence is None else evidence_basis(data.evidence),
            method=method(data, measure),
            sources=tuple(sources),
            names=source_names(load()),
            nights_used=_nights_used(data),
        )
    )


def measure_for(data: ReportData, view: Shown) -> Measure:
    """Return how sizes of this report's outcome are said."""
    return measure_of(data.outcome if data.design is None else data.design.outcome, view.summed)


def useful_amount(data: ReportData) -> float | None:
    """Return the amount called worth it, the design's before the default."""
    return data.useful if data.design is None else data.design.useful


def _crisis(data: ReportData) -> str:
    """Return the page on which help replaces everything else."""
    assert data.gates is not None
    states = [s for s in data.gates.states if s.urgency == _CRISIS and s.message]
    frame = _frame(data, SourceList(s for state in states for s in state.sources))
    return _environment().get_template("crisis.html").render(**frame, states=states)


def _frame(data: ReportData, sources: SourceList) -> dict[str, object]:
    def cite(given: Iterable[Source]) -> tuple[int, ...]:
        return sources.numbers(given)

    return {
        "data": data,
        "stylesheet": Markup(stylesheet()),
        "policy": policy(),
        "cite": cite,
    }


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("noctiflora.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=day, short_day=short_day, number=number, of_100=of_100, count=count, short=lambda v: f"{v:g}"
    )
    env.globals.update(span=span, CERTAINTY=CERTAINTY, said=said, votes=votes)
    return env


def _figures(data: ReportData, view: Shown) -> dict[str, Figure | None]:
    """Return every chart that these data can fill, by name."""
    hides = None if view.veil is None else view.veil.hides
    rows, by_week = raster(view.drawn, hides=hides), weeks(view.summed)
    return {
        "raster": None if rows is None else raster_figure(rows),
        "weeks": None if by_week is None or len(by_week.weeks) < 2 else weeks_figure(by_week),
        "evidence": evidence_drawing(data.evidence),
        **trial_figures(data, measure_for(data, view)),
        **what_if_figures(data.what_if),
    }


def _nights_used(data: ReportData) -> tuple[dt.date, dt.date] | None:
    """Return the first and last night of the trial, where it has periods."""
    if data.design is None or not data.design.compared:
        return None
    return data.design.compared[0].start, data.design.compared[-1].end
