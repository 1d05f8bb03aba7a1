"""Copies of the database: made, taken down, put back, checked, erased."""

import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import list_nights
from noctiflora.web._copies import ERASE_WORD, kept_backups
from noctiflora.web._state import State
from tests.web.conftest import NIGHTS, Live, Opened, axe_violations


def state_of(client: TestClient) -> State:
    found = client.app.state.noctiflora  # type: ignore[attr-defined]
    assert isinstance(found, State)
    return found


def test_a_backup_is_made_beside_the_database_and_can_be_taken_down(client: TestClient, filled: Path) -> None:
    assert "Backed up" in client.post("/data/backup").text
    assert "Backed up" in client.post("/data/backup").text
    names = kept_backups(state_of(client))
    assert names == ("noctiflora-2024-12-01.backup", "noctiflora-2024-12-01-2.backup")
    assert (filled.parent / "backups").stat().st_mode & 0o077 == 0
    answer = client.get(f"/data/backups/{names[0]}")
    assert answer.content.startswith(b"SQLite format 3")
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "name", ["..%2Ffilled.sqlite", "noctiflora-2024-12-01.backup", "%2e%2e", "x", "noctiflora-2024-12-01.backup%00"]
)
def test_only_backups_made_here_are_handed_out(client: TestClient, name: str) -> None:
    assert client.get(f"/data/backups/{name}").status_code == 404


def test_a_backup_is_put_back_and_what_was_there_is_kept(client: TestClient, filled: Path) -> None:
    client.post("/data/backup")
    backup = (filled.parent / "backups" / kept_backups(state_of(client))[0]).read_bytes()
    client.post("/today", data={"quality": "10"})
    answer = client.post("/data/restore", files={"backup": ("x.backup", backup)})
    assert "Restored." in answer.text
    assert state_of(client).store.diary.checkins(since=state_of(client).today()) == ()
    assert len(list_nights(state_of(client).store).nights) == NIGHTS
    assert list(filled.parent.glob("filled.sqlite.replaced*"))


def test_a_backup_of_the_list_is_put_back_by_its_name(client: TestClient) -> None:
    client.post("/data/backup")
    (name,) = kept_backups(state_of(client))
    client.post("/today", data={"quality": "10"})
    fields = {"name": (None, name)}
    assert "Restored." in client.post("/data/restore", files=fields).text
    assert "No file" in client.post("/data/restore", files={"name": (None, "../filled.sqlite")}).text


def test_an_encrypted_backup_comes_back_with_its_passphrase_alone(client: TestClient) -> None:
    assert client.post("/data/backup", data={"passphrase": "short"}).status_code == 422
    assert "Backed up" in client.post("/data/backup", data={"passphrase": "four words of ours"}).text
    (name,) = kept_backups(state_of(client))
    content = client.get(f"/data/backups/{name}").content
    assert b"SQLite" not in content
    client.post("/today", data={"quality": "10"})
    for wrong in ({}, {"passphrase": "four words of yours"}):
        refused = client.post("/data/restore", files={"backup": ("x.backup", content)}, data=wrong)
        assert refused.status_code == 422
    assert state_of(client).store.diary.checkins(since=state_of(client).today()) != ()
    words = {"passphrase": "four words of ours"}
    assert "Restored." in client.post("/data/restore", files={"backup": ("x.backup", content)}, data=words).text
    assert state_of(client).store.diary.checkins(since=state_of(client).today()) == ()


@pytest.mark.parametrize("body", [b"", b"not a database" * 100])
def test_what_is_no_backup_changes_nothing(client: TestClient, body: bytes) -> None:
    answer = client.post("/data/restore", files={"backup": ("x.backup", body)})
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text
    assert len(list_nights(state_of(client).store).nights) == NIGHTS


def test_nothing_is_exchanged_while_work_goes_on(client: TestClient) -> None:
    go_on = threading.Event()
    state_of(client).jobs.start("Working", lambda _: go_on.wait(10), result_path="/")
    assert client.post("/data/erase", data={"word": ERASE_WORD}).status_code == 503
    assert len(list_nights(state_of(client).store).nights) == NIGHTS
    go_on.set()


def test_the_check_says_that_all_is_well(client: TestClient) -> None:
    page = client.get("/data/check").text
    assert "It is sound." in page
    assert "not sound" not in page


@pytest.mark.parametrize("copies", [True, False])
def test_everything_is_erased_by_typing_a_word(client: TestClient, filled: Path, copies: bool) -> None:
    client.post("/data/backup")
    fields = {"copies": "1"} if copies else {}
    refused = client.post("/data/erase", data=fields | {"word": "yes"})
    assert refused.status_code == 422
    assert filled.exists()
    answer = client.post("/data/erase", data=fields | {"word": f" {ERASE_WORD.upper()} "})
    assert "<h1>Erased</h1>" in answer.text
    assert not filled.exists()
    assert bool(list((filled.parent / "backups").iterdir())) is not copies
    assert ("still there" in answer.text) is not copies
    assert "Welcome." in client.get("/").text


@pytest.mark.parametrize("path", ["/data", "/data/erase", "/data/check"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_open_to_all(live: Live, open_page: Opened, path: str, theme: str) -> None:
    page = open_page(live, path, theme=theme, width=320)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
