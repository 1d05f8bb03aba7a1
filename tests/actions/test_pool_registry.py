"""Pooling a registry: what is written, and where."""

import json
from pathlib import Path

import pytest

from noctiflora.actions import add_evidence, pool_summaries
from noctiflora.core import FormatError
from noctiflora.store import Store
from tests.study.summaries import people, write


def test_its_entry_goes_into_the_evidence(tmp_path: Path, store: Store) -> None:
    out = tmp_path / "out"
    folder = write(tmp_path / "all", people(15))
    result = pool_summaries([folder], out, tell=lambda *_: None)
    said = json.loads((out / "registry.json").read_text(encoding="utf-8"))
    assert said["groups"][0]["omega_person"] == result.groups[0].population.omega_person.mean
    assert "15 summaries count" in (out / "report.md").read_text(encoding="utf-8")
    added = add_evidence(store, (out / "evidence.json").read_bytes(), file="evidence.json")
    assert not added.refused
    move = added.moves[0]
    assert move.label == "Bifidobacterium longum 1714"
    assert move.after.mean != move.before.mean


def test_nothing_is_written_among_the_summaries(tmp_path: Path) -> None:
    folder = write(tmp_path / "all", people(2))
    for out in (folder, folder / "out"):
        with pytest.raises(FormatError, match="among the summaries"):
            pool_summaries([folder], out, tell=lambda *_: None)
    pool_summaries([folder], tell=lambda *_: None)
    assert [p.name for p in tmp_path.iterdir()] == ["all"]
