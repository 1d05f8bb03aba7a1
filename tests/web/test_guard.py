"""The guard: hosts, sites, verbs, sizes, sessions and the headers of every answer."""

import pytest
from starlette.testclient import TestClient

from noctiflora.web._guard import ANSWER_HEADERS, MOST_FORM_BYTES, Keys, _most
from tests.web.conftest import PORT, make, raw_client, sign_in

OWN = f"http://127.0.0.1:{PORT}"


def test_the_start_secret_is_exchanged_once() -> None:
    keys = Keys(1)
    assert keys.exchange("wrong") is None
    session = keys.exchange(keys.start)
    assert session is not None
    assert keys.holds(session)
    assert keys.exchange(keys.start) is None
    assert not Keys(1).holds(session)
    assert not keys.holds(("A" if session[0] != "A" else "B") + session[1:])


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"127.0.0.1.evil.example:{PORT}",
     f"LOCALHOST:{PORT}", f"127.1:{PORT}",
     f"[::1]:{PORT}", f"0.0.0.0:{PORT}", "", f"localhost:{PORT}@evil.example", f"localhost.:{PORT}"],
)  # fmt: skip
def test_only_exact_hosts_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


def test_localhost_is_a_host_of_ours(client: TestClient) -> None:
    # The cookie belongs to the other name, so there is no session: refused, but not as a foreign host.
    assert client.get(f"http://localhost:{PORT}/").status_code == 403


def test_only_this_machine_is_answered(client: TestClient) -> None:
    away = TestClient(client.app, base_url=OWN, cookies=client.cookies, client=("192.168.1.20", 4000))
    assert away.get("/").status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": f"http://127.0.0.1:{PORT + 1}", "sec-fetch-site": "same-site"},
        {"origin": OWN, "sec-fetch-site": "same-site"},
        {"origin": f"https://127.0.0.1:{PORT}", "sec-fetch-site": "same-origin"},
        {"origin": f"http://localhost:{PORT}", "sec-fetch-site": "same-origin"},
        {"origin": "", "sec-fetch-site": "none"},
        {"origin": OWN, "sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe"},
    ],
)
def test_another_site_cannot_send(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/today", data={"quality": "3"}, headers=headers)
    assert answer.status_code == 403


def test_without_any_sign_of_the_site_nothing_is_sent(client: TestClient) -> None:
    for name in ("origin", "sec-fetch-site"):
        del client.headers[name]
    assert client.post("/today", data={}).status_code == 403


@pytest.mark.parametrize("dest", ["iframe", "frame", "object", "embed"])
def test_no_page_is_framed(client: TestClient, dest: str) -> None:
    assert client.get("/", headers={"sec-fetch-dest": dest, "sec-fetch-mode": "navigate"}).status_code == 403


def test_another_site_cannot_read_by_script(client: TestClient) -> None:
    assert client.get("/", headers={"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}).status_code == 403


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_other_verbs_are_refused(client: TestClient, verb: str) -> None:
    assert client.request(verb, "/").status_code == 405


def test_without_a_session_nothing_is_shown(client: TestClient) -> None:
    bare = raw_client(client.app)  # type: ignore[arg-type]
    for path in ("/", "/nights", "/data", "/api/nights", "/api/openapi.json", "/nothing"):
        assert bare.get(path).status_code == 403, path


@pytest.mark.parametrize("cookie", ["x", "a.b", "=;=;", '"\\', "ü", "x" * 5000])
def test_a_made_up_cookie_is_no_session(client: TestClient, cookie: str) -> None:
    bare = raw_client(client.app)  # type: ignore[arg-type]
    header = f"noctiflora_{PORT}={cookie}".encode()
    assert bare.get("/", headers={b"cookie": header}).status_code == 403


def test_a_large_form_is_refused_before_and_while_it_comes(client: TestClient) -> None:
    assert client.post("/today", content=b"x" * (MOST_FORM_BYTES + 1)).status_code == 413
    pieces = (b"x" * 65536 for _ in range(8))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/today", content=pieces, headers=kind).status_code == 413
    assert client.post("/today", content=b"", headers={"content-length": "-1"}).status_code == 413


def test_only_upload_routes_take_more() -> None:
    assert _most("/data/upload") > MOST_FORM_BYTES == _most("/data/uploads")


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/0/x.css", "/start/wrong"])
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in ANSWER_HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in ANSWER_HEADERS["Content-Security-Policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_fault_of_ours_shows_its_kind_and_not_its_text(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from noctiflora.web import _today

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("slept 3 h 12")

    monkeypatch.setattr(_today, "page", broken)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "3 h 12" not in answer.text + caplog.text


def test_two_apps_do_not_share_sessions(client: TestClient, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = make(tmp_path_factory.mktemp("other") / "x.sqlite")
    with sign_in(other) as theirs:
        cookies = theirs.cookies
    stranger = raw_client(client.app)  # type: ignore[arg-type]
    stranger.cookies = cookies
    assert stranger.get("/").status_code == 403
