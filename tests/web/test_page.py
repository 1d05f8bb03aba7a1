"""Pages: the frame that all share, in a real browser."""

import datetime as dt

import pytest
from starlette.testclient import TestClient

from noctiflora.web._page import day, go
from tests.web.conftest import Live, Opened, axe_violations


def test_dates_are_said_in_words() -> None:
    assert day(dt.date(2026, 11, 22)) == "Sunday 22 November"


def test_a_taken_form_leads_on_with_a_key_only() -> None:
    assert go("/nights", said="saved").headers["location"] == "/nights?said=saved"
    assert go("/nights").status_code == 303


def test_the_theme_is_the_devices_or_the_saved_one(client: TestClient) -> None:
    assert "data-theme" not in client.get("/").text
    client.cookies.set("theme", "dark")
    assert '<html lang="en" data-theme="dark">' in client.get("/").text
    client.cookies.set("theme", '"><script>')
    assert "data-theme" not in client.get("/").text


def test_a_message_is_shown_only_for_known_keys(client: TestClient) -> None:
    page = client.get("/?said=<script>alert(1)</script>").text
    assert "alert(1)" not in page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_frame_fits_and_is_open_to_all(live: Live, open_page: Opened, width: int, theme: str) -> None:
    page = open_page(live, "/nothing-here", width=width, theme=theme)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1


def test_the_keyboard_skips_to_the_page(live: Live, open_page: Opened) -> None:
    page = open_page(live, "/", width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_nothing_is_asked_of_another_host(live: Live, open_page: Opened) -> None:
    page = open_page(live, "/")
    asked = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert asked
    assert all(name.startswith(live.url) for name in asked)
