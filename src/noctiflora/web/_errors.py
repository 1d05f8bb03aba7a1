"""Errors as answers: one table from what went wrong to status, page and JSON."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Scope

from noctiflora.core import (
    DesignError,
    EvidenceError,
    GateClosed,
    InputError,
    MigrationNeeded,
    MissingExtra,
    ModelError,
    NoctifloraError,
    NotFound,
    StoreBusy,
    StoreDamaged,
    StoreError,
)
from noctiflora.store import StoreConflict, StoreForeign, StoreFull, StoreReadOnly, StoreUnreachable
from noctiflora.web._page import page
from noctiflora.web._words import say as _

STATUS: Mapping[type[NoctifloraError], int] = MappingProxyType(
    {
        NotFound: 404,
        StoreConflict: 409,
        GateClosed: 403,
        InputError: 422,
        EvidenceError: 422,
        ModelError: 422,
        DesignError: 422,
        MissingExtra: 501,
        StoreBusy: 503,
        StoreReadOnly: 503,
        StoreUnreachable: 503,
        StoreForeign: 503,
        StoreDamaged: 503,
        MigrationNeeded: 503,
        StoreFull: 507,
        StoreError: 500,
        NoctifloraError: 500,
    }
)
"""The nearest class upwards counts."""


def status_of(error: NoctifloraError) -> int:
    """Return the HTTP status of an error of our tree.

    Examples
    --------
    >>> status_of(NotFound("there is no such night"))
    404
    """
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def sentence(error: NoctifloraError) -> str:
    """Return an error as a whole sentence; a remedy that is a command is left out, for the page names its own."""
    remedy = None if "noctiflora " in (error.do or "") else error.do
    text = str(NoctifloraError(error.what, where=error.where, found=error.found, do=remedy))
    return f"{text[:1].upper()}{text[1:]}."


def _titles() -> dict[int, str]:
    return {
        400: _("This was not understood"),
        403: _("This page is not open to that request"),
        404: _("There is nothing here"),
        405: _("This is not how this page works"),
        409: _("Two changes met"),
        413: _("This is too large"),
        421: _("This address is not ours"),
        422: _("This does not fit yet"),
        500: _("This is a fault of ours"),
        501: _("A part is not installed"),
        503: _("Your database cannot be reached just now"),
        507: _("The disk is full"),
    }


def _safe(status: int) -> str:
    if status == 507:
        return _("Everything saved before is safe. What you just entered was not saved.")
    if status in {409, 413, 422, 503}:
        return _("Nothing was changed. Everything saved before is safe.")
    return _("Your data are safe; nothing was changed.")


def _remedies() -> dict[int, str]:
    return {
        400: _("Go back and try once more."),
        403: _("Open the app with the address that was printed when it started."),
        404: _("Go to today’s page, or use the navigation."),
        405: _("Go to today’s page, or use the navigation."),
        409: _("Go back and load the page again: it shows what is there now. Then make your change again if you like."),
        413: _("Choose a smaller file: at most 2 GB. Most apps can export a shorter span of time."),
        421: _("Use the address that was printed when the app started."),
        422: _("Go back; what you entered is still there. Change it and send it again."),
        500: _("Try once more. If it happens again, report what you did and the kind of fault named below."),
        501: _("Install it as said above, then start the app again."),
        503: _("Close other programs that use it, wait a moment, then load this page again."),
        507: _("Free some space on this computer, then go back and save again."),
    }


def answer(request: Request, status: int, *, what: str = "", details: str = "") -> Response:
    """Return the designed page, or the JSON form under ``/api``, of something that went wrong."""
    title = _titles().get(status, _titles()[500 if status >= 500 else 400])
    remedy = _remedies().get(status, _remedies()[500 if status >= 500 else 400])
    if request.url.path.startswith("/api"):
        body = {"error": {"status": status, "title": title, "what": what or title, "do": remedy}}
        return JSONResponse(body, status_code=status)
    values = {"title": title, "what": what, "safe": _safe(status), "remedy": remedy, "details": details}
    return page(request, "error.html", status=status, **values)


def add_handlers(app: FastAPI) -> None:
    """Make every error of our tree, and every refusal of the framework, a designed answer."""

    def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, NoctifloraError)
        return answer(request, status_of(error), what=sentence(error))

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return answer(request, error.status_code)

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fields = ", ".join(sorted({str(e["loc"][-1])[:40] for e in error.errors()}))
        return answer(request, 422, what=_("Not understood: %(fields)s.", fields=fields))

    app.add_exception_handler(NoctifloraError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def refuser(app: FastAPI) -> "Refuse":
    """Return what makes the guard's refusals into pages of `app`."""
    return Refuse(app)


class Refuse:
    """Makes the answer to what the guard does not let through, and to faults of ours.

    Parameters
    ----------
    app : FastAPI
        Whose pages are shown.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def __call__(self, scope: Scope, status: int, why: str) -> ASGIApp:
        """Return the answer; `why` is a word of ours, or the kind of a fault."""
        request = Request({**scope, "app": self._app})
        if status == 403 and why == "session":
            what = _("This browser is not signed in. The address printed at the start works once, in one browser.")
        elif status == 403:
            what = _("The request came from another site or from inside a frame, so it was not let through.")
        else:
            what = ""
        return answer(request, status, what=what, details=why if status == 500 else "")
