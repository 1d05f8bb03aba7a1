"""Designing a trial in the browser."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from noctiflora.actions import TrialDesign
from noctiflora.store import open_store
from noctiflora.trial import Plan, Tried
from noctiflora.web import _trial_design
from noctiflora.web._form import Filled
from noctiflora.web._jobs import JobState
from noctiflora.web._state import State
from noctiflora.web._trial_design import read_request
from tests.web.conftest import (
    TODAY,
    Live,
    Opened,
    TestClient,
    axe_violations,
    make,
    now,
    serve_live,
    sign_in,
    wait_for_job,
)
from tests.web.seasons import OPTION, pass_gates

SMALL = {"option": OPTION, "max_weeks": "6", "useful": "4", "trials": "100", "looks": "0", "least": "1"}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_trial_design, "TRIALS", (100, 400))


@pytest.fixture
def open_path(filled: Path) -> Path:
    with open_store(filled, now=now) as store:
        pass_gates(store, date=TODAY)
    return filled


@pytest.fixture
def client(open_path: Path) -> Iterator[TestClient]:
    with sign_in(make(open_path)) as found:
        yield found


def test_a_design_is_found_in_the_background_and_offered(client: TestClient) -> None:
    started = client.post("/trial/design", data={**SMALL, "price": "0.5"}, follow_redirects=False)
    assert started.status_code == 303
    path = wait_for_job(client, started.headers["location"], seconds=120)
    assert path.startswith("/trial/design/")
    text = client.get(path).text
    assert "How long will you give it?" in text
    assert "Of 100 such trials" in text
    assert "to pay" in text
    assert "No trial at all" in text
    assert "Switching every week" in text
    assert "Fixed before you start" in text
    assert 'name="design"' in text
    assert client.get(path.replace("/design/", "/start/")).status_code == 200


def test_where_no_design_is_worth_it_the_page_says_so(client: TestClient) -> None:
    asked = {**SMALL, "useful": "1", "least": "90"}
    started = client.post("/trial/design", data=asked, follow_redirects=False)
    path = wait_for_job(client, started.headers["location"], seconds=120)
    text = client.get(path).text
    assert "No design you would accept can answer this" in text
    assert "What would help" in text
    assert "Not trying is a full answer too" in text
    assert 'name="design"' not in text


def test_a_search_can_be_stopped(client: TestClient) -> None:
    asked = {**SMALL, "max_weeks": "40", "trials": "400"}
    started = client.post("/trial/design", data=asked, follow_redirects=False).headers["location"]
    client.post(f"{started}/stop")
    assert wait_for_job(client, started, seconds=120) == started
    assert "Stopped" in client.get(started).text
    app = client.app
    state = app.state.noctiflora  # type: ignore[attr-defined]
    assert isinstance(state, State)
    assert state.jobs.get(started.rsplit("/", 1)[1]).state is JobState.STOPPED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"option": "nothing-like-it"}, "option"),
        ({"option": ""}, "option"),
        ({"useful": "-1"}, "useful"),
        ({"useful": "much"}, "useful"),
        ({"max_weeks": "0"}, "max_weeks"),
        ({"max_weeks": "999"}, "max_weeks"),
        ({"max_capsules": "1.5"}, "max_capsules"),
        ({"price": "-2"}, "price"),
        ({"least": "101"}, "least"),
        ({"looks": "2.5"}, "looks"),
        ({"outcome": "mood"}, "outcome"),
        ({"instrument": "guess"}, "instrument"),
        ({"trials": "9"}, "trials"),
    ],
)
def test_what_is_wrong_is_noted_at_its_field(changed: dict[str, str], field: str) -> None:
    form = Filled({key: [value] for key, value in {**SMALL, **changed}.items()})
    assert read_request(form, {OPTION}) is None
    assert [e.field for e in form.errors] == [field]


def test_a_form_with_mistakes_keeps_what_was_typed(client: TestClient) -> None:
    answer = client.post("/trial/design", data={**SMALL, "useful": "-1"})
    assert answer.status_code == 422
    assert 'value="-1"' in answer.text


def test_left_out_fields_take_the_defaults_of_the_action() -> None:
    found = read_request(Filled({"option": [OPTION]}), {OPTION})
    assert found is not None
    assert (found.max_weeks, found.n_looks, found.useful, found.known) == (40, (0, 2), None, False)


def test_a_run_in_from_elsewhere_that_cannot_be_read_fails_as_a_page(client: TestClient) -> None:
    started = client.post("/trial/design", data={**SMALL, "run_in": "this is no table"}, follow_redirects=False)
    path = wait_for_job(client, started.headers["location"])
    text = client.get(path).text
    assert "This did not work" in text
    assert "Traceback" not in text


def test_an_unknown_design_is_a_designed_page(client: TestClient) -> None:
    answer = client.get("/trial/design/none-such")
    assert answer.status_code == 404
    assert "no longer known" in answer.text


@pytest.fixture
def live_open(open_path: Path) -> Iterator[Live]:
    yield from serve_live(open_path)


def test_form_and_result_work_without_script_and_satisfy_axe(live_open: Live, open_page: Opened) -> None:
    page = open_page(live_open, f"/trial/design?option={OPTION}", script=False)
    page.fill("#max_weeks", "6")
    page.fill("#useful", "4")
    page.click("main form .btn[type=submit]")
    page.wait_for_url("**/trial/design/*", timeout=120_000)
    result = page.url.removeprefix(live_open.url)
    assert page.locator("input[name=design]:checked").count() <= 1
    seen = open_page(live_open, result)
    for path in (result, result.replace("/design/", "/start/"), "/trial/design"):
        seen.goto(live_open.url + path)
        for theme in ("light", "dark"):
            seen.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert axe_violations(seen) == [], (path, theme)


def _tried(nights: int, right: float) -> Tried:
    plan = Plan(on=nights // 4, off=nights // 4, pairs=2)
    return cast(Tried, SimpleNamespace(plan=plan, score=SimpleNamespace(right=right)))


@pytest.mark.parametrize(
    ("rights", "accepted", "places"),
    [
        ((0.1, 0.3, 0.32, 0.5), (1, 2, 3), [1, 3]),
        ((0.1, 0.3, 0.5, 0.6), (1, 2, 3), [1, 2, 3]),
        ((0.4,), (0,), [0]),
        ((0.1, 0.2), (), []),
    ],
)
def test_few_designs_are_shown_at_once(rights: tuple[float, ...], accepted: tuple[int, ...], places: list[int]) -> None:
    frontier = tuple(_tried(56 * (k + 1), right) for k, right in enumerate(rights))
    designs = SimpleNamespace(frontier=frontier, accepted=tuple(frontier[k] for k in accepted))
    found = _trial_design._notable(cast(TrialDesign, SimpleNamespace(designs=designs)))
    assert list(found) == places
    assert all(found.values())
