"""Blinding: what any page says before the lock is the same whatever the order."""

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from noctiflora.actions import running_trial
from noctiflora.web._routes import ROUTERS
from tests.web.conftest import sign_in
from tests.web.season_app import NIGHT, season_app

PATHS = sorted(
    route.path
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.methods == {"GET"} and "{" not in route.path
)


def pages(path: Path, order: str, night: int) -> dict[str, tuple[int, bytes, tuple[tuple[str, str], ...]]]:
    """Return what every page of a season answers, the random fingerprint of the seal struck out."""
    app = season_app(path, order=order, night=night)
    found = {}
    with sign_in(app) as client:
        kept = running_trial(app.state.noctiflora.store)
        assert kept is not None
        assert kept.record.sealed is not None
        mark = kept.record.sealed.commitment.encode()
        for page in PATHS:
            answer = client.get(page)
            body = answer.content.replace(mark, b"x" * len(mark))
            if page == "/data/check":
                body = re.sub(rb"\d+", b"0", body)  # how much room the disk has left changes by itself
            found[page] = (answer.status_code, body, tuple(sorted(answer.headers.items())))
    path.unlink()
    return found


@pytest.mark.parametrize("night", [1, NIGHT])
def test_twin_seasons_give_the_same_bytes_on_every_page(tmp_path: Path, night: int) -> None:
    first, second = (pages(tmp_path / "x.sqlite", order, night) for order in ("CPPCCP", "PCCPPC"))
    assert len(first) >= 12
    for page, answer in first.items():
        assert answer == second[page], page
        assert answer[0] < 500, page
