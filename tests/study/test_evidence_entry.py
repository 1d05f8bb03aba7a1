"""What goes from a study into the evidence is what the evidence takes."""

import json
from pathlib import Path

import pytest

from noctiflora.evidence import NewPooled, load, read_additions
from noctiflora.study._evidence_entry import Found, entries_of, write_entries
from noctiflora.study._population import Summary

DESIGN = {
    "outcome": "efficiency",
    "unit": "points",
    "higher_is_better": True,
    "instrument": "diary",
    "blinding": "double-blind",
    "n_agreed_before": 30,
}


def found(strain: str = "Bifidobacterium longum 1714", **changes: object) -> Found:
    given = {
        "strain": strain,
        "mean": Summary(mean=1.4, sd=0.5, q={}),
        "omega": Summary(mean=1.6, sd=0.4, q={}),
        "n_people": 40,
        "data_sha256": "ab" * 32,
        "design": DESIGN,
    }
    return Found(**(given | changes))  # type: ignore[arg-type]


def test_the_evidence_takes_it(tmp_path: Path) -> None:
    path = write_entries(tmp_path, entries_of((found(), found("Lactiplantibacillus plantarum PS128"))))
    assert path is not None
    taken = read_additions(path.read_text(encoding="utf-8"), load(), where="x")
    assert not taken.refused
    first, second = taken.accepted
    assert isinstance(first, NewPooled)
    assert (first.mean, first.omega_person, first.n_people, first.n_agreed_before) == (1.4, 1.6, 40, 30)
    assert first.data_sha256 == "ab" * 32
    assert first.id != second.id


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (found("example"), "no strain"),
        (found(n_people=1), "no population"),
        (found(design={**DESIGN, "instrument": "guess"}), "instrument"),
        (found(design={k: v for k, v in DESIGN.items() if k != "blinding"}), "blinding"),
        (found(mean=Summary(mean=1.4, sd=0.01, q={})), "people who differ by"),
    ],
)
def test_what_it_cannot_count_is_said(one: Found, says: str, tmp_path: Path) -> None:
    told = entries_of((one,))
    assert told.entries == ()
    assert says in told.missing[one.strain]
    stale = tmp_path / "evidence.json"
    stale.write_text(json.dumps({}))
    assert write_entries(tmp_path, told) is None
    assert not stale.exists()
