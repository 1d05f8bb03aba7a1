"""Today: the morning entry and what is next."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from noctiflora.web._page import page
from noctiflora.web._state import state_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def today(request: Request) -> Response:
    """Show today's page."""
    state = state_of(request)
    return page(request, "today.html", place="today", date=state.today())
