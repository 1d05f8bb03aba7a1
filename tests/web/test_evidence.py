"""The page of evidence: every product, and the person's own additions checked before they are kept."""

import json
from html import unescape
from importlib.resources import files

import pytest

from noctiflora.evidence import load, pool
from noctiflora.store import Store
from noctiflora.web._evidence import pooled_page
from tests.web.conftest import Live, Opened, TestClient, axe_violations, wait_for_job

EXAMPLE = (files("noctiflora.evidence") / "data/additions/examples/trial.json").read_bytes()


def send(client: TestClient, data: bytes, name: str = "new.json") -> str:
    """Send a file of additions and return the path of what was found."""
    answer = client.post("/evidence/add", files={"file": (name, data)}, follow_redirects=False)
    assert answer.status_code == 303
    return wait_for_job(client, answer.headers["location"])


def test_products_without_a_difference_stand_beside_the_others(client: TestClient) -> None:
    page = client.get("/evidence").text
    for strain in pool(load()).strains:
        assert page.count(f"{strain.label[1:]}</a>".replace("'", "&#39;")) >= 1
    assert "only “not significant”" in page
    assert "nothing usable" in page
    assert "−0.0" not in page


def test_additions_are_checked_then_kept_then_forgotten(client: TestClient, store: Store) -> None:
    path = send(client, EXAMPLE)
    page = client.get(path).text
    assert "EXAMPLE_TRIAL" in page
    assert "→" in page
    assert not store.evidence.list()
    kept = client.post(f"{path}/keep").text
    assert "EXAMPLE_TRIAL" in kept
    assert [d.addition_id for d in store.evidence.list()] == ["EXAMPLE_TRIAL"]
    assert "added by you" in client.get("/evidence/strains/lactiplantibacillus-plantarum-ps128").text
    client.post("/evidence/remove", data={"id": "EXAMPLE_TRIAL"})
    assert not store.evidence.list()
    assert client.post("/evidence/remove", data={"id": "EXAMPLE_TRIAL"}).status_code == 404


def test_what_is_refused_says_why_and_hostile_text_is_text(client: TestClient, store: Store) -> None:
    document = json.loads(EXAMPLE)
    document["entries"][0]["id"] = "<script>alert(1)</script>"
    document["entries"][0]["year"] = 3000
    path = send(client, json.dumps(document).encode(), "<b>.json")
    page = client.get(path).text
    assert "Refused, and why" in page
    assert "<script>alert" not in page
    assert "Keep what fits" not in page
    client.post(f"{path}/drop")
    assert client.get(path).status_code == 404
    assert not store.evidence.list()


def test_no_file_and_no_document_are_told(client: TestClient) -> None:
    assert "No file was chosen" in client.post("/evidence/add", files={"file": ("", b"")}).text
    path = send(client, b"\x00\xff not json")
    assert "alert" in client.get(path).text or "cannot" in unescape(client.get(path).text)


def test_the_same_evidence_is_worked_out_once() -> None:
    assert pooled_page(load()) is pooled_page(load())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, "/evidence", theme=theme, width=320)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
