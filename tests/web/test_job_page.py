"""The page of one job."""

import threading

import pytest
from starlette.testclient import TestClient

from noctiflora.core import FormatError
from noctiflora.web._jobs import Job, Jobs
from noctiflora.web._state import State
from tests.web.conftest import Live, Opened, axe_violations, wait_for_job


def jobs_of(client: TestClient) -> Jobs:
    state = client.app.state.noctiflora  # type: ignore[attr-defined]
    assert isinstance(state, State)
    return state.jobs


def test_a_running_job_shows_its_count_elsewhere_too(client: TestClient) -> None:
    go_on = threading.Event()

    def work(job: Job) -> None:
        job.tell("11 of 30 <designs>", 11, 30)
        go_on.wait(10)

    jobs = jobs_of(client)
    job = jobs.start("Simulating", work, result_path="/")
    while not job.words:
        pass
    page = client.get(f"/jobs/{job.key}").text
    assert 'max="30" value="11"' in page
    assert "11 of 30 &lt;designs&gt;" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert client.get(f"/jobs/{job.key}/state").json() == {
        "state": "running", "words": "11 of 30 <designs>", "done": 11, "total": 30,
    }  # fmt: skip
    assert f'href="/jobs/{job.key}"' in client.get("/").text
    go_on.set()
    assert wait_for_job(client, f"/jobs/{job.key}") == "/"


def test_a_stopped_job_says_that_nothing_was_kept(client: TestClient) -> None:
    go_on = threading.Event()

    def work(job: Job) -> None:
        go_on.wait(10)
        job.tell("on")

    job = jobs_of(client).start("Simulating", work, result_path="/")
    assert client.post(f"/jobs/{job.key}/stop").status_code == 200
    go_on.set()
    assert wait_for_job(client, f"/jobs/{job.key}") == f"/jobs/{job.key}"
    assert "Nothing of this work was kept" in client.get(f"/jobs/{job.key}").text


@pytest.mark.parametrize(
    ("error", "status", "shown"),
    [(FormatError("no nights", do="send some"), 200, "No nights"), (KeyError("12"), 500, "KeyError")],
)
def test_a_failed_job_says_why(client: TestClient, error: Exception, status: int, shown: str) -> None:
    def work(_: Job) -> None:
        raise error

    job = jobs_of(client).start("Simulating", work, result_path="/")
    wait_for_job(client, f"/jobs/{job.key}")
    answer = client.get(f"/jobs/{job.key}")
    assert answer.status_code == status
    assert shown in answer.text


def test_an_unknown_job_is_not_found(client: TestClient) -> None:
    assert client.get("/jobs/none").status_code == 404
    assert client.post("/jobs/none/stop").status_code == 404


@pytest.mark.parametrize("script", [True, False])
def test_the_page_follows_the_job_with_and_without_script(live: Live, open_page: Opened, script: bool) -> None:
    go_on = threading.Event()

    def work(job: Job) -> None:
        job.tell("halfway there", 1, 2)
        go_on.wait(10)

    job = live.app.state.noctiflora.jobs.start("Simulating", work, result_path="/")
    page = open_page(live, f"/jobs/{job.key}", script=script)
    if script:
        page.get_by_text("halfway there").wait_for()
        assert axe_violations(page) == []
    go_on.set()
    page.get_by_role("heading", name="How was the night?").wait_for()
