import json
from dataclasses import replace

import pytest

from noctiflora.report import ReportData, report_dict
from noctiflora.trial import Word
from tests.report.made_up import assessed, empty, full, gates, posterior, running

KEYS = {"schema", "nights", "findings", "gates", "options", "design", "trial", "verdict", "sources"}


@pytest.mark.parametrize("data", [full(), assessed(), running(), empty()], ids=["full", "assessed", "running", "empty"])
def test_the_form_is_plain_and_complete(data: ReportData) -> None:
    found = report_dict(data)
    assert found.keys() >= KEYS
    assert found["schema"] == 1
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_a_number_that_is_not_finite_is_null() -> None:
    found = report_dict(full(Word.HELPS, replace(posterior(), pareto_k=float("nan"), ess=float("inf"))))
    text = json.dumps(found, allow_nan=False)
    assert '"pareto_k": null' in text
    assert '"ess": null' in text


def test_records_name_sources_that_exist() -> None:
    found = report_dict(full())
    numbers = {s["number"] for s in found["sources"]}  # type: ignore[attr-defined]
    for part in ("findings", "gates", "options"):
        for row in found[part]:  # type: ignore[attr-defined]
            assert row["sources"]
            assert set(row["sources"]) <= numbers


def test_missing_parts_are_null() -> None:
    found = report_dict(assessed())
    assert found["trial"] is None
    assert found["verdict"] is None
    assert found["design"] is None


def test_a_sealed_trial_tells_no_arm_and_no_trial_average() -> None:
    data = running()
    found = report_dict(data)
    text = json.dumps(found)
    assert '"product"' not in text
    assert '"comparator"' not in text
    assert found["trial"] is None
    nights = found["nights"]
    assert isinstance(nights, dict)
    assert nights["n_veiled"] > 0
    assert len(nights["list"]) + nights["n_veiled"] == len(data.nights)


def test_in_a_crisis_only_the_gates_are_told() -> None:
    found = report_dict(replace(full(), gates=gates(crisis=True)))
    assert found["options"] == []
    assert found["findings"] == []
    assert found["verdict"] is None
    assert found["gates"]
