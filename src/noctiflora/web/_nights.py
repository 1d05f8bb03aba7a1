"""Nights: weeks at a glance, the measures, and what is veiled during a trial."""

import datetime as dt
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import DrawnNights, drawn_nights, imports_stamp, lift_veil, remember
from noctiflora.core import FormatError
from noctiflora.report import KeyMeasure, key_measures
from noctiflora.report.chart import Figure, raster, raster_figure, weeks, weeks_figure
from noctiflora.sleep import Night
from noctiflora.web._form import Form
from noctiflora.web._page import go, page
from noctiflora.web._state import state_of
from noctiflora.web._words import say as _
from noctiflora.web._words import say_n

router = APIRouter(include_in_schema=False)

SCREEN_WEEKS = 12
MEASURES = 4
"""Shown first; the others fold away."""
NEEDED = 14
"""Nights after which the spread of one's own nights can be told (assumed, 7 to 28)."""
LIFT_WORD = "lift"


@router.get("/nights")
def nights(request: Request, screen: int = 0) -> Response:
    """Show twelve weeks of nights, the newest first."""
    state = state_of(request)
    found = drawn_nights(state.store, today=state.today())
    if not found.nights:
        return page(request, "nights_empty.html", place="nights", hidden=found.hidden)
    screens = _screens(found.nights)
    at = max(0, min(screen, screens - 1))
    stamp = (imports_stamp(state.store), found.veil)
    values = remember(state.store, ("nights page", at), stamp, lambda: _figures(found, at))
    return page(
        request,
        "nights.html",
        place="nights",
        veil=found.veil,
        hidden=found.hidden,
        at=at,
        screens=screens,
        needed=max(0, NEEDED - len(found.nights)) if found.veil is None else 0,
        shown=values,
    )


def _figures(found: DrawnNights, at: int) -> dict[str, object]:
    """Return what one screen of the page shows; it only changes with the nights and the veil."""
    drawn = _within(found.nights, at)
    counted = [n for n in drawn if found.veil is None or found.veil.counts(n.date)]
    naps = [n for n in found.naps if found.veil is None or found.veil.counts(n.date)]
    measures = key_measures(counted, _same_days(naps, counted))
    return {
        "lead": _lead(measures[0], drawn, counted, found),
        "measures": measures[:MEASURES],
        "more_measures": measures[MEASURES:],
        "figure": _raster(drawn, found),
        "by_week": _weeks(found) if at == 0 else None,
    }


@router.get("/nights/veil")
def ask_veil(request: Request) -> Response:
    """Ask before the veil is lifted."""
    return page(request, "veil.html", place="nights", word=LIFT_WORD)


@router.post("/nights/veil")
def lift(request: Request, form: Form) -> Response:
    """Lift the veil, once the word was typed."""
    state = state_of(request)
    if form.text("word").lower() != LIFT_WORD:
        form.wrong("word", _("Type the word %(word)s, or go back.", word=LIFT_WORD))
        return page(request, "veil.html", status=422, place="nights", word=LIFT_WORD, errors=form.errors)
    try:
        lift_veil(state.store, now=state.now())
    except FormatError as error:
        form.refuse("", error)
        return page(request, "veil.html", status=422, place="nights", word=LIFT_WORD, errors=form.errors)
    return go("/nights", said="lifted")


def _monday(date: dt.date) -> dt.date:
    return date - dt.timedelta(days=date.weekday())


def _screens(found: Sequence[Night]) -> int:
    """Return how many times twelve calendar weeks the nights span."""
    weeks_between = (_monday(found[-1].date) - _monday(found[0].date)).days // 7 + 1
    return -(-weeks_between // SCREEN_WEEKS)


def _within(found: Sequence[Night], at: int) -> list[Night]:
    """Return the nights of one screen, counted back from the newest."""
    after = _monday(found[-1].date) + dt.timedelta(weeks=1 - at * SCREEN_WEEKS)
    first = after - dt.timedelta(weeks=SCREEN_WEEKS)
    return [n for n in found if first <= n.date < after]


def _same_days(naps: Sequence[Night], counted: Sequence[Night]) -> list[Night]:
    if not counted:
        return []
    return [n for n in naps if counted[0].date <= n.date <= counted[-1].date]


def _raster(drawn: Sequence[Night], found: DrawnNights) -> Figure | None:
    rows = raster(drawn, hides=None if found.veil is None else found.veil.hides)
    return None if rows is None else raster_figure(rows)


def _weeks(found: DrawnNights) -> Figure | None:
    counted = [n for n in found.nights if found.veil is None or found.veil.counts(n.date)]
    by_week = weeks(counted)
    return None if by_week is None or len(by_week.weeks) <= SCREEN_WEEKS else weeks_figure(by_week)


def _lead(asleep: KeyMeasure, drawn: Sequence[Night], counted: Sequence[Night], found: DrawnNights) -> str:
    """Return the one sentence that could be read aloud."""
    if not counted:
        return say_n("%(n)s night is drawn here.", "%(n)s nights are drawn here.", len(drawn))
    days = (counted[-1].date - counted[0].date).days + 1
    values = {"value": asleep.value.replace(" ", "\u00a0"), "n": len(counted), "days": days}
    if found.veil is not None and found.veil.lifted_on is None:
        return _(
            "Before your trial you slept %(value)s on a middling night. %(n)s of %(days)s nights are recorded.",
            **values,
        )
    return _("On a middling night you slept %(value)s. %(n)s of %(days)s nights are recorded.", **values)
