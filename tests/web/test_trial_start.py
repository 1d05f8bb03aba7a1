"""Starting a trial in the browser."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from noctiflora.actions import DesignRequest, TrialDesign, answer_gates, design_trial, kept_trials, read_answer
from noctiflora.core import Outcome
from noctiflora.store import open_store
from noctiflora.web._form import Filled
from noctiflora.web._state import State
from noctiflora.web._trial_start import plan_of, read_start
from tests.web.conftest import TODAY, TestClient, make, now, sign_in, wait_for_job
from tests.web.seasons import OPTION, WORDS, pass_gates

FULL = {
    "design": "0",
    "dose": "1e10",
    "unit": "CFU/day",
    "first_night": (TODAY + dt.timedelta(days=2)).isoformat(),
    "passphrase": WORDS,
    "again": WORDS,
}


@pytest.fixture(scope="module")
def made(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> TrialDesign:
    return _design(filled_once, tmp_path_factory, known=False)


@pytest.fixture(scope="module")
def made_known(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> TrialDesign:
    return _design(filled_once, tmp_path_factory, known=True)


def _design(filled: Path, folders: pytest.TempPathFactory, *, known: bool) -> TrialDesign:
    path = folders.mktemp("design") / "copy.sqlite"
    path.write_bytes(filled.read_bytes())
    with open_store(path, now=now) as store:
        pass_gates(store, date=TODAY)
        asked = DesignRequest(
            option_key=OPTION, useful=4.0, max_weeks=6, n_looks=(0,), least=0.01, trials=100, known=known
        )
        return design_trial(store, asked, today=TODAY)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noctiflora.actions._trial_result.SIMULATED", 100)


@pytest.fixture
def client(filled: Path) -> Iterator[TestClient]:
    with open_store(filled, now=now) as store:
        pass_gates(store, date=TODAY)
    with sign_in(make(filled)) as found:
        yield found


def keep(client: TestClient, design: TrialDesign) -> str:
    """Put a design where a finished job would have left it; return its key."""
    state = client.app.state.noctiflora  # type: ignore[attr-defined]
    assert isinstance(state, State)
    job = state.jobs.start("Designing", lambda job: design, result_path="/")
    while job.result is None:
        time.sleep(0.01)
    return job.key


def test_a_trial_starts_sealed_and_leads_to_the_kit(client: TestClient, filled: Path, made: TrialDesign) -> None:
    key = keep(client, made)
    page = client.get(f"/trial/start/{key}?design=0").text
    assert 'type="password"' in page
    answer = client.post(f"/trial/start/{key}", data={**FULL, "also_waso": "1"}, follow_redirects=False)
    assert wait_for_job(client, answer.headers["location"], seconds=60) == "/trial/kit?said=started"
    kit = client.get("/trial/kit?said=started").text
    with open_store(filled, now=now) as store:
        record = kept_trials(store)[-1].record
    assert record.sealed is not None
    assert record.order is None
    assert record.sealed.commitment in kit
    assert [one.outcome for one in record.plan.secondaries] == [Outcome.WASO]
    assert WORDS not in kit
    assert client.get(f"/trial/start/{key}", follow_redirects=False).headers["location"] == "/trial?said=under-way"


def test_a_known_trial_needs_no_passphrase(client: TestClient, filled: Path, made_known: TrialDesign) -> None:
    key = keep(client, made_known)
    page = client.get(f"/trial/start/{key}?design=0").text
    assert 'type="password"' not in page
    assert "You will know the order" in page
    form = {k: v for k, v in FULL.items() if k not in ("passphrase", "again")}
    answer = client.post(f"/trial/start/{key}", data=form, follow_redirects=False)
    assert wait_for_job(client, answer.headers["location"], seconds=60).startswith("/trial/kit")
    with open_store(filled, now=now) as store:
        assert kept_trials(store)[-1].record.sealed is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"dose": ""}, "dose"),
        ({"dose": "0"}, "dose"),
        ({"dose": "some"}, "dose"),
        ({"unit": " "}, "unit"),
        ({"first_night": TODAY.isoformat()}, "first_night"),
        ({"first_night": "2030-01-01"}, "first_night"),
        ({"first_night": "soon"}, "first_night"),
        ({"passphrase": "short", "again": "short"}, "passphrase"),
        ({"again": "not the same words"}, "again"),
    ],
)
def test_mistakes_come_back_without_the_passphrase(
    client: TestClient, made: TrialDesign, changed: dict[str, str], field: str
) -> None:
    key = keep(client, made)
    answer = client.post(f"/trial/start/{key}", data={**FULL, **changed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert WORDS not in answer.text


def test_a_safety_answer_after_the_design_stops_the_start(client: TestClient, filled: Path, made: TrialDesign) -> None:
    key = keep(client, made)
    with open_store(filled, now=now) as store:
        answer_gates(store, [read_answer("S24=yes", today=TODAY)])
    for answer in (client.get(f"/trial/start/{key}"), client.post(f"/trial/start/{key}", data=FULL)):
        assert answer.status_code == 403
        assert "First: help" in answer.text
    with open_store(filled, now=now) as store:
        assert not kept_trials(store)


def test_a_place_outside_the_list_takes_the_best(made: TrialDesign) -> None:
    for text in ("", "-1", "99", "x", "١"):
        assert plan_of(made, Filled({"design": [text]})) == made.designs.best.plan
    assert plan_of(made, Filled({"design": ["0"]})) == made.designs.frontier[0].plan


def test_what_is_started_is_what_was_designed(made: TrialDesign) -> None:
    form = Filled({key: [value] for key, value in FULL.items()})
    found = read_start(form, made, today=TODAY)
    assert found is not None
    plan = made.designs.frontier[0].plan
    assert (found.pairs, found.on_nights, found.off_nights, found.n_looks) == (
        plan.pairs,
        plan.on,
        plan.off,
        plan.n_looks,
    )
    assert isinstance(found.useful, float)
    assert found.useful == made.designs.useful
    assert found.dose_value == 1e10
