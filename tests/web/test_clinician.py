"""The clinician's one page in the browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import ClinicianPart
from tests.report.test_clinician import pages
from tests.web.conftest import Live, Opened, TestClient, axe_violations, make, serve_live, sign_in, wait_for_job

EVERYTHING = {part.value: "1" for part in ClinicianPart}


@pytest.fixture
def running_client(running: Path) -> Iterator[TestClient]:
    with sign_in(make(running)) as found:
        yield found


def sheet(text: str) -> str:
    return text.split('<article class="sheet"')[1].split("</article>")[0]


def test_everything_is_on_it_at_first(client: TestClient) -> None:
    found = sheet(client.get("/clinician").text)
    for words in ("Sleep onset latency", "Safety answers", "Questionnaires", "<svg", "not a medical device"):
        assert words in found


def test_the_person_chooses_what_is_on_it(client: TestClient) -> None:
    found = sheet(client.post("/clinician", data={"measures": "1", "reason": "waking at 3 <b>"}).text)
    assert "Sleep onset latency" in found
    assert "Safety answers" not in found
    assert "<svg" not in found
    assert "waking at 3 &lt;b&gt;" in found


def test_nothing_written_is_kept_or_put_into_an_address(client: TestClient) -> None:
    answer = client.post("/clinician", data={**EVERYTHING, "name": "Ada Lovelace"})
    assert "Ada Lovelace" in answer.text
    assert "Lovelace" not in str(answer.url)
    assert "Ada Lovelace" not in client.get("/clinician").text


def test_a_running_trial_tells_adherence_only(running_client: TestClient) -> None:
    found = sheet(running_client.get("/clinician").text)
    assert "Under way: night 25 of 28" in found
    assert "doses taken" in found
    for word in ("P(better)", "Posterior", "Order by bottle", "Verdict", 'Median</th><th scope="col">Effect'):
        assert word not in found
    assert "before the trial" in found


def test_a_locked_trial_tells_its_estimates_and_verdict(locked_once: Path) -> None:
    with sign_in(make(locked_once)) as client:
        first = client.get("/clinician", follow_redirects=False)
        assert wait_for_job(client, first.headers["location"], seconds=60) == "/clinician"
        found = sheet(client.get("/clinician").text)
        without = sheet(client.post("/clinician", data={"measures": "1"}).text)
    for words in ("P(better)", "Posterior, evidence prior", "Sceptical prior", "Verdict", "bloating after dinner"):
        assert words in found
    assert "P(better)" not in without


def test_the_pdf_has_the_same_content_on_one_page(running_client: TestClient) -> None:
    answer = running_client.post("/clinician/page.pdf", data={**EVERYTHING, "reason": "waking at 3"})
    assert answer.headers["content-disposition"] == 'attachment; filename="sleep-summary.pdf"'
    assert answer.content.startswith(b"%PDF")
    assert pages(answer.content) == 1


@pytest.fixture
def live_running(running: Path) -> Iterator[Live]:
    yield from serve_live(running)


def test_it_prints_on_one_white_page_and_satisfies_axe(live_running: Live, open_page: Opened) -> None:
    page = open_page(live_running, "/clinician", theme="dark")
    assert axe_violations(page) == []
    white = page.locator(".sheet").evaluate("e => getComputedStyle(e).backgroundColor")
    assert white == "rgb(255, 255, 255)"
    data = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    page.emulate_media(color_scheme="light")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
