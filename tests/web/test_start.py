"""The way in."""

from pathlib import Path

from starlette.testclient import TestClient

from tests.web.conftest import PORT, make, raw_client


def test_the_address_gives_a_strict_cookie_and_a_clean_address(blank: Path) -> None:
    app = make(blank)
    with raw_client(app) as client:
        answer = client.get(f"/start/{app.state.keys.start}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert cookie.startswith(f"noctiflora_{PORT}=")
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert app.state.keys.start not in answer.headers["set-cookie"]


def test_the_address_works_once_and_for_the_same_browser_again(blank: Path) -> None:
    app = make(blank)
    path = f"/start/{app.state.keys.start}"
    with raw_client(app) as client:
        assert client.get(path).status_code == 200
        assert client.get(path).status_code == 200  # signed in already
        second = raw_client(app).get(path)
        assert second.status_code == 403
        assert "used already" in second.text


def test_a_browser_that_looks_ahead_does_not_spend_the_address(blank: Path) -> None:
    app = make(blank)
    path = f"/start/{app.state.keys.start}"
    with raw_client(app) as client:
        assert client.get(path, headers={"sec-purpose": "prefetch;prerender"}).status_code == 503
        assert client.get(path).status_code == 200


def test_a_wrong_secret_opens_nothing(client: TestClient) -> None:
    bare = raw_client(client.app)  # type: ignore[arg-type]
    assert bare.get("/start/" + "A" * 43).status_code == 403
    assert not bare.cookies
