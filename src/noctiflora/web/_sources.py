"""Sources: which record each night is told by, and the wish to take another."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import change_stamp, explain_nights, prefer_source, preference, remember
from noctiflora.core import RangeError
from noctiflora.web._form import Filled, Form
from noctiflora.web._page import day, go, page
from noctiflora.web._state import state_of
from noctiflora.web._trial_words import refuse
from noctiflora.web._warm import warm
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)
SHOWN = 28
"""Records listed, the newest first."""
AUTOMATIC = "auto"


@router.get("/nights/sources")
def ask(request: Request) -> Response:
    """Show the records of the newest nights, the chosen one of each first."""
    return _shown(request, Filled({}))


@router.post("/nights/sources")
def keep(request: Request, form: Form) -> Response:
    """Take one source for every night that has it, or leave it to the rule again."""
    state = state_of(request)
    try:
        prefer_source(state.store, form.text("source") or AUTOMATIC)
    except RangeError as error:
        refuse(form, "source", error)
        return _shown(request, form, status=422)
    warm(state)
    return go("/nights/sources", said="saved")


def _shown(request: Request, form: Filled, *, status: int = 200) -> Response:
    state = state_of(request)
    today = state.today()
    stamp = change_stamp(state.store)
    found = remember(state.store, ("why", today), stamp, lambda: explain_nights(state.store, today=today))
    dates = sorted({row.date for row in found}, reverse=True)
    newest = [row for date in dates[:SHOWN] for row in found if row.date == date]
    rows = tuple(
        (
            day(row.date, year=True),
            row.source,
            _("not known") if row.tst_min is None else f"{round(row.tst_min) // 60} h {round(row.tst_min) % 60:02d}",
            _("Shown: %(reason)s", reason=row.reason) if row.chosen else _("Not shown: %(reason)s", reason=row.reason),
        )
        for row in newest[:SHOWN]
    )
    return page(
        request,
        "sources_of_nights.html",
        status=status,
        place="nights",
        rows=rows,
        choices=[(AUTOMATIC, _("Leave it to the rule")), *((s, s) for s in sorted({r.source for r in found}))],
        chosen=preference(state.store).always or AUTOMATIC,
        errors=tuple(form.errors),
    )
