"""The page that stands before a design or a start while a safety question is in the way."""

from starlette.requests import Request
from starlette.responses import Response

from noctiflora.actions import open_questions, review_gates
from noctiflora.plan import Door, GateState, Scope
from noctiflora.web._page import page
from noctiflora.web._state import state_of
from noctiflora.web._words import say as _


def safety_stop(request: Request, *, start: bool) -> Response | None:
    """Return the page shown in place of what was asked, or None where nothing is in the way.

    Parameters
    ----------
    request : Request
        What is answered.
    start : bool
        Whether a trial would start; a design is arithmetic and needs the answers only.
    """
    state = state_of(request)
    gates = review_gates(state.store, today=state.today())
    if gates.crisis:
        urgent = tuple(s for s in gates.states if s.urgency == "crisis" and s.message)
        return _shown(request, kind="help", title=_("First: help"), states=urgent)
    waiting = open_questions(state.store, today=state.today())
    if waiting:
        return _shown(request, kind="open", title=_("A few safety questions first"), states=())
    if start and gates.doors[Scope.TRIAL_START] is not Door.OPEN:
        told = tuple(
            s for s in gates.states if s.message and s.doors.get(Scope.TRIAL_START, Door.OPEN) is not Door.OPEN
        )
        return _shown(request, kind="shut", title=_("A trial cannot start yet"), states=told)
    return None


def option_stop(request: Request, name: str, reason: str) -> Response:
    """Return the page shown where the safety questions close one option."""
    return _shown(request, kind="option", title=_("%(name)s is not open to you", name=name), states=(), reason=reason)


def _shown(request: Request, *, kind: str, title: str, states: tuple[GateState, ...], reason: str = "") -> Response:
    values = {"kind": kind, "title": title, "states": states, "reason": reason}
    return page(request, "trial_gate.html", status=403, place="trial", **values)
