"""The pages of stool tests: read before they are kept, overruled, refused, compared."""

from html import unescape

import pytest

from noctiflora.actions import kept_guts
from noctiflora.store import Store
from tests.web.conftest import Live, Opened, TestClient, axe_violations, wait_for_job
from tests.web.test_gut_view import GENERA, table

LATER = {**GENERA, "Faecalibacterium": 300}
FEW = {name: max(reads // 100, 1) for name, reads in GENERA.items()}
MOUTH = {"Streptococcus": 6000, "Veillonella": 2500, "Rothia": 1500, "Neisseria": 1500, "Haemophilus": 900}


def send(client: TestClient, data: bytes, name: str = "test.csv") -> str:
    """Send a stool test and return the path of what was read."""
    answer = client.post("/gut/upload", files={"file": (name, data)}, follow_redirects=False)
    assert answer.status_code == 303
    return wait_for_job(client, answer.headers["location"])


def keep(client: TestClient, genera: dict[str, int], name: str) -> None:
    """Send a stool test and keep it."""
    client.post(f"{send(client, table(genera), name)}/keep")


def test_a_test_is_read_then_kept_then_shown(client: TestClient, store: Store) -> None:
    path = send(client, table(GENERA))
    page = unescape(client.get(path).text)
    for part in ("Recognised as", "How sure it is", "What was read", "What it cannot tell", "Bacteroides"):
        assert part in page
    assert not kept_guts(store)
    assert "test.csv" in client.post(f"{path}/keep").text
    assert [k.reading.name for k in kept_guts(store)] == ["test.csv"]
    assert "Faecalibacterium" in client.get("/gut/kept/0").text
    assert client.get("/gut/kept/3").status_code == 404
    assert client.get(path).status_code == 404


def test_what_was_guessed_can_be_overruled(client: TestClient) -> None:
    path = send(client, table(GENERA))
    answer = client.post(path, data={"region": "V4", "rank": "", "unit": "", "site": ""}, follow_redirects=False)
    again = wait_for_job(client, answer.headers["location"])
    page = client.get(again).text
    assert "Told by you" in page
    assert 'value="V4"' in page
    assert client.post(again, data={"unit": "bushels"}).status_code == 422


@pytest.mark.parametrize("data", [table(FEW), table(MOUTH)], ids=["too few reads", "mouth"])
def test_of_what_bears_no_statement_nothing_is_kept(client: TestClient, store: Store, data: bytes) -> None:
    path = send(client, data)
    page = client.get(path).text
    assert "Nothing can be said" in page
    assert "Keep it" not in page
    assert "What was read" not in page
    assert client.post(f"{path}/keep").status_code == 422
    assert not kept_guts(store)
    client.post(f"{path}/drop")
    assert client.get(path).status_code == 404


def test_what_is_no_table_is_refused_and_its_name_is_text(client: TestClient) -> None:
    page = client.get(send(client, b"\x00\x01 rubbish", "<img src=x>.csv")).text
    assert "This file cannot be read" in page
    assert "<img src=x>" not in page
    assert "No file was chosen" in client.post("/gut/upload", files={"file": ("", b"")}).text


def test_two_tests_are_compared_with_their_noise(client: TestClient) -> None:
    keep(client, GENERA, "first.csv")
    keep(client, LATER, "second.csv")
    assert "Compare two" in client.get("/gut").text
    answer = client.post("/gut/compare", data={"before": "0-0", "after": "1-0", "same_lab": "1"})
    assert answer.status_code == 200
    assert "changed beyond what noise does" in answer.text or "Nothing can be said" in answer.text
    twice = client.post("/gut/compare", data={"before": "0-0", "after": "0-0"})
    assert twice.status_code == 422
    assert "one sample twice" in twice.text
    assert client.post("/gut/compare", data={"before": "9-9", "after": "0-0"}).status_code == 422


def test_an_empty_shelf_says_what_a_test_cannot_tell(new_client: TestClient) -> None:
    page = new_client.get("/gut").text
    assert "None yet" in page
    assert "Compare two" not in page
    assert "What no such test can tell" in page


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_have_no_fault_in_either_theme(live: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live, "/gut", theme=theme, width=320)
    assert axe_violations(page) == []
    page.set_input_files("#file", {"name": "test.csv", "mimeType": "text/csv", "buffer": table(GENERA)})
    page.click("text=Read it")
    page.wait_for_url("**/gut/read/**")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("h1").count() == 1
