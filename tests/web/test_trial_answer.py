"""The analysis of a locked trial is worked out once."""

from pathlib import Path

import pytest

from noctiflora.web import _trial_answer
from tests.web.conftest import TestClient, make, sign_in, wait_for_job


def test_before_the_lock_nothing_is_worked_out(running: Path) -> None:
    with sign_in(make(running)) as client:
        for path in ("/trial/verdict", "/trial/report.md", "/trial/share"):
            answer = client.get(path, follow_redirects=False)
            assert answer.status_code == 422
            assert "no effect is shown before the lock" in answer.text.lower()


def test_without_a_trial_there_is_no_verdict(new_client: TestClient) -> None:
    assert new_client.get("/trial/verdict").status_code == 404


def test_it_is_worked_out_once_and_two_tabs_share_the_work(locked_once: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = _trial_answer.verdict_of_last
    monkeypatch.setattr(_trial_answer, "verdict_of_last", lambda store: calls.append(1) or real(store))
    with sign_in(make(locked_once)) as client:
        first = client.get("/trial/verdict", follow_redirects=False).headers["location"]
        second = client.get("/trial/verdict", follow_redirects=False)
        assert second.status_code == 200 or second.headers["location"] == first
        assert wait_for_job(client, first, seconds=60) == "/trial/verdict"
        for _ in range(2):
            assert client.get("/trial/verdict", follow_redirects=False).status_code == 200
    assert len(calls) == 1
