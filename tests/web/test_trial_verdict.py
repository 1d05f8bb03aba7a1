"""The verdict, its report and its summary."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import verdict_of_last
from noctiflora.core import RangeError
from noctiflora.store import open_store
from noctiflora.web import _trial_verdict
from noctiflora.web._trial_answer import Told
from noctiflora.web._trial_verdict import readings
from tests.web.conftest import Live, Opened, TestClient, axe_violations, make, now, serve_live, sign_in, wait_for_job


@pytest.fixture(scope="module")
def client(locked_once: Path) -> Iterator[TestClient]:
    with sign_in(make(locked_once)) as found:
        wait_for_job(found, found.get("/trial/verdict", follow_redirects=False).headers["location"], seconds=60)
        yield found


def test_the_four_words_stand_side_by_side_and_one_is_chosen(client: TestClient) -> None:
    text = client.get("/trial/verdict").text
    card = text.split('class="words"')[1].split("</ul>")[0]
    assert card.count("<li") == 4
    assert card.count('aria-current="true"') == 1
    for word in ("Helps", "Does not help", "Cannot tell", "Stop"):
        assert word in card


def test_charts_readings_guess_and_effects_are_there(client: TestClient) -> None:
    text = client.get("/trial/verdict").text
    for chart in ("chart-dots", "chart-curves", "chart-trial"):
        assert chart in text
    for words in ("A sceptic", "As assigned", "Could hope explain it?", "bloating after dinner (mild)", "What now?"):
        assert words in text
    assert "noctiflora trial" not in text
    # one guess made is no sign of anything, right or wrong
    assert "So few guesses cannot say" in text
    assert "tossing a coin" not in text


def test_every_reading_stands_in_the_table(locked_once: Path) -> None:
    with open_store(locked_once, now=now) as store:
        told = Told(*verdict_of_last(store))
    table = readings(told)
    assert len(table.rows) == 8
    assert all(len(row) == 4 for row in table.rows)
    assert table.rows[0][3] == f"{100 * told.result.evidence.p_benefit:.0f} of 100"


def test_the_report_is_a_text_file(client: TestClient) -> None:
    answer = client.get("/trial/report.md")
    assert answer.headers["content-disposition"] == 'attachment; filename="trial-report.md"'
    assert "A trial in one person" in answer.text


def test_the_summary_is_shown_before_it_is_saved(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []

    def shared(store: object, **given: object) -> dict[str, object]:
        asked.append(given)
        return {"schema": "x", "entries": [{"strain": "<b>A</b>", "theta": [0.0, 1.5]}]}

    monkeypatch.setattr(_trial_verdict, "share_trial", shared)
    sent = {"agreed": "1", "doi": "10.5555/x", "strain": " "}
    started = client.post("/trial/share", data=sent, follow_redirects=False)
    path = wait_for_job(client, started.headers["location"], seconds=60)
    page = client.get(path).text
    answer = client.get(f"{path}/summary.json")
    assert asked == [{"strain": None, "doi": "10.5555/x", "agreed_before": True}]
    assert json.loads(answer.text)["entries"][0]["theta"] == [0.0, 1.5]
    assert answer.headers["content-disposition"] == 'attachment; filename="trial-summary.json"'
    assert "&lt;b&gt;A&lt;/b&gt;" in page
    assert "Nothing was sent anywhere" in page


def test_a_summary_of_nights_that_say_too_little_is_refused_in_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(store: object, **given: object) -> dict[str, object]:
        raise RangeError("this option names no strain or substance", where="trial share", do="name it: --strain 'x'")

    monkeypatch.setattr(_trial_verdict, "share_trial", refused)
    started = client.post("/trial/share", data={}, follow_redirects=False).headers["location"]
    text = client.get(wait_for_job(client, started, seconds=60)).text
    assert "names no strain or substance" in text
    assert "--strain" not in text


def test_an_unknown_summary_is_a_designed_page(client: TestClient) -> None:
    assert client.get("/trial/share/none").status_code == 404
    assert client.get("/trial/share/none/summary.json").status_code == 404


@pytest.fixture
def live_locked(locked_once: Path, tmp_path: Path) -> Iterator[Live]:
    yield from serve_live(Path(shutil.copy(locked_once, tmp_path / "locked.sqlite")))


def test_axe_finds_nothing_on_the_verdict_and_what_follows(live_locked: Live, open_page: Opened) -> None:
    page = open_page(live_locked, "/trial/verdict")
    page.wait_for_url("**/trial/verdict", timeout=60_000)
    for path in ("/trial/verdict", "/trial", "/trial/share", "/clinician"):
        page.goto(live_locked.url + path)
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert axe_violations(page) == [], (path, theme)
