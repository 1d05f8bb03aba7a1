"""Settings, and the list of all places."""

import pytest
from starlette.testclient import TestClient

from noctiflora.web._nav import NAV
from tests.web.conftest import Live, Opened, axe_violations, make, sign_in


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_appearance_is_kept_in_the_browser(client: TestClient, theme: str) -> None:
    page = client.post("/settings/theme", data={"theme": theme}).text
    assert f'data-theme="{theme}"' in page
    assert "Saved." in page
    assert "data-theme" not in client.post("/settings/theme", data={"theme": ""}).text


def test_a_theme_that_is_none_is_as_the_device(client: TestClient) -> None:
    assert "data-theme" not in client.post("/settings/theme", data={"theme": "x; Domain=evil"}).text


def test_a_zone_is_saved_used_and_taken_back(tmp_path: object) -> None:
    app = make(tmp_path / "x.sqlite")  # type: ignore[operator]
    state = app.state.noctiflora
    state.zone = None
    with sign_in(app) as client:
        client.post("/settings/zone", data={"zone": "Asia/Tokyo"})
        assert state.zone_name == "Asia/Tokyo"
        assert 'value="Asia/Tokyo"' in client.get("/settings").text
        assert "Your time zone is not known" not in client.get("/?start=1").text
        client.post("/settings/zone", data={"zone": ""})
        assert state.zone_name is None
        assert "Your time zone is not known" in client.get("/?start=1").text


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "<script>", "Europe/Berlin\x00"])
def test_what_is_no_zone_is_said(client: TestClient, name: str) -> None:
    answer = client.post("/settings/zone", data={"zone": name})
    assert answer.status_code == 422
    assert "no time zone we know" in answer.text
    assert "<script>" not in answer.text.partition("<body")[2]


def test_more_lists_what_has_no_room_in_the_bar(client: TestClient) -> None:
    page = client.get("/more").text.partition("more-list")[2]
    paths = client.app.state.paths  # type: ignore[attr-defined]
    for link in NAV:
        assert (f'<li><a href="{link.path}">' in page) == (link.wide and link.path in paths)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/settings", "/more"])
def test_the_pages_are_open_to_all(live: Live, open_page: Opened, path: str, theme: str) -> None:
    assert axe_violations(open_page(live, path, theme=theme)) == []
