"""The claims ledger: every claim, and views of it with addresses of their own."""

import pytest

from noctiflora.evidence import load
from tests.web.conftest import Live, Opened, TestClient, axe_violations


def test_every_claim_stands_with_what_may_be_said_instead(client: TestClient) -> None:
    page = client.get("/claims").text
    for claim in load().claims:
        assert f'<tr id="{claim.claim_id}">' in page
    assert page.count("What was found, and sources") == len(load().claims)
    assert "How long does it take until I notice anything?" in page
    assert len(page.encode()) < 150_000


@pytest.mark.parametrize("status", ["supported", "partly", "contested", "unsupported", "not testable"])
def test_a_view_holds_just_its_claims(client: TestClient, status: str) -> None:
    page = client.get(f"/claims?status={status.replace(' ', '-')}").text
    held = [c.claim_id for c in load().claims if f'<tr id="{c.claim_id}">' in page]
    assert held == [c.claim_id for c in load().claims if c.status.value == status]
    assert 'aria-current="true"' in page


def test_certainty_and_words_narrow_it_further(client: TestClient) -> None:
    page = client.get("/claims?certainty=very-low&find=insomnia").text
    held = [c.claim_id for c in load().claims if f'<tr id="{c.claim_id}">' in page]
    assert "C01" in held
    assert all(c.certainty.value == "very low" for c in load().claims if c.claim_id in held)
    assert "No claim fits" in client.get("/claims?find=zzzz").text


def test_hostile_words_are_text_and_unknown_views_are_not_found(client: TestClient) -> None:
    assert "<script>x" not in client.get("/claims", params={"find": '"><script>x'}).text
    assert client.get("/claims?status=nonsense").status_code == 404
    assert client.get("/claims?certainty=nonsense").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, "/claims?status=contested", theme=theme, width=320)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
