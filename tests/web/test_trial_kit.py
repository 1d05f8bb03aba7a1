"""The helper's kit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import kept_trials
from noctiflora.store import open_store
from noctiflora.trial import EntryKind
from tests.web.conftest import TestClient, make, now, sign_in
from tests.web.seasons import WORDS


@pytest.fixture
def client(running: Path) -> Iterator[TestClient]:
    with sign_in(make(running)) as found:
        yield found


def test_the_kit_shows_the_fingerprint_and_what_to_print(client: TestClient, running: Path) -> None:
    with open_store(running, now=now) as store:
        sealed = kept_trials(store)[-1].record.sealed
    assert sealed is not None
    text = client.get("/trial/kit").text
    assert sealed.commitment in text
    for name in ("labels.pdf", "helper.pdf"):
        answer = client.get(f"/trial/kit/{name}")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_the_calendar_has_the_hour_that_was_chosen_and_neutral_titles(client: TestClient) -> None:
    text = client.post("/trial/kit/calendar.ics", data={"time": "20:30"}).text
    assert "T203000" in text
    for word in ("product", "placebo", "gasseri", "trial"):
        assert word not in text.lower()
    assert client.post("/trial/kit/calendar.ics", data={"time": "25:99"}).status_code == 422


def test_only_documents_of_the_kit_are_sent(client: TestClient) -> None:
    for name in ("envelope.pdf", "..%2fsecret", "labels.pdf.bak"):
        assert client.get(f"/trial/kit/{name}").status_code == 404


def test_the_envelope_opens_with_the_passphrase_only(client: TestClient, running: Path) -> None:
    wrong = client.post("/trial/envelope", data={"passphrase": "another passphrase"})
    assert wrong.status_code == 422
    assert "another passphrase" not in wrong.text
    right = client.post("/trial/envelope", data={"passphrase": WORDS})
    assert right.content.startswith(b"%PDF")
    assert right.headers["content-disposition"].startswith("inline")
    assert right.headers["cache-control"] == "no-store"
    with open_store(running, now=now) as store:
        kinds = [e.kind for e in kept_trials(store)[-1].record.entries]
    assert kinds.count(EntryKind.PACKED) == 1
