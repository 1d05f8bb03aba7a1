"""The read-only API."""

import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from noctiflora.core import Outcome
from tests.web.conftest import NIGHTS, PORT, make, sign_in
from tests.web.season_app import NIGHT, season_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

PATHS = ("/api/nights", "/api/findings", "/api/options", "/api/gates", "/api/trial", "/api/evidence/pool")


def test_nights_are_those_of_the_page(client: TestClient) -> None:
    found = client.get("/api/nights").json()
    assert found["veiled"] == 0
    assert sum(not night["nap"] for night in found["nights"]) == NIGHTS
    assert len(client.get("/api/nights?last=3").json()["nights"]) == 3
    assert client.get("/api/nights?last=0").json()["error"]["status"] == 422


def test_gates_findings_options_and_evidence_answer(client: TestClient) -> None:
    gates = client.get("/api/gates").json()
    assert len(gates["unanswered"]) > 5
    assert client.get("/api/findings").json()
    options = client.get("/api/options").json()
    assert options["outcome"] == Outcome.EFFICIENCY.value
    assert {option["door"] for option in options["options"]} >= {"closed"}
    pool = client.get("/api/evidence/pool?unit=SMD").json()
    assert pool["unit"] == "SMD"
    assert pool["strains"]


def test_a_trial_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/api/trial").json()["error"]["status"] == 404


def test_a_trial_tells_its_progress_and_no_effect(tmp_path: Path) -> None:
    with sign_in(season_app(tmp_path / "x.sqlite")) as client:
        found = client.get("/api/trial").json()
    assert found["night"] == NIGHT
    assert not {"mean", "theta", "effect", "arms", "order"} & set(found)


@pytest.mark.parametrize("path", PATHS)
def test_no_route_can_be_written_to(client: TestClient, path: str) -> None:
    answer = client.post(path, json={})
    assert answer.status_code == 405
    assert answer.json()["error"]["status"] == 405


def test_the_description_names_every_route(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(PATHS) <= set(described["paths"])
    assert all(path.startswith("/api/") and set(verbs) == {"get"} for path, verbs in described["paths"].items())


def test_no_generated_request_breaks_the_api(filled: Path) -> None:
    app = make(filled)
    name = app.state.keys.cookie
    headers = {"Cookie": f"{name}={app.state.keys.session()}", "Host": f"127.0.0.1:{PORT}"}
    described = schemathesis.openapi.from_dict(app.openapi())
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    tried = 0

    with sign_in(app) as client:
        for operation in (result.ok() for result in described.get_all_operations()):

            @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            @given(case=operation.as_strategy())
            def one(case):  # type: ignore[no-untyped-def]
                nonlocal tried
                kwargs = case.as_transport_kwargs(base_url=f"http://127.0.0.1:{PORT}")
                answer = client.request(kwargs["method"], kwargs["url"], params=kwargs.get("params"), headers=headers)
                case.validate_response(answer, checks=checks)
                tried += 1

            one()
    assert tried >= 6
