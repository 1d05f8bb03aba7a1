"""The trial's own page in its states."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import LogLine, lock_trial, log_trial, stop_trial
from noctiflora.store import open_store
from tests.web.conftest import NOW, TODAY, Live, Opened, TestClient, axe_violations, make, now, serve_live, sign_in
from tests.web.seasons import WORDS, begin

RUNNING = ("", "/effect", "/missed", "/guess", "/log", "/look", "/open", "/stop", "/lock", "/kit")


@pytest.fixture
def running_client(running: Path) -> Iterator[TestClient]:
    with sign_in(make(running)) as found:
        yield found


def test_without_a_trial_it_says_what_one_takes(new_client: TestClient) -> None:
    answer = new_client.get("/trial")
    assert answer.status_code == 200
    assert "No trial yet" in answer.text
    assert 'href="/trial/design"' in answer.text


def test_a_running_trial_counts_nights_and_tells_no_effect(running_client: TestClient) -> None:
    text = running_client.get("/trial").text
    assert "Night 25 of 28" in text
    assert "Each ring is one night" in text
    assert "One so far." in text
    assert "bloating after dinner (mild)" in text
    for word in ("chance of", "of 100", "posterior", "average", "product,", "P C"):
        assert word not in text


def test_what_waits_is_said_with_its_link(running_client: TestClient) -> None:
    text = running_client.get("/trial").text
    for path in ("/trial/guess", "/trial/look"):
        assert f'href="{path}"' in text


def test_a_severe_effect_goes_before_everything(running: Path) -> None:
    with open_store(running, now=now) as store:
        line = LogLine(night=20, adverse="chest pain <script>", severity="severe")
        log_trial(store, [line], now=NOW, today=TODAY)
    with sign_in(make(running)) as client:
        text = client.get("/trial").text
    assert "See to this first" in text
    assert "Stop taking anything from the bottles" in text
    assert "<script>" not in text


def test_an_ended_trial_leads_to_the_lock(running: Path) -> None:
    with open_store(running, now=now) as store:
        stop_trial(store, reason="moved", now=NOW, today=TODAY)
    with sign_in(make(running)) as client:
        text = client.get("/trial").text
    assert "The trial has ended early" in text
    assert 'href="/trial/lock"' in text


def test_a_locked_trial_leads_to_its_verdict(running: Path) -> None:
    with open_store(running, now=now) as store:
        stop_trial(store, reason="moved", now=NOW, today=TODAY)
        lock_trial(store, WORDS, now=NOW, today=TODAY)
    with sign_in(make(running)) as client:
        assert 'href="/trial/verdict"' in client.get("/trial").text
        assert client.get("/trial/kit").status_code == 404


def test_a_known_trial_shows_its_order(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
    begin(filled, known=True)
    with sign_in(make(filled)) as client:
        text = client.get("/trial").text
        assert "Your order" in text
        assert "without it" in text
        assert "Part 4" in client.get("/trial/kit").text
        assert client.get("/trial/kit/labels.pdf").status_code == 404
        assert client.get("/trial/kit/calendar.ics").status_code == 200


@pytest.fixture
def live_trial(running: Path) -> Iterator[Live]:
    yield from serve_live(running)


def test_axe_finds_nothing_on_any_page_of_a_running_trial(live_trial: Live, open_page: Opened) -> None:
    page = open_page(live_trial, "/trial")
    for part in RUNNING:
        page.goto(f"{live_trial.url}/trial{part}")
        assert page.locator("h1").count() == 1, part
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert axe_violations(page) == [], (part, theme)


def test_nothing_scrolls_sideways_on_the_smallest_phone(live_trial: Live, open_page: Opened) -> None:
    page = open_page(live_trial, "/trial", width=320, height=640, script=False)
    for part in RUNNING:
        page.goto(f"{live_trial.url}/trial{part}")
        box = page.locator("html").bounding_box()
        assert box is not None
        assert box["width"] <= 320, part


def test_the_day_before_says_when_it_begins(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
    from noctiflora.actions import start_trial
    from tests.web.seasons import CHEAP, chance, pass_gates, request

    with open_store(filled, now=now) as store:
        pass_gates(store, date=TODAY)
        asked = request(first_night=TODAY + dt.timedelta(days=2))
        start_trial(store, asked, WORDS, today=TODAY, chance=chance(1), cost=CHEAP)
    with sign_in(make(filled)) as client:
        assert "Night 1 is that of Tuesday 3 December" in client.get("/trial").text
