"""What the person tells during a trial."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import kept_trials
from noctiflora.store import open_store
from noctiflora.trial import EntryKind
from tests.web.conftest import TestClient, make, now, sign_in


@pytest.fixture
def client(running: Path) -> Iterator[TestClient]:
    with sign_in(make(running)) as found:
        yield found


def entries(path: Path, kind: EntryKind) -> list[tuple[int, str, str]]:
    with open_store(path, now=now) as store:
        return [(e.night, e.value, e.text) for e in kept_trials(store)[-1].record.entries if e.kind is kind]


def test_an_effect_is_kept(client: TestClient, running: Path) -> None:
    answer = client.post("/trial/effect", data={"night": "4", "text": "gas <b>", "severity": "moderate"})
    assert "Thank you for telling" in answer.text
    assert entries(running, EntryKind.ADVERSE)[-1] == (4, "moderate", "gas <b>")
    assert "<b> (moderate)" not in answer.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"night": "99", "text": "gas", "severity": "mild"}, "night"),
        ({"night": "4", "text": " ", "severity": "mild"}, "text"),
        ({"night": "4", "text": "gas", "severity": "deadly"}, "severity"),
        ({"night": "4", "text": "x" * 501, "severity": "mild"}, "text"),
    ],
)
def test_half_an_effect_comes_back(client: TestClient, form: dict[str, str], field: str) -> None:
    answer = client.post("/trial/effect", data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "noctiflora" not in answer.text.split("<main")[1].split("</main")[0]


def test_reasons_are_kept_night_by_night(client: TestClient, running: Path) -> None:
    page = client.get("/trial/missed").text
    field = page.split('name="reason_')[1].split('"')[0]
    client.post("/trial/missed", data={f"reason_{field}": "too tired", "reason_999": "no such night"})
    assert entries(running, EntryKind.MISSING) == [(int(field), "", "too tired")]
    assert "too tired" in client.get("/trial/missed").text


def test_guesses_are_asked_for_bottles_that_are_over_only(client: TestClient, running: Path) -> None:
    page = client.get("/trial/guess").text
    assert page.count("<fieldset") == 2
    client.post("/trial/guess", data={"guess_14": "placebo", "guess_28": "product"})
    assert [n for n, *_ in entries(running, EntryKind.GUESS)] == [7, 14]
    assert client.post("/trial/guess", data={"guess_21": "the truth"}).status_code == 422


def test_a_dose_is_corrected_only_when_that_is_said(client: TestClient, running: Path) -> None:
    taken = {"night": "5", "dose": "0.5"}
    answer = client.post("/trial/log", data=taken)
    assert answer.status_code == 422
    assert "tick the box" in answer.text
    assert "Saved." in client.post("/trial/log", data={**taken, "correct": "1"}).text
    assert entries(running, EntryKind.DOSE)[-1] == (5, "0.5", "")


def test_pasted_lines_are_kept_all_or_none(client: TestClient, running: Path) -> None:
    before = entries(running, EntryKind.DOSE)
    answer = client.post("/trial/log", data={"lines": "night,dose\n6,0.5\nx,1\n", "correct": "1"})
    assert answer.status_code == 422
    assert "6,0.5" in answer.text
    assert entries(running, EntryKind.DOSE) == before
    client.post("/trial/log", data={"lines": "night,dose\n6,0.5\n", "correct": "1"})
    assert entries(running, EntryKind.DOSE)[-1] == (6, "0.5", "")


def test_without_a_trial_there_is_nothing_to_log(new_client: TestClient) -> None:
    for part in ("effect", "missed", "guess", "log"):
        assert new_client.get(f"/trial/{part}").status_code == 404
