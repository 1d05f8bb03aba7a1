"""Files in and nights out."""

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from noctiflora.actions import list_nights
from noctiflora.sample import Vendor, export, person
from noctiflora.store import Store
from tests.web.conftest import NIGHTS, START, Live, Opened, axe_violations, wait_for_job

SAMPLE = person(1, start=START, n_nights=NIGHTS)


def send(client: TestClient, *files: tuple[str, bytes]) -> str:
    """Send files; return the page of what was read."""
    answer = client.post("/data/upload", files=[("files", file) for file in files], follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return wait_for_job(client, answer.headers["location"])


def keep(client: TestClient, path: str) -> str:
    """Keep what was read; return the page of what became of it."""
    answer = client.post(f"{path}/keep", follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client.get(wait_for_job(client, answer.headers["location"])).text


@pytest.mark.parametrize("vendor", [Vendor.APPLE, Vendor.FITBIT_TAKEOUT, Vendor.WITHINGS_CSV, Vendor.DIARY])
def test_an_export_is_shown_then_kept(new_client: TestClient, vendor: Vendor) -> None:
    store = new_client.app.state.noctiflora.store  # type: ignore[attr-defined]
    path = send(new_client, (vendor.file_name, export(SAMPLE, vendor)))
    shown = new_client.get(path).text
    assert vendor.file_name in shown
    assert "Keep these?" in shown
    assert list_nights(store).nights == ()
    assert "<h1>Kept</h1>" in keep(new_client, path) or "Partly kept" in keep(new_client, path)
    assert len(list_nights(store).nights) >= 30
    assert new_client.get(path).status_code == 404


def test_several_files_at_once_and_one_that_is_none(new_client: TestClient) -> None:
    path = send(
        new_client, ("diary.csv", export(SAMPLE, Vendor.DIARY)), ("notes.txt", b"dear diary"), ("empty.csv", b"")
    )
    shown = new_client.get(path).text
    assert shown.count("This file cannot be read:") == 2
    kept = keep(new_client, path)
    assert "Partly kept" in kept
    assert kept.count("Not kept:") == 2


def test_what_was_shown_can_be_dropped(new_client: TestClient) -> None:
    path = send(new_client, ("diary.csv", export(SAMPLE, Vendor.DIARY)))
    assert "Nothing of it was kept" in new_client.post(f"{path}/drop").text
    assert new_client.post(f"{path}/keep").status_code == 404


def test_the_same_file_again_is_known(client: TestClient) -> None:
    text = keep(client, send(client, ("again.zip", export(SAMPLE, Vendor.APPLE))))
    assert "already" in text


def test_another_person_is_refused(new_client: TestClient) -> None:
    table = "date,lights_out,final_awakening,person\n2024-11-{:02d},2024-11-{:02d}T23:00,2024-11-{:02d}T07:00,{}\n"
    first, second = table.format(5, 4, 5, "Lena").encode(), table.format(6, 5, 6, "Otto").encode()
    assert "<h1>Kept</h1>" in keep(new_client, send(new_client, ("a.csv", first)))
    text = keep(new_client, send(new_client, ("b.csv", second)))
    assert "Not kept:" in text
    assert "person" in text


def test_no_file_is_said(client: TestClient) -> None:
    answer = client.post("/data/upload", files=[("files", ("", b""))])
    assert "No file was chosen." in answer.text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.csv", "../../../etc/cron.d/x", "a\r\nSet-Cookie: x=1.csv"])
def test_a_hostile_name_is_text(new_client: TestClient, name: str) -> None:
    path = send(new_client, (name, export(SAMPLE, Vendor.DIARY)))
    page = new_client.get(path)
    assert "<script>alert" not in page.text + keep(new_client, path) + new_client.get("/data").text
    assert "set-cookie" not in page.headers


def test_uploads_leave_no_file_behind(new_client: TestClient) -> None:
    uploads = new_client.app.state.noctiflora.uploads  # type: ignore[attr-defined]
    send(new_client, ("diary.csv", export(SAMPLE, Vendor.DIARY)))
    assert uploads._root is not None
    assert list(Path(uploads._root).iterdir()) == []


def test_a_body_that_is_no_upload_is_refused(client: TestClient) -> None:
    assert client.post("/data/upload", data={"a": "b"}).status_code == 422
    kind = {"content-type": "multipart/form-data; boundary=x"}
    cut = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nhalf'
    answer = client.post("/data/upload", content=cut, headers=kind)
    assert answer.status_code == 422
    assert "ended early" in answer.text


def test_nights_can_be_taken_out(client: TestClient, store: Store) -> None:
    found = client.get("/data/nights.csv")
    assert 'filename="nights.csv"' in found.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(found.text)))
    plain = json.loads(client.get("/data/nights.json").text)
    assert len(rows) >= len(list_nights(store).nights)
    assert plain
    for name, word in (("nights-omh.json", "omh"), ("nights-fhir.json", "Observation")):
        answer = client.get(f"/data/{name}")
        assert name in answer.headers["content-disposition"]
        assert word in answer.text
        assert json.loads(answer.text)


def test_a_result_of_other_work_is_not_taken_for_an_import(client: TestClient) -> None:
    job = client.app.state.noctiflora.jobs.start("x", lambda _: 1, result_path="/")  # type: ignore[attr-defined]
    wait_for_job(client, f"/jobs/{job.key}")
    for path in (f"/data/import/{job.key}", f"/data/kept/{job.key}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("script", [True, False])
def test_the_first_run_in_a_browser(live_new: Live, open_page: Opened, tmp_path: Path, script: bool) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(export(SAMPLE, Vendor.APPLE))
    page = open_page(live_new, "/", script=script)
    if script:
        assert axe_violations(page) == []
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", name="Keep these?").wait_for()
    if script:
        assert axe_violations(page) == []
    page.get_by_role("button", name="Keep them").click()
    page.get_by_role("link", name="See your nights").wait_for()
    if script:
        assert axe_violations(page) == []
    page.get_by_role("link", name="See your nights").click()
    page.get_by_role("heading", name="One row a night").wait_for()
    page.goto(live_new.url + "/data")
    if script:
        assert axe_violations(page) == []


def test_an_export_without_zone_is_read_by_the_zone_named_beside_it(new_client: TestClient) -> None:
    state = new_client.app.state.noctiflora  # type: ignore[attr-defined]
    state.zone = None
    table = ("a.csv", b"date,lights_out,final_awakening\n2024-11-05,2024-11-04T23:00,2024-11-05T07:00\n")
    shown = new_client.get(send(new_client, table)).text
    assert "none was named" in shown
    assert "Keep them" not in shown
    sent = new_client.post("/data/upload", files={"files": table}, data={"zone": "Asia/Tokyo"}, follow_redirects=False)
    keep(new_client, wait_for_job(new_client, sent.headers["location"]))
    (night,) = list_nights(state.store).nights
    assert night.offset_zone_offset_min == 9 * 60
    assert 'value="Asia/Tokyo"' in new_client.get("/data").text
    refused = new_client.post("/data/upload", files={"files": table}, data={"zone": "Mars/Olympus"})
    assert refused.status_code == 422
