"""Looks, the lock, and early ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import TrialState as Season
from noctiflora.actions import kept_trials
from noctiflora.store import open_store
from noctiflora.web._trial_end import look_words
from tests.web.conftest import Live, Opened, TestClient, axe_violations, make, now, serve_live, sign_in
from tests.web.seasons import WORDS

OTHER = "another passphrase"


@pytest.fixture
def client(running: Path) -> Iterator[TestClient]:
    with sign_in(make(running)) as found:
        yield found


def state(path: Path) -> Season:
    with open_store(path, now=now) as store:
        return kept_trials(store)[-1].record.state


def test_a_look_says_one_word_of_the_set_and_only_once(client: TestClient) -> None:
    wrong = client.post("/trial/look", data={"passphrase": OTHER})
    assert wrong.status_code == 422
    assert OTHER not in wrong.text
    text = client.post("/trial/look", data={"passphrase": WORDS}).text
    title = text.split("<h1>")[1].split("</h1>")[0]
    assert title in {words[0] for words in look_words().values()}
    assert "of 100" not in text
    assert "No look is due" in client.get("/trial/look").text
    assert client.post("/trial/look", data={"passphrase": WORDS}).status_code == 422


def test_the_seal_opens_with_a_reason_a_word_and_the_passphrase(client: TestClient, running: Path) -> None:
    full = {"reason": "the doctor asks", "word": "open", "passphrase": WORDS}
    for missing in full:
        answer = client.post("/trial/open", data={**full, missing: ""})
        assert answer.status_code == 422, missing
        assert WORDS not in answer.text
    assert client.post("/trial/open", data={**full, "passphrase": OTHER}).status_code == 422
    assert client.post("/trial/open", data={**full, "passphrase": "", "envelope": "PCCP 00"}).status_code == 422
    assert state(running) is Season.RUNNING
    text = client.post("/trial/open", data=full).text
    assert "What the bottles held" in text
    assert state(running) is Season.OPENED
    assert "open already" in client.get("/trial/open").text


def test_a_trial_stops_without_a_reason(client: TestClient, running: Path) -> None:
    assert "The trial has ended." in client.post("/trial/stop", data={}).text
    assert state(running) is Season.STOPPED
    assert client.post("/trial/stop", data={}).status_code == 422


def test_a_lost_passphrase_ends_it_by_a_typed_word(client: TestClient, running: Path) -> None:
    assert client.post("/trial/stop", data={"how": "lost", "word": "yes"}).status_code == 422
    text = client.post("/trial/stop", data={"how": "lost", "word": "lost"}).text
    assert "ended without its order" in text
    assert state(running) is Season.KEY_LOST


def test_the_lock_waits_for_the_last_night(client: TestClient, running: Path) -> None:
    page = client.get("/trial/lock").text
    assert "Not yet" in page
    assert client.post("/trial/lock", data={"passphrase": WORDS}).status_code == 422
    assert state(running) is Season.RUNNING


def test_after_a_stop_the_lock_takes_the_right_passphrase_only(client: TestClient, running: Path) -> None:
    client.post("/trial/stop", data={"reason": "moved"})
    wrong = client.post("/trial/lock", data={"passphrase": OTHER})
    assert wrong.status_code == 422
    assert "not the passphrase" in wrong.text
    answer = client.post("/trial/lock", data={"passphrase": WORDS}, follow_redirects=False)
    assert answer.headers["location"] == "/trial/verdict"
    assert state(running) is Season.LOCKED


@pytest.fixture
def live_trial(running: Path) -> Iterator[Live]:
    yield from serve_live(running)


def test_axe_finds_nothing_on_word_refusal_and_end(live_trial: Live, open_page: Opened) -> None:
    page = open_page(live_trial, "/trial/look")

    def sound() -> None:
        assert page.locator("h1").count() == 1
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert axe_violations(page) == [], (page.url, theme)

    for words in (OTHER, WORDS):
        page.fill("#passphrase", words)
        page.click("main .btn[type=submit]")
        page.wait_for_selector("[role=alert]" if words == OTHER else ".kicker")
        sound()
    page.goto(f"{live_trial.url}/trial/stop")
    page.locator("main form .btn[type=submit]").first.click()
    page.wait_for_url("**/trial?said=stopped")
    sound()
