"""Runs commands in this process, each test with a data folder of its own."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from noctiflora.cli import main
from noctiflora.sample import Vendor, export, person

START = dt.date(2024, 10, 7)


@dataclass(frozen=True, slots=True)
class Ran:
    """How one command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command and tells how it ended."""
    monkeypatch.setenv("NOCTIFLORA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NOCTIFLORA_DB", raising=False)
    monkeypatch.delenv("NOCTIFLORA_ZONE", raising=False)

    def command(*arguments: str) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(arguments)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code=int(end.value.code or 0), out=said.out, err=said.err)

    return command


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample person's files: export.zip and diary.csv."""
    folder = tmp_path_factory.mktemp("exports")
    sample = person(3, start=START, n_nights=42)
    (folder / "export.zip").write_bytes(export(sample, Vendor.APPLE))
    (folder / "diary.csv").write_bytes(export(sample, Vendor.DIARY))
    return folder


@pytest.fixture(scope="session")
def _filled(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "noctiflora.sqlite"
    with pytest.raises(SystemExit) as end:
        main(["import", str(exports), "--zone", "Europe/Berlin", "--db", str(path)])
    assert end.value.code == 0
    return path


@pytest.fixture
def filled(_filled: Path, tmp_path: Path) -> Path:
    """Return a database of one's own in which the sample person's nights are."""
    return Path(shutil.copy(_filled, tmp_path / "filled.sqlite"))
