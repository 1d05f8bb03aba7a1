"""Safety questions stand before a design and before a start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import answer_gates, read_answer
from noctiflora.evidence import load_safety
from noctiflora.store import open_store
from tests.web.conftest import TODAY, Live, Opened, TestClient, axe_violations, make, now, serve_live, sign_in
from tests.web.seasons import OPTION, pass_gates

CRISIS = next(r.gate_id for r in load_safety() if any("crisis" in e.action.value for e in r.effects))
LIVE_SHUT = "S01"
"""A yes closes live probiotics."""
LIVE_OPTION = "bifidobacterium-longum-1714"


def answered(path: Path, **changed: str) -> None:
    with open_store(path, now=now) as store:
        pass_gates(store, date=TODAY)
        given = [read_answer(f"{gate}={reply}", today=TODAY) for gate, reply in changed.items()]
        if given:
            answer_gates(store, given)


def test_open_questions_come_first(client: TestClient) -> None:
    answer = client.get("/trial/design")
    assert answer.status_code == 403
    assert 'href="/safety"' in answer.text
    assert "<form" not in answer.text
    assert client.post("/trial/design", data={"option": OPTION}).status_code == 403


def test_help_goes_before_a_design(filled: Path) -> None:
    answered(filled, **{CRISIS: "yes"})
    with sign_in(make(filled)) as client:
        for answer in (client.get("/trial/design"), client.post("/trial/design", data={"option": OPTION})):
            assert answer.status_code == 403
            assert "First: help" in answer.text
            assert "<form" not in answer.text


def test_a_closed_option_is_neither_designed_nor_offered(filled: Path) -> None:
    answered(filled, **{LIVE_SHUT: "yes"})
    with sign_in(make(filled)) as client:
        page = client.get("/trial/design").text
        assert f'value="{LIVE_OPTION}"' not in page
        for answer in (
            client.get(f"/trial/design?option={LIVE_OPTION}"),
            client.post("/trial/design", data={"option": LIVE_OPTION}),
        ):
            assert answer.status_code == 403
            assert "is not open to you" in answer.text


def test_answered_questions_open_the_design(filled: Path) -> None:
    answered(filled)
    with sign_in(make(filled)) as client:
        answer = client.get(f"/trial/design?option={OPTION}")
    assert answer.status_code == 200
    assert f'value="{OPTION}" selected' in answer.text
    assert "noctiflora gates" not in answer.text


@pytest.fixture
def live_crisis(filled: Path) -> Iterator[Live]:
    answered(filled, **{CRISIS: "yes"})
    yield from serve_live(filled)


def test_axe_finds_nothing_where_help_comes_first(live_crisis: Live, open_page: Opened) -> None:
    page = open_page(live_crisis, "/trial/design")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert axe_violations(page) == []


def test_axe_finds_nothing_where_questions_wait(live: Live, open_page: Opened) -> None:
    page = open_page(live, "/trial/design")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert axe_violations(page) == []
