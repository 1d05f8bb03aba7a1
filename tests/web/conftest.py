"""What the tests of the web app share: a sample person's store, a signed-in client, a live server, a browser."""

import datetime as dt
import shutil
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi import FastAPI

from noctiflora.actions import import_files
from noctiflora.sample import Vendor, check_ins, export, person
from noctiflora.store import Store, open_store
from noctiflora.web import create_app

with warnings.catch_warnings():
    # It asks for a successor of httpx that the pinned set does not hold; the client itself is sound.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = dt.date(2024, 12, 1)
"""The morning after the sample person's last night, not entered yet."""
NOW = dt.datetime(2024, 12, 1, 8, 0, tzinfo=dt.UTC)
START = dt.date(2024, 10, 21)
NIGHTS = 42
PORT = 8765


def now() -> dt.datetime:
    """Return the tests' present."""
    return NOW


def today() -> dt.date:
    """Return the tests' date."""
    return TODAY


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with six weeks of a made-up person, not to be written to."""
    folder = tmp_path_factory.mktemp("web")
    sample = person(1, start=START, n_nights=NIGHTS)
    files = [(folder / vendor.file_name, vendor) for vendor in (Vendor.APPLE, Vendor.DIARY)]
    for path, vendor in files:
        path.write_bytes(export(sample, vendor))
    with open_store(folder / "filled.sqlite", now=now) as store:
        import_files(store, [path for path, _ in files], zone=sample.home)
        store.diary.save_checkins(c for c in check_ins(sample) if c.date < TODAY)
    return folder / "filled.sqlite"


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    """Return the path of a store of one's own with six weeks of nights."""
    return Path(shutil.copy(filled_once, tmp_path / "filled.sqlite"))


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """Return the path of a store that does not exist yet."""
    return tmp_path / "blank.sqlite"


@pytest.fixture(scope="session")
def running_once(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a sealed trial on its night 25 of 28, not to be written to."""
    return _trial(filled_once, tmp_path_factory, "running")


@pytest.fixture(scope="session")
def locked_once(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a locked trial, not to be written to."""
    return _trial(filled_once, tmp_path_factory, "locked")


def _trial(filled_once: Path, folders: pytest.TempPathFactory, kind: str) -> Path:
    # it is imported here, because few tests need the trial's engine
    from tests.web.seasons import begin, finish

    path = Path(shutil.copy(filled_once, folders.mktemp(kind) / f"{kind}.sqlite"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)
        if kind == "running":
            begin(path)
        else:
            begin(path, first=dt.date(2024, 11, 4))
            finish(path)
    return path


@pytest.fixture
def running(running_once: Path, tmp_path: Path) -> Path:
    """Return the path of a store of one's own with a sealed trial under way."""
    return Path(shutil.copy(running_once, tmp_path / "running.sqlite"))


def make(path: Path, *, port: int = PORT) -> FastAPI:
    """Return the app on a store, with the tests' clock."""
    return create_app(str(path), port=port, now=now, today=today, zone="Europe/Berlin")


def raw_client(app: FastAPI, *, port: int = PORT) -> TestClient:
    """Return a client of this machine that is not signed in."""
    return TestClient(
        app,
        base_url=f"http://127.0.0.1:{port}",
        headers={"sec-fetch-site": "same-origin", "origin": f"http://127.0.0.1:{port}"},
        client=("127.0.0.1", 50000),
        follow_redirects=True,
    )


def sign_in(app: FastAPI) -> TestClient:
    """Return a client that went through the start address."""
    client = raw_client(app)
    assert client.get(f"/start/{app.state.keys.start}", follow_redirects=False).status_code == 303
    return client


@pytest.fixture
def client(filled: Path) -> Iterator[TestClient]:
    """Yield a signed-in client of an app with six weeks of nights."""
    with sign_in(make(filled)) as found:
        yield found


@pytest.fixture
def new_client(blank: Path) -> Iterator[TestClient]:
    """Yield a signed-in client of an app with nothing in it."""
    with sign_in(make(blank)) as found:
        yield found


@pytest.fixture
def store(filled: Path) -> Iterator[Store]:
    """Yield the store behind `client`, opened a second time."""
    with open_store(filled, now=now) as found:
        yield found


def wait_for_job(client: TestClient, path: str, *, seconds: float = 20.0) -> str:
    """Wait until a job is over; return the path its page leads on to, or its own."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = client.get(path, follow_redirects=False)
        if answer.status_code == 303:
            return answer.headers["location"]
        if 'data-job="' not in answer.text:
            return path
        time.sleep(0.02)
    raise AssertionError("the job did not end")


@dataclass(frozen=True)
class Live:
    """A server that listens: its address, and the address to start at."""

    url: str
    start: str
    app: FastAPI


@pytest.fixture
def live(filled: Path) -> Iterator[Live]:
    """Yield a live server on a store with six weeks of nights."""
    yield from serve_live(filled)


@pytest.fixture
def live_new(blank: Path) -> Iterator[Live]:
    """Yield a live server on an empty store."""
    yield from serve_live(blank)


def serve_live(path: Path, maker: Callable[..., FastAPI] = make) -> Iterator[Live]:
    """Run a server in a thread while the caller goes on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        app = maker(path, port=port)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{port}"
        yield Live(url=url, start=f"{url}/start/{app.state.keys.start}", app=app)
        server.should_exit = True
        thread.join(10)


Opened = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: "Browser") -> "Iterator[Opened]":
    """Yield a function that signs in at a live server and opens a path, at a size and in a theme."""
    contexts = []

    def opened(
        live: Live, path: str = "/", *, width: int = 390, height: int = 844, theme: str = "light", script: bool = True
    ) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        name = live.app.state.keys.cookie
        session = live.app.state.keys.session()
        context.add_cookies([{"name": name, "value": session, "url": live.url, "httpOnly": True, "sameSite": "Strict"}])
        page = context.new_page()
        page.goto(live.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def axe_violations(page: "Page") -> list[str]:
    """Return what axe-core finds wrong, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}: {n['html'][:120]}" for v in found for n in v["nodes"]]
