"""Budgets of a page: its weight with style and script, and how many requests it makes."""

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from noctiflora.web._routes import ROUTERS
from noctiflora.web._static import assets

MOST_BYTES = 200_000
"""Of a page with everything it loads, uncompressed."""
PAGES = sorted(
    route.path
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    and route.methods == {"GET"}
    and "{" not in route.path
    and not route.path.startswith(("/api", "/data/nights"))
    and not route.path.endswith((".pdf", ".csv", ".json", ".ics"))
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_and_loads_only_its_style_script_and_icon(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {200, 403, 404}
    if "html" not in answer.headers["content-type"]:
        return
    loaded = len(answer.content) + sum(len(asset.body) for asset in assets().values())
    assert loaded <= MOST_BYTES
    assert answer.text.count("<link ") == 2
    assert answer.text.count("<script ") == 1
    assert " style=" not in answer.text
    assert answer.text.count("<h1") == 1
