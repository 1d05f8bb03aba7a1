"""What a page shows of a locked season, without analysing it twice."""

import pytest

from noctiflora.actions import _verdict_report as file
from noctiflora.actions import lock_trial, verdict_of_last, verdict_report
from noctiflora.store import Store
from tests.actions.seasons import WORDS, at, day, kept, nights


def test_it_holds_design_result_and_verdict(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(store)
    nights(store, 1.0)
    lock_trial(store, WORDS, now=at(85), today=day(85))
    season, result = verdict_of_last(store)
    found = verdict_report(store, season, result, today=day(85))
    assert found.design is not None
    assert found.design.opened
    assert found.trial is not None
    assert found.trial.posterior is result.evidence
    assert found.verdict is result.verdict
    assert found.outcome is season.record.plan.outcome
    assert not hasattr(file, "season_result")
