"""Faults around the app: a locked database, a lost one, a full disk; nothing is lost and the way on is said."""

import datetime as dt
import functools
import http.client
import sqlite3
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import list_nights
from noctiflora.store import Store, StoreFull, open_store
from noctiflora.web import _state, _today
from tests.web.conftest import NIGHTS, TODAY, make, now, sign_in, wait_for_job
from tests.web.test_nights import add


@pytest.fixture
def hasty(filled: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Return a client whose store waits for nobody."""
    monkeypatch.setattr(_state, "open_store", functools.partial(open_store, busy_s=0.05))
    client = sign_in(make(filled))
    assert client.get("/nights").status_code == 200
    return client


def test_a_database_locked_by_another_program_is_said_and_works_again_after(hasty: TestClient, filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused = hasty.post("/today", data={"quality": "5"})
    assert refused.status_code == 503
    assert "Nothing was changed" in refused.text
    assert "Close other programs" in refused.text
    other.execute("ROLLBACK")
    other.close()
    assert "Saved." in hasty.post("/today", data={"quality": "5"}).text


def test_a_database_removed_under_our_feet_is_said(hasty: TestClient, filled: Path) -> None:
    filled.unlink()
    answer = hasty.get("/nights")
    assert answer.status_code == 404
    assert "filled.sqlite" in answer.text
    assert not filled.exists()  # no empty one is put in its place unasked


def test_a_foreign_file_is_never_written_to(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"someone's letters" * 100)
    client = sign_in(make(path))
    assert client.get("/").status_code == 503
    assert client.post("/today", data={"quality": "5"}).status_code == 503
    assert path.read_bytes() == b"someone's letters" * 100


def test_a_full_disk_is_said_and_nothing_is_lost(
    client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreFull("the disk is full", do="free some space")

    monkeypatch.setattr(_today, "check_in", full)
    answer = client.post("/today", data={"quality": "5"})
    assert answer.status_code == 507
    assert "What you just entered was not saved." in answer.text
    assert len(list_nights(store).nights) == NIGHTS


def test_an_import_at_the_command_line_is_seen_at_once(client: TestClient, store: Store) -> None:
    before = client.get("/nights").text
    add(store, [dt.date(2024, 10, 20)])
    assert client.get("/nights").text != before


SERVER = """
import datetime as dt, sys
from noctiflora.web._serve import serve
now = lambda: dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)
serve(sys.argv[1], port=0, now=now, today=lambda: now().date(), tell=lambda line: sys.stdout.write(line + chr(10)),
      zone="Europe/Berlin")
"""
LIMITED = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"


@contextmanager
def served_apart(path: Path, *, most_bytes: int | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a real server in a process of its own; yield it with the address to start at."""
    script = SERVER if most_bytes is None else SERVER.replace("\nnow =", f"\n{LIMITED}now =")
    arguments = [sys.executable, "-u", "-c", script, str(path), str(most_bytes)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().strip()
        finally:
            running.kill()


def _begin(start: str) -> tuple[http.client.HTTPConnection, dict[str, str]]:
    where = urllib.parse.urlsplit(start)
    link = http.client.HTTPConnection(where.netloc, timeout=60)
    link.request("GET", where.path)
    answer = link.getresponse()
    answer.read()
    own = f"http://{where.netloc}"
    cookie = answer.headers["set-cookie"].partition(";")[0]
    return link, {"Cookie": cookie, "Origin": own, "Sec-Fetch-Site": "same-origin"}


def test_a_server_killed_in_mid_upload_loses_nothing_and_takes_the_file_afterwards(filled: Path) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="export.zip"\r\n\r\n' + b"a" * 100_000
    with served_apart(filled) as (running, start):
        link, head = _begin(start)
        link.putrequest("POST", "/data/upload")
        for name, value in {**head, "Content-Type": "multipart/form-data; boundary=x"}.items():
            link.putheader(name, value)
        link.putheader("Content-Length", str(10_000_000))
        link.endheaders(part)
        running.kill()
        running.wait(20)
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            link.getresponse()
        link.close()
    with open_store(filled, now=now) as store:
        assert len(list_nights(store).nights) == NIGHTS
    table = b"date,lights_out,final_awakening\n2024-10-10,2024-10-09T23:00,2024-10-10T07:00\n"
    with sign_in(make(filled)) as client:
        sent = client.post("/data/upload", files={"files": ("a.csv", table)}, follow_redirects=False)
        assert wait_for_job(client, sent.headers["location"]).startswith("/data/import/")


def test_a_disk_that_takes_no_more_is_said_by_the_page(filled: Path) -> None:
    # No file of this process may grow past 40 kB: some entries still fit into the journal beside the database.
    with served_apart(filled, most_bytes=40_000) as (running, start):
        link, head = _begin(start)
        form = {**head, "Content-Type": "application/x-www-form-urlencoded"}
        saved = 0.0
        for minutes in range(1, 40):
            link.request("POST", "/today", body=f"awakenings={minutes}", headers=form)
            answer = link.getresponse()
            text = answer.read().decode()
            if answer.status != 303:
                break
            saved = minutes
        # SQLite calls a file over its bound a disk that cannot be written; a full one has its own words
        assert answer.status in {503, 507}
        assert "Everything saved before is safe." in text
        assert "disk" in text
        assert running.poll() is None
        link.close()
    with open_store(filled, now=now) as store:
        assert len(list_nights(store).nights) == NIGHTS
        assert [c.value for c in store.diary.checkins(since=TODAY) if c.item == "awakenings"][-1:] == [saved][
            : saved > 0
        ]
