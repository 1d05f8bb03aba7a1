"""The way in: the start secret is exchanged once for a session."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from noctiflora.web._errors import answer
from noctiflora.web._guard import Keys
from noctiflora.web._words import say as _

router = APIRouter(include_in_schema=False)


@router.get("/start/{secret}")
def start(request: Request, secret: str) -> Response:
    """Exchange the secret for a cookie and lead on to a clean address."""
    keys = request.app.state.keys
    assert isinstance(keys, Keys)
    if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        return Response(status_code=503)
    held = request.cookies.get(keys.cookie, "")
    session = held if held and keys.holds(held) else keys.exchange(secret)
    if session is None:
        what = _("This start address was used already, or is of an earlier start. Start the app again for a new one.")
        return answer(request, 403, what=what)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(keys.cookie, session, httponly=True, samesite="strict", path="/")
    return response
