"""Every page in every state: axe in both themes, no sideways scroll from 320 px, targets, headings, no commands."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from noctiflora.actions import answer_gates, lift_veil, read_answer
from noctiflora.core import GateClosed, ModelError, NotFound, StoreBusy
from noctiflora.store import Store, StoreConflict, StoreFull, open_store
from noctiflora.web._errors import answer
from noctiflora.web._jobs import Job
from tests.web.conftest import NOW, TODAY, Live, Opened, make, now, serve_live
from tests.web.seasons import begin, pass_gates
from tests.web.walk import faults, opened, places, served

if TYPE_CHECKING:
    from fastapi import FastAPI
    from playwright.sync_api import Page
    from starlette.requests import Request
    from starlette.responses import Response

FULL = os.environ.get("NOCTIFLORA_FULL") == "1"
FEW = 6
"""Pages of a state that the small run looks at; the whole run looks at all."""
CLOSING = ("S01", "S02")


@contextmanager
def store_at(path: Path) -> Iterator[Store]:
    with open_store(path, now=now) as store:
        yield store


def _gates(path: Path, *closed: str) -> None:
    with store_at(path) as store:
        pass_gates(store, date=TODAY)
        if closed:
            answer_gates(store, [read_answer(f"{gate}=yes", today=TODAY) for gate in closed])


def _lifted(path: Path) -> None:
    begin(path)
    with store_at(path) as store:
        lift_veil(store, now=NOW)


STATES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.unlink(),
    "questions open": lambda path: None,
    "questions answered": _gates,
    "options closed": lambda path: _gates(path, *CLOSING),
    "order known": lambda path: begin(path, known=True),
    "veil lifted": _lifted,
}


def _turn(page: "Page", live: Live, *, part: int) -> list[str]:
    """Walk one state; the small run looks at every `part`-th share of its pages."""
    found, every = [], places()
    chosen = every if FULL else every[part :: -(-len(every) // FEW)]
    walked = opened(page, live, chosen)
    for count, path in enumerate(walked):
        found += [f"{path}: {fault}" for fault in faults(page)]
        if not FULL and count + 1 >= FEW:
            break
    return found


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)


@pytest.mark.parametrize("state", list(STATES))
def test_nothing_is_wrong_with_any_page(state: str, filled: Path, open_page: Opened) -> None:
    STATES[state](filled)
    with served(filled) as live:
        assert _turn(open_page(live), live, part=list(STATES).index(state)) == []


@pytest.mark.parametrize("state", ["running", "locked"])
def test_nothing_is_wrong_with_any_page_of_a_trial(
    state: str, running_once: Path, locked_once: Path, tmp_path: Path, open_page: Opened
) -> None:
    path = Path(shutil.copy(running_once if state == "running" else locked_once, tmp_path / "trial.sqlite"))
    with served(path) as live:
        page = open_page(live)
        paths = [p for p in places() if p.startswith(("/trial", "/clinician", "/nights"))]
        chosen = places() if FULL else paths[:: 2 if state == "running" else 3]
        walked = opened(page, live, chosen)
        assert [f"{p}: {fault}" for k, p in enumerate(walked) if FULL or k < FEW for fault in faults(page)] == []


RAISED: dict[str, Exception] = {
    "403": GateClosed("a trial cannot start yet"),
    "404": NotFound("there is no such night"),
    "409": StoreConflict("it has changed since"),
    "422": ModelError("too few nights"),
    "503": StoreBusy("another program writes"),
    "507": StoreFull("the disk is full"),
    "500": ZeroDivisionError("secret text"),
}


def faulty(path: Path, *, port: int) -> "FastAPI":
    """Return the app with pages that fail in every way."""
    app = make(path, port=port)

    def fails(name: str) -> None:
        raise RAISED[name]

    def large(request: "Request") -> "Response":
        return answer(request, 413)

    app.add_api_route("/fail/{name}", fails)
    app.add_route("/large", large)
    return app


@pytest.fixture
def live_faulty(filled: Path) -> Iterator[Live]:
    yield from serve_live(filled, faulty)


def test_nothing_is_wrong_with_the_pages_of_errors_and_of_work(live_faulty: Live, open_page: Opened) -> None:
    page = open_page(live_faulty, "/more")
    held = threading.Event()
    jobs = live_faulty.app.state.noctiflora.jobs

    def waits(job: Job) -> None:
        while not held.wait(0.02):
            job.tell("11 of 30 designs", 11, 30)

    def breaks(job: Job) -> None:
        raise NotFound("there is no such file")

    running, stopped = (jobs.start("Designing", waits, result_path="/") for _ in range(2))
    failed = jobs.start("Reading", breaks, result_path="/")
    stopped.stop()
    paths = [f"/jobs/{job.key}" for job in (running, stopped, failed)]
    paths += [*(f"/fail/{name}" for name in RAISED), "/large", "/nowhere"]
    found = []
    for path in paths:
        page.goto(live_faulty.url + path)
        assert "secret text" not in page.content()
        found += [f"{path}: {fault}" for fault in faults(page)]
    held.set()
    assert found == []


def test_a_signed_out_browser_sees_a_page_without_fault(live_faulty: Live, open_page: Opened) -> None:
    page = open_page(live_faulty, "/more")
    page.context.clear_cookies()
    page.goto(live_faulty.url + "/")
    page.get_by_text("not signed in").wait_for()
    assert faults(page) == []


def test_the_walk_finds_what_is_wrong(live_faulty: Live, open_page: Opened) -> None:
    page = open_page(live_faulty, "/more")
    page.evaluate(
        "() => { document.querySelector('main').innerHTML += '<h1>Two</h1><p>noctiflora trial lock</p><img src=\"/x\">"
        "<p id=\"wide\">x</p>'; document.getElementById('wide').style.width = '1400px' }"
    )
    found = " ".join(faults(page))
    for word in ("h1", "sideways", "a command: noctiflora trial lock", "image-alt"):
        assert word in found


@pytest.mark.parametrize("colours", ["forced", "motion"])
def test_forced_colours_and_reduced_motion(live_faulty: Live, open_page: Opened, colours: str) -> None:
    page = open_page(live_faulty, "/", theme="dark")
    if colours == "forced":
        page.emulate_media(forced_colors="active")
        shown = page.evaluate(
            "() => ['.btn', '.tabs [aria-current]'].map(s => { const e = document.querySelector(s);"
            " return e && getComputedStyle(e).color })"
        )
        assert all(shown)
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        return
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        "() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        " return parseFloat(s.transitionDuration) > 0.01 || (s.animationName !== 'none') }).length"
    )
    assert moving == 0


def test_focus_never_lies_under_the_bottom_bar(live_faulty: Live, open_page: Opened) -> None:
    for path in ("/", "/safety", "/data") if not FULL else places():
        page = open_page(live_faulty, path)
        for _ in range(60):
            page.keyboard.press("Tab")
            hidden = page.evaluate(
                "() => { const e = document.activeElement, bar = document.querySelector('nav.tabs');"
                " if (!e || e === document.body || bar.contains(e) || e.closest('.rail')) return '';"
                " const own = e.getBoundingClientRect(), over = bar.getBoundingClientRect();"
                " return over.top > 100 && own.bottom > over.top && own.top > over.top - 2"
                "   ? e.outerHTML.slice(0, 90) : '' }"
            )
            assert hidden == "", path


def test_the_loop_is_walked_by_keyboard_alone(live_faulty: Live, open_page: Opened) -> None:
    page = open_page(live_faulty, "/nights", width=1280, height=900)

    def press(key: str, *, until: str, most: int = 80) -> None:
        for _ in range(most):
            page.keyboard.press(key)
            if page.evaluate("() => (document.activeElement.textContent || '').trim()").startswith(until):
                return
        raise AssertionError(f"the keyboard does not come to {until}")

    for link, heading in (("Findings", None), ("Options", None), ("Trial", None), ("Today", "How was the night?")):
        press("Tab", until=link)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if heading:
            page.get_by_role("heading", name=heading).wait_for()
    press("Tab", until="Save the night")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("status").first.wait_for()
    page.goto(live_faulty.url + "/options")
    for link in ("Answer the safety questions", "Begin"):
        press("Tab", until=link)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.wait_for_url("**/safety/questions/*")
    first = page.url
    page.get_by_role("radio").first.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    press("Tab", until="Save and go on")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
