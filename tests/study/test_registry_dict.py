"""What a registry writes: the numbers that it found, and entries for the evidence."""

from pathlib import Path

import pytest

from noctiflora.study import registry_dict, registry_entries
from noctiflora.study._registry import RegistryResult, pool_registry
from tests.study.summaries import normal_summary, people, write


@pytest.fixture
def result(tmp_path: Path) -> RegistryResult:
    entries = [
        *people(10),
        normal_summary(50, 2.0, blinding="single-blind", agreed_before=False),
        normal_summary(51, 2.5, blinding="open-label"),
        {},
    ]
    (tmp_path / "scratch").mkdir()
    return pool_registry([write(tmp_path / "all", entries)], tmp_path / "scratch", tell=lambda *_: None)


def test_the_numbers_are_those_found(result: RegistryResult) -> None:
    said = registry_dict(result)
    assert (said["n_people"], said["n_refused"], len(said["refused"])) == (12, 1, 1)
    blind = next(g for g in said["groups"] if not g["treatment_known"])
    assert (blind["n_people"], blind["n_agreed_before"], blind["blinding"]) == (11, 10, "single-blind")
    assert blind["pooled_in_within_sd"]["mean"] == pytest.approx(blind["pooled"]["mean"] / 8.4)
    assert len(blind["influence"]) == 10


def test_known_treatment_does_not_go_into_the_evidence(result: RegistryResult) -> None:
    told = registry_entries(result)
    (entry,) = told.entries
    assert (entry["n_people"], entry["n_agreed_before"], entry["blinding"]) == (11, 10, "single-blind")
    assert "knew what they took" in told.missing["Bifidobacterium longum 1714"]
