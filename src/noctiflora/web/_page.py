"""Pages: a template filled in, in the frame that all pages share."""

import datetime as dt
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from noctiflora.web._nav import Link, shown
from noctiflora.web._state import State
from noctiflora.web._static import asset_path
from noctiflora.web._words import words

THEMES = ("light", "dark")


def page(request: Request, template: str, *, status: int = 200, place: str = "", **values: object) -> Response:
    """Return a page.

    Parameters
    ----------
    request : Request
        What is answered.
    template : str
        File in ``templates/``; it extends ``base.html``.
    status : int
        HTTP status.
    place : str
        Key of the navigation's entry that is the present page.
    **values : object
        What the template shows; text in it is escaped.
    """
    frame = _frame(request, place)
    return HTMLResponse(_environment().get_template(template).render(**{**frame, **values}), status_code=status)


def go(path: str, *, said: str = "") -> Response:
    """Return the answer to a form that was taken: see another page of ours.

    Parameters
    ----------
    path : str
        A path of this app, written by us; never what came in with a request.
    said : str
        Key of what the target page says on top, such as ``"saved"``; never a value.
    """
    return RedirectResponse(f"{path}?said={said}" if said else path, status_code=303)


def _frame(request: Request, place: str) -> dict[str, object]:
    state = getattr(request.app.state, "noctiflora", None)
    looking = isinstance(state, State) and state.sample is not None
    theme = request.cookies.get("theme", "")
    return {
        "said_key": request.query_params.get("said", ""),
        "place": place,
        "nav": _nav(request),
        "theme": theme if theme in THEMES else "",
        "looking": looking,
        "jobs": state.jobs.running() if isinstance(state, State) else (),
        "errors": (),
    }


def _nav(request: Request) -> tuple[Link, ...]:
    return shown(request.app.state.paths)


def day(date: dt.date, *, year: bool = False) -> str:
    """Return a date as pages say it.

    Examples
    --------
    >>> day(dt.date(2026, 11, 22)), day(dt.date(2026, 11, 2), year=True)
    ('Sunday 22 November', 'Monday 2 November 2026')
    """
    from babel.dates import format_date

    return format_date(date, "EEEE d MMMM y" if year else "EEEE d MMMM", locale="en_GB")


@cache
def _environment() -> Environment:
    own = PackageLoader("noctiflora.web")
    env = Environment(
        loader=ChoiceLoader([own, PrefixLoader({"report": PackageLoader("noctiflora.report")})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        words().gettext, words().ngettext, newstyle=True
    )
    env.filters.update(day=day, short=lambda value: f"{value:g}")
    env.globals.update(asset=asset_path, CERTAINTY=CERTAINTY)
    return env


CERTAINTY = ("not graded", "Very low", "Low", "Moderate", "High")
"""Words of the certainty flower; the report's macro asks for them."""
