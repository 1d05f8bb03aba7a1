"""The first run, and the sample person."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.web import _welcome
from tests.web.conftest import Live, Opened, axe_violations, wait_for_job


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, filled_once: Path) -> None:
    """Let the sample person be the tests' six weeks; the true one is made in the tests of its action."""
    import datetime as dt

    from noctiflora.sample import person
    from noctiflora.sleep import Episode
    from noctiflora.store import Batch, Store

    def fill(store: Store, folder: Path, *, say: object) -> dt.date:
        assert folder.is_dir()
        made = person(1, start=dt.date(2024, 10, 7), n_nights=5)
        end = dt.datetime(2024, 10, 11, 5, tzinfo=dt.UTC)
        slept = Episode(
            source="apple", start=end - dt.timedelta(hours=7), end=end, start_offset_min=120, end_offset_min=120,
            zone_basis="record zone", key="1",
        )  # fmt: skip
        store.imports.save(Batch(name="x", sha256="0" * 64, format="x", person="", reading="1", episodes=(slept,)))
        return made.nights[-1].date

    monkeypatch.setattr(_welcome, "fill_sample", fill)


def look(client: TestClient) -> str:
    answer = client.post("/welcome/look", follow_redirects=False)
    return wait_for_job(client, answer.headers["location"])


@pytest.mark.usefixtures("quick")
def test_the_sample_person_is_marked_and_left_without_a_trace(client: TestClient) -> None:
    state = client.app.state.noctiflora  # type: ignore[attr-defined]
    assert look(client) == "/nights"
    folder = state.sample.folder
    page = client.get("/nights").text
    assert "Sample data" in page
    assert "every number on this page is a sample" in page
    assert "1 of 1 nights" in page
    client.post("/today", data={"quality": "0"})
    back = client.post("/welcome/own").text
    assert "Sample data" not in back
    assert not folder.exists()
    assert state.store.diary.checkins(since=state.today()) == ()


@pytest.mark.usefixtures("quick")
def test_a_file_of_ones_own_ends_the_looking(new_client: TestClient) -> None:
    look(new_client)
    table = b"date,lights_out,final_awakening\n2024-11-05,2024-11-04T23:00,2024-11-05T07:00\n"
    sent = new_client.post("/data/upload", files={"files": ("a.csv", table)}, follow_redirects=False)
    read = wait_for_job(new_client, sent.headers["location"])
    kept = new_client.post(f"{read}/keep", follow_redirects=False)
    page = new_client.get(wait_for_job(new_client, kept.headers["location"])).text
    assert "Sample data" not in page
    assert "1 of 1 nights" in new_client.get("/nights").text


def test_a_sample_that_cannot_be_made_leaves_ones_own(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(_welcome, "fill_sample", broken)
    path = look(client)
    assert path.startswith("/jobs/")
    assert client.get(path).status_code == 500
    assert client.app.state.noctiflora.sample is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_open_to_all(live_new: Live, open_page: Opened, theme: str) -> None:
    page = open_page(live_new, "/welcome", theme=theme, width=320)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
