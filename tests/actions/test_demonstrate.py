"""The demonstration: real parts, the same every time, and honest about being made up."""

import datetime as dt
import json
from pathlib import Path

import pytest

from noctiflora.actions import Demonstration, demonstrate, write_report
from noctiflora.report import render_report, report_dict
from noctiflora.trial import Status


def run() -> Demonstration:
    return demonstrate(now=lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), say=lambda _: None)


@pytest.fixture(scope="module")
def done() -> Demonstration:
    return run()


def test_it_goes_all_the_way(done: Demonstration) -> None:
    report = done.report
    assert len(report.nights) > 180
    assert report.naps
    assert report.trial is not None
    assert report.trial.posterior.status is Status.CONVERGED
    assert report.trial.posterior.n_nights == 168
    assert report.verdict is not None
    assert report.verdict.word is not None


def test_it_says_that_nobody_is_real(done: Demonstration) -> None:
    assert done.report.made_up
    assert "made up" in render_report(done.report)


def test_the_true_effect_lies_within_the_95_percent_range(done: Demonstration) -> None:
    """Not guaranteed of any one person; of this one it holds, and a change that breaks it must be looked at."""
    assert done.report.trial is not None
    theta = done.report.trial.posterior.theta
    assert theta.q[0.025] < 2.89 < theta.q[0.975]


def test_the_same_twice(done: Demonstration) -> None:
    again = run()
    assert again.said == done.said
    assert render_report(again.report) == render_report(done.report)


def test_the_twin_is_strict_json(done: Demonstration, tmp_path: Path) -> None:
    page, twin = write_report(done.report, tmp_path)
    read = json.loads(twin.read_text(encoding="utf-8"), parse_constant=lambda name: pytest.fail(name))
    assert read == json.loads(json.dumps(report_dict(done.report)))
    assert page.stat().st_size < 500_000
