"""Hostile text in every field that shows text again."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import sign_in, wait_for_job
from tests.web.season_app import season_app

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)//<a href=javascript:alert(1)>",
    "{{ 7*7 }}<b>{% raw %}",
    "<style>body{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "\u202e<form action=//evil.example>",
    "%3Cscript%3E<script >alert(1)</script >",
    "<!--<img src=--><img src=x onerror=alert(1)//>",
)
OPENINGS = (
    "<script>alert",
    "<script >",
    "<img ",
    "<svg onload",
    "<iframe",
    "<style>",
    "<form action=//",
    "onfocus=alert(1) x='\"",
)


def clean(text: str) -> bool:
    """Return whether nothing of the corpus stands there as mark-up."""
    return not any(opening in text for opening in OPENINGS) and "49<b>" not in text


@pytest.mark.parametrize("text", CORPUS)
def test_a_reason_for_a_missing_night(tmp_path: Path, text: str) -> None:
    with sign_in(season_app(tmp_path / "x.sqlite")) as client:
        assert client.post("/today/skip", data={"other": text}).status_code == 200
        for path in ("/", "/trial", "/today/skip"):
            assert clean(client.get(path).text), path
        long = client.post("/today/skip", data={"other": text * 200})
        assert long.status_code == 422
        assert clean(long.text)


@pytest.mark.parametrize("text", CORPUS)
def test_fields_that_are_refused_and_shown_again(client: TestClient, text: str) -> None:
    answers = [
        client.post("/settings/zone", data={"zone": text}),
        client.post("/today", data={"bed_time_h": text, "stress": text, "quality": text, "seen": text, "back": text}),
        client.post("/data/erase", data={"word": text}),
        client.get("/", params={"said": text}),
        client.get("/nights", params={"screen": text}),
        client.get(f"/jobs/{text.replace('/', '')}"),
        client.get(f"/{text.replace('/', '')}"),
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert clean(answer.text), answer.url


@pytest.mark.parametrize("text", CORPUS)
def test_two_versions_of_a_morning(client: TestClient, text: str) -> None:
    client.post("/today", data={"quality": "0"})
    met = client.post("/today", data={"quality": "10", "seen": "0" * 16, text: text})
    assert met.status_code == 409
    assert clean(met.text)


@pytest.mark.parametrize("text", CORPUS)
def test_what_an_export_calls_its_device(new_client: TestClient, text: str) -> None:
    name = "".join(c for c in text if c not in '"\r\n')
    sent = new_client.post("/data/upload", files={"files": (f"{name}.csv", f"date,x\n{text},1\n".encode())})
    page = wait_for_job(new_client, sent.url.path)
    assert clean(new_client.get(page).text)
