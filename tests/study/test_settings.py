"""What a study's own file may say, and what it may not."""

import json
from pathlib import Path

import pytest

from noctiflora.core import FormatError, InputError, Outcome, RangeError
from noctiflora.study import read_settings

GOOD = {"schema": 1, "outcome": "efficiency", "useful": 2.0, "within_sd": 4.3}


def write(folder: Path, said: object) -> Path:
    (folder / "study.json").write_text(said if isinstance(said, str) else json.dumps(said))
    return folder


def test_what_is_said_is_read(tmp_path: Path) -> None:
    said = {**GOOD, "person_covariates": ["age"], "night_covariates": ["alcohol"], "strains": {"x": [1, 0.5]}}
    found = read_settings(write(tmp_path, said))
    assert found.outcome is Outcome.EFFICIENCY
    assert found.columns == ("person", "strain", "night", "y", "dose", "age", "alcohol")
    assert found.strains == {"x": (1.0, 0.5)}
    assert found.truth == {}


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("{", FormatError, "cannot be read"),
        ([], FormatError, "schema"),
        ({"schema": 2}, FormatError, "schema"),
        ({**GOOD, "colour": 1}, FormatError, "colour"),
        ({**GOOD, "outcome": "mood"}, FormatError, "mood"),
        ({**GOOD, "outcome": 3}, FormatError, "outcome"),
        ({**GOOD, "useful": 0}, RangeError, "above 0"),
        ({**GOOD, "within_sd": "4"}, RangeError, "above 0"),
        ({**GOOD, "within_sd": True}, RangeError, "above 0"),
        ({**GOOD, "person_covariates": "age"}, FormatError, "names"),
        ({**GOOD, "night_covariates": ["y"]}, FormatError, "names"),
        ({**GOOD, "evidence": {"mean": 3}}, FormatError, "entry of the evidence"),
        ({**GOOD, "evidence": "diary"}, FormatError, "entry of the evidence"),
        ({**GOOD, "strains": []}, FormatError, "priors"),
        ({**GOOD, "strains": {"x": [1]}}, FormatError, "mean and sd"),
        ({**GOOD, "strains": {"x": [1, -1]}}, RangeError, "above 0"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: object, kind: type[InputError], words: str) -> None:
    with pytest.raises(kind, match=words) as caught:
        read_settings(write(tmp_path, change))
    assert "study.json" in str(caught.value)


def test_no_data_set_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="study sample"):
        read_settings(tmp_path)


def test_what_is_said_for_the_evidence_changes_no_number(tmp_path: Path) -> None:
    plain = read_settings(write(tmp_path, GOOD))
    said = read_settings(write(tmp_path, {**GOOD, "evidence": {"instrument": "diary"}}))
    assert said.evidence == {"instrument": "diary"}
    assert repr(said) == repr(plain)
