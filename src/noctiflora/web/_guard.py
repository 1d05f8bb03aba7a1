"""The guard before every route: who may ask, from where, how much, and what each answer carries."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address

from itsdangerous import BadSignature, Signer
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_VERBS = frozenset({"GET", "HEAD"})
VERBS = SAFE_VERBS | {"POST"}
OPEN_PATHS = ("/static/", "/start/")
"""What is answered without a session: nothing of the person's."""
MOST_FORM_BYTES = 256 * 1024
MOST_UPLOAD_BYTES = 2 * 1024**3
UPLOAD_PATHS = frozenset({"/data/upload", "/data/restore", "/gut/upload", "/evidence/add"})
"""Routes that take files; every other body is a small form."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
ANSWER_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class Keys:
    """The start secret and the signing key of one process; neither outlives it.

    Parameters
    ----------
    port : int
        Part of the cookie's name, since browsers share cookies between ports.
    """

    def __init__(self, port: int) -> None:
        self.start = secrets.token_urlsafe(32)
        self.cookie = f"noctiflora_{port}"
        self._used = False
        self._signer = Signer(secrets.token_bytes(32), salt="noctiflora session")

    def exchange(self, secret: str) -> str | None:
        """Return a session for the start secret, once; None where it is wrong or spent."""
        if self._used or not secrets.compare_digest(secret.encode(), self.start.encode()):
            return None
        self._used = True
        return self.session()

    def session(self) -> str:
        """Return a new session's cookie value."""
        return self._signer.sign(secrets.token_urlsafe(16)).decode()

    def holds(self, value: str) -> bool:
        """Return whether a cookie is one of ours."""
        try:
            self._signer.unsign(value)
        except BadSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not let through."""

    status: int
    why: str


class Guard:
    """Lets through what this machine's own browser asks; adds the headers of every answer.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    port : int
        The port of the allowed hosts.
    keys : Keys
        Of the session.
    refuse : callable
        Makes the answer to what is not let through, and to faults of ours.
    """

    def __init__(self, app: ASGIApp, *, port: int, keys: Keys, refuse: Callable[[Scope, int, str], ASGIApp]) -> None:
        self._app = app
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._keys = keys
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _dress(message)
            await send(message)

        refusal = self._check(scope)
        if refusal is not None:
            await self._refuse(scope, refusal.status, refusal.why)(scope, receive, answer)
            return
        try:
            await self._app(scope, _bounded(receive, _most(scope["path"])), answer)
        except HTTPException as error:
            if not started:
                await self._refuse(scope, error.status_code, "")(scope, receive, answer)
        except Exception as error:
            _log_fault(error)
            if started:
                raise
            await self._refuse(scope, 500, type(error).__name__)(scope, receive, answer)

    def _check(self, scope: Scope) -> Refusal | None:
        """Return why a request must not go on, or None."""
        headers = Headers(scope=scope)
        if not _loopback(scope) or headers.getlist("host") not in [[h] for h in self._hosts]:
            return Refusal(421, "host")
        if scope["method"] not in VERBS:
            return Refusal(405, "verb")
        foreign = _foreign(scope["method"], headers)
        if foreign is not None:
            return foreign
        length = headers.get("content-length")
        if length is not None and (not length.isdecimal() or int(length) > _most(scope["path"])):
            return Refusal(413, "size")
        if not scope["path"].startswith(OPEN_PATHS) and not self.knows(headers):
            return Refusal(403, "session")
        return None

    def knows(self, headers: Headers) -> bool:
        """Return whether the request carries our session."""
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = jar.get(self._keys.cookie)
        return found is not None and self._keys.holds(found.value)


def _loopback(scope: Scope) -> bool:
    client = scope.get("client")
    try:
        return client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        return False


def _foreign(verb: str, headers: Headers) -> Refusal | None:
    """Refuse what another site asks, frames, or sends."""
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    if headers.get("sec-fetch-dest") in {"iframe", "frame", "object", "embed"}:
        return Refusal(403, "frame")
    if verb in SAFE_VERBS:
        # A link on another page may lead here; it finds no session, because the cookie is strict.
        return None if site in {None, "same-origin", "none"} or mode == "navigate" else Refusal(403, "site")
    own = f"http://{headers.get('host')}"
    origin = headers.get("origin")
    # Under our own referrer policy some browsers call the origin of a form "null"; then, and where there is
    # none, the browser must vouch for it.
    trusted = origin == own or (origin in {None, "null"} and site == "same-origin")
    return None if trusted and site in {None, "same-origin"} else Refusal(403, "site")


def _most(path: str) -> int:
    return MOST_UPLOAD_BYTES if path in UPLOAD_PATHS else MOST_FORM_BYTES


def _bounded(receive: Receive, most: int) -> Callable[[], Awaitable[Message]]:
    """Return a receiver that ends a body which grows past its bound."""
    total = 0

    async def bounded() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise HTTPException(413)
        return message

    return bounded


def _dress(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in ANSWER_HEADERS.items():
        headers[name] = value
    # Only our own style, script and icons may be kept by a browser; they say so themselves.
    headers.setdefault("Cache-Control", "no-store")


def _log_fault(error: Exception) -> None:
    """Log where a fault of ours arose; its text may hold a person's values and is left out."""
    import logging

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "unknown" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    logging.getLogger("noctiflora.web").error("fault %s at %s", type(error).__name__, where)
