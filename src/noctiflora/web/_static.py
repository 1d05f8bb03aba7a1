"""Style, script and icons: our own files, held in memory, addressed by their hash."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from noctiflora.core import NotFound

FOR_GOOD = "private, max-age=31536000, immutable"
router = APIRouter(include_in_schema=False)
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file as it is served."""

    body: bytes
    kind: str
    version: str


@cache
def assets() -> dict[str, Asset]:
    """Return everything that is served as a file, by name.

    The stylesheet and the script are written in one file a component and served as one each.
    """
    here = files("noctiflora.web") / "static"
    style = files("noctiflora.report") / "style"
    # Pages and reports look alike because they share these; what is laid over a chart comes last.
    tokens, ground, marks = ((style / f"{name}.css").read_bytes() for name in ("tokens", "ground", "marks"))
    css = [p.read_bytes() for p in sorted((here / "css").iterdir(), key=lambda p: p.name) if p.name.endswith(".css")]
    js = [p.read_bytes() for p in sorted((here / "js").iterdir(), key=lambda p: p.name) if p.name.endswith(".js")]
    found = {"noctiflora.css": b"\n".join([tokens, ground, *css, marks]), "noctiflora.js": b"\n".join(js)}
    for path in here.iterdir():
        if path.name.endswith(".svg"):
            found[path.name] = path.read_bytes()
    return {
        name: Asset(body=body, kind=_KINDS[name.rsplit(".", 1)[1]], version=hashlib.sha256(body).hexdigest()[:12])
        for name, body in found.items()
    }


def asset_path(name: str) -> str:
    """Return the address of a file; it changes with the file."""
    return f"/static/{assets()[name].version}/{name}"


@router.get("/static/{version}/{name}")
def static(version: str, name: str) -> Response:
    """Serve one of our files."""
    found = assets().get(name)
    if found is None or found.version != version:
        raise NotFound("there is no such file", do="load the page again")
    return Response(found.body, media_type=found.kind, headers={"Cache-Control": FOR_GOOD})
