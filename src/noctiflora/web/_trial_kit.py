"""The helper's kit: labels, sheet, calendar, and behind the passphrase the envelope."""

import datetime as dt
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import KeptTrial, running_trial, write_envelope, write_kit
from noctiflora.core import NotFound, RangeError
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import page
from noctiflora.web._state import State, state_of
from noctiflora.web._trial import order_rows
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
EVENING = dt.time(21, 0)
KINDS = {"labels.pdf": "application/pdf", "helper.pdf": "application/pdf", "calendar.ics": "text/calendar"}
"""What the kit holds, and as what it is sent."""


def the_trial(state: State) -> KeptTrial:
    """Return the season under way.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = running_trial(state.store)
    if found is None:
        raise NotFound("no trial is under way", do="design one first, on the page Trial")
    return found


@router.get("/trial/kit")
def kit(request: Request) -> Response:
    """Show what the helper does and what can be printed."""
    return _shown(request, Filled({"time": ["21:00"]}))


def _shown(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    kept = the_trial(state)
    sealed = kept.record.sealed is not None and kept.record.order is None
    return page(
        request,
        "trial_kit.html",
        status=status,
        place="trial",
        kept=kept,
        plan=kept.record.plan,
        sealed=sealed,
        commitment=kept.record.sealed.commitment if kept.record.sealed else "",
        order=order_rows(kept),
        form=form,
        errors=tuple(form.errors),
    )


@router.get("/trial/kit/{name}")
def document(request: Request, name: str) -> Response:
    """Send one document of the kit; the calendar for nine in the evening."""
    return _send(state_of(request), name, EVENING)


@router.post("/trial/kit/calendar.ics")
def calendar(request: Request, form: Form) -> Response:
    """Send the calendar with the time of the evening that was chosen."""
    hour = form.clock("time")
    if form.errors:
        return _shown(request, form, status=422)
    at = EVENING if hour is None else dt.time(int(hour), round(60 * (hour % 1)))
    return _send(state_of(request), "calendar.ics", at)


def _send(state: State, name: str, at: dt.time) -> Response:
    the_trial(state)
    folder = state.uploads.new_folder()
    try:
        found = {path.name: path for path in write_kit(state.store, folder, at=at)}
        if name not in KINDS or name not in found:
            raise NotFound("the kit holds no such document", do="see the page of the kit")
        return file_answer(found[name].read_bytes(), name=name, kind=KINDS[name])
    finally:
        state.uploads.drop(folder)


def file_answer(data: bytes, *, name: str, kind: str, inline: bool = False) -> Response:
    """Return a file to be kept, or shown at once; `name` is one of ours."""
    how = "inline" if inline else "attachment"
    return Response(data, media_type=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})


@router.post("/trial/envelope")
def envelope(request: Request, form: Form) -> Response:
    """For the helper alone: show which bottle holds what, ready to print; nothing of it stays here."""
    state = state_of(request)
    the_trial(state)
    folder = state.uploads.new_folder()
    try:
        path = write_envelope(
            state.store, Path(folder) / "envelope.pdf", form.values.get("passphrase", [""])[-1], now=state.now()
        )
        return file_answer(path.read_bytes(), name="envelope.pdf", kind="application/pdf", inline=True)
    except RangeError:
        form.wrong("passphrase", _("This is not the passphrase of this trial, or the clock was set back."))
        form.values = {"time": ["21:00"]}
        return _shown(request, form, status=422)
    finally:
        state.uploads.drop(folder)
