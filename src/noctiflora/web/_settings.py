"""Settings: how pages look and where one sleeps; and the list of all places for phones."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import home_zone, keep_zone
from noctiflora.core import RangeError
from noctiflora.web._form import Form
from noctiflora.web._page import THEMES, go, page
from noctiflora.web._state import machine_zone, state_of
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)

YEAR_S = 365 * 24 * 3600


@router.get("/settings")
def settings(request: Request) -> Response:
    """Show the settings."""
    state = state_of(request)
    return page(
        request,
        "settings.html",
        place="settings",
        saved_zone=home_zone(state.store) or "",
        started_zone=state.zone,
        machine_zone=machine_zone(),
    )


@router.post("/settings/theme")
def theme(request: Request, form: Form) -> Response:
    """Save how pages look, in this browser."""
    chosen = form.text("theme")
    response = go("/settings", said="saved")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=YEAR_S, httponly=True, samesite="strict")
    else:
        response.delete_cookie("theme", httponly=True, samesite="strict")
    return response


@router.post("/settings/zone")
def save_zone(request: Request, form: Form) -> Response:
    """Save the time zone of records that name none."""
    state = state_of(request)
    name = form.text("zone")
    if not name:
        state.store.settings.remove("zone")
        return go("/settings", said="saved")
    try:
        keep_zone(state.store, name)
    except RangeError:
        form.wrong("zone", _("This is no time zone we know. Write one such as Europe/Berlin."))
        return page(
            request,
            "settings.html",
            status=422,
            place="settings",
            errors=form.errors,
            saved_zone=name,
            started_zone=state.zone,
            machine_zone=machine_zone(),
        )
    return go("/settings", said="saved")


@router.get("/more")
def more(request: Request) -> Response:
    """List the places that have no room in the bar of a phone."""
    return page(request, "more.html", place="more")
