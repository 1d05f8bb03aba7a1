"""The whole report as a file."""

import json

from starlette.testclient import TestClient

from tests.web.conftest import wait_for_job


def test_the_report_is_written_in_the_background_and_taken_along(client: TestClient) -> None:
    started = client.post("/data/report", follow_redirects=False)
    path = wait_for_job(client, started.headers["location"], seconds=60)
    assert path.startswith("/data/report/")
    assert "It is written." in client.get(path).text
    page = client.get(f"{path}/report.html")
    assert page.headers["content-disposition"] == 'attachment; filename="report.html"'
    assert page.text.startswith("<!doctype html>")
    assert json.loads(client.get(f"{path}/report.json").text)["schema"] == 1


def test_other_work_is_no_report(client: TestClient) -> None:
    job = client.app.state.noctiflora.jobs.start("x", lambda _: 1, result_path="/")  # type: ignore[attr-defined]
    wait_for_job(client, f"/jobs/{job.key}")
    assert client.get(f"/data/report/{job.key}").status_code == 404
    assert client.get("/data/report/none/report.html").status_code == 404
