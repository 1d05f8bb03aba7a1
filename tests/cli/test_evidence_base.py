"""The evidence that commands read, and files of the person's that cannot be read."""

from pathlib import Path

import pytest

from noctiflora.cli._evidence_base import MOST_BYTES, file_bytes, known_evidence
from noctiflora.core import FormatError
from noctiflora.evidence import load


def test_without_a_database_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOCTIFLORA_HOME", str(tmp_path / "home"))
    assert known_evidence(str(tmp_path / "none.sqlite")) is load()
    assert not (tmp_path / "none.sqlite").exists()


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"gone\.json"):
        file_bytes(tmp_path / "gone.json")
    with pytest.raises(FormatError, match="cannot be read"):
        file_bytes(tmp_path)
    large = tmp_path / "large.csv"
    with large.open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    with pytest.raises(FormatError, match="too large"):
        file_bytes(large)
