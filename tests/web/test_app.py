"""The making of the app."""

from pathlib import Path

from fastapi.routing import APIRoute

from noctiflora.web._routes import ROUTERS
from tests.web.conftest import make, sign_in


def test_every_route_reads_or_is_a_form() -> None:
    verbs = {
        verb for router in ROUTERS for route in router.routes if isinstance(route, APIRoute) for verb in route.methods
    }
    assert verbs <= {"GET", "HEAD", "POST"}


def test_nothing_under_api_writes() -> None:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path.startswith("/api"):
                assert route.methods == {"GET"}, route.path


def test_the_store_is_opened_late_and_closed_at_the_end(blank: Path) -> None:
    app = make(blank)
    with sign_in(app):
        pass
    assert app.state.noctiflora.shelf._store is None
