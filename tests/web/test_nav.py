"""The navigation."""

import pytest
from starlette.testclient import TestClient

from noctiflora.web._nav import NAV, shown


def test_only_places_that_exist_are_linked() -> None:
    assert [link.key for link in shown(frozenset({"/", "/trial"}))] == ["today", "trial"]


@pytest.mark.parametrize("link", NAV, ids=lambda link: link.key)
def test_every_link_that_is_shown_leads_to_a_page_that_knows_its_place(client: TestClient, link: object) -> None:
    path, key = link.path, link.key  # type: ignore[attr-defined]
    if path not in client.app.state.paths:  # type: ignore[attr-defined]
        assert f'href="{path}"' not in client.get("/").text
        return
    page = client.get(path)
    assert page.status_code == 200, key
    assert f'<a href="{path}" aria-current="page">' in page.text
