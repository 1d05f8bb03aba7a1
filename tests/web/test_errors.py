"""Errors as pages and as JSON."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from noctiflora import core, store
from noctiflora.core import NoctifloraError, NotFound
from noctiflora.web import _today
from noctiflora.web._errors import STATUS, sentence, status_of


def leaves(kind: type[NoctifloraError]) -> Iterator[type[NoctifloraError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from leaves(below)


ALL = sorted({*leaves(NoctifloraError)}, key=lambda kind: kind.__name__)


def test_the_tree_is_known() -> None:
    assert {core.NotFound, store.StoreFull, core.MissingExtra} <= set(ALL)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_of_ours_is_a_page_without_a_trace(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, kind: type[NoctifloraError]
) -> None:
    error = kind("x", needed_for="this") if kind is core.MissingExtra else kind("the cup is <b>empty</b>", do="fill it")  # type: ignore[call-arg]

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(_today, "page", broken)
    answer = client.get("/")
    assert answer.status_code == status_of(error) == STATUS[next(k for k in kind.__mro__ if k in STATUS)]
    assert "Traceback" not in answer.text
    assert "<b>empty" not in answer.text
    assert answer.text.count("<h1>") == 1
    assert "What to do:" in answer.text


def test_a_sentence_begins_large_and_ends() -> None:
    assert sentence(core.NotFound("there is no such night", do="look elsewhere")) == (
        "There is no such night; look elsewhere."
    )


def test_under_api_an_error_is_json(client: TestClient) -> None:
    answer = client.get("/api/nothing")
    assert answer.status_code == 404
    assert set(answer.json()["error"]) == {"status", "title", "what", "do"}


def test_a_wrong_verb_of_a_known_route_is_a_page(client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    assert client.post("/").status_code == 405


def test_a_remedy_that_is_a_command_is_not_said_on_a_page() -> None:
    assert sentence(NotFound("there is no trial", do="start one: noctiflora trial start")) == "There is no trial."
    assert sentence(NotFound("there is no file", do="send it again")) == "There is no file; send it again."
