"""Working the main pages out ahead."""

import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from noctiflora.web import _ahead
from noctiflora.web._ahead import PLACES, Ahead
from tests.web.conftest import make, sign_in, wait_for_job


def begun(app: FastAPI) -> Ahead:
    found = app.state.ahead
    assert isinstance(found, Ahead)
    return found


def test_every_place_is_a_page_of_the_app(filled: Path) -> None:
    assert set(PLACES) <= make(filled).state.paths


def test_who_asks_meanwhile_sees_how_far_it_is_and_then_the_page(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ahead, "PATIENCE_S", 0.0)
    monkeypatch.setattr(_ahead, "PLACES", ("/nights", "/more"))
    held = [True]
    true = Ahead._ask

    async def slow(self: Ahead, path: str) -> None:
        while held[0]:
            time.sleep(0.01)
        await true(self, path)

    monkeypatch.setattr(Ahead, "_ask", slow)
    with sign_in(app := make(filled)) as client:
        assert client.get("/more").url.path == "/more"
        thread = begun(app).begin()
        shown = client.get("/more")
        assert shown.url.path.startswith("/jobs/")
        assert "Reading your nights" in shown.text
        # a second tab waits for the same, and what is asked with a word on top is answered as ever
        assert client.get("/more").url.path == shown.url.path
        assert client.get("/nights?screen=0").url.path == "/nights"
        held[0] = False
        assert wait_for_job(client, shown.url.path) == "/more"
        thread.join(20)
        assert client.get("/more").url.path == "/more"


def test_trouble_is_left_to_who_asks(filled: Path) -> None:
    with sign_in(app := make(filled)) as client:
        _ = app.state.noctiflora.store
        filled.unlink()
        begun(app).begin().join(30)
        assert client.get("/nights").status_code == 404


def test_only_a_served_app_works_ahead_by_itself(filled: Path) -> None:
    app = make(filled)
    assert app.state.eager is False
    app.state.eager = True
    with sign_in(app) as client:
        for path in PLACES:
            assert client.get(path).status_code in {200, 403}
