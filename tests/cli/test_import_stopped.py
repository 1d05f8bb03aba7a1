"""An import stopped by Ctrl-C at many moments of a real process: nothing in part, one sentence, repeated in peace."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from noctiflora.cli._import import INTERRUPTED, STOPPED
from noctiflora.sleep import Stage
from noctiflora.store import open_store
from tests.sleep.exports import HEART, Piece, apple_record, apple_xml, utc

NIGHTS = 40
FILES = 3
PADDING = 60_000
"""Records of another kind between the nights: enough that reading takes a while."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("many")
    other = HEART.format(source="Watch") * (PADDING // NIGHTS)
    for n in range(FILES):
        first = utc(2024, 1, 1, 22) + dt.timedelta(days=NIGHTS * n)
        pieces = [
            Piece(start=at, end=at + dt.timedelta(hours=7), stage=Stage.ASLEEP)
            for at in (first + dt.timedelta(days=day) for day in range(NIGHTS))
        ]
        (made / f"export-{n}.xml").write_bytes(apple_xml(pieces, between=other))
    assert apple_record(pieces[0]) in (made / f"export-{FILES - 1}.xml").read_text()
    return made


def begun(folder: Path, database: Path) -> "subprocess.Popen[str]":
    """Start an import; return it once its database is open."""
    command = [sys.executable, "-m", "noctiflora", "import", str(folder), "--zone", "Europe/Berlin"]
    environment = {**os.environ, "PYTHONWARNINGS": ""}
    started = subprocess.Popen(
        [*command, "--db", str(database)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    limit = time.monotonic() + 60
    while started.poll() is None and time.monotonic() < limit:
        if database.exists() and database.stat().st_size:
            return started
        time.sleep(0.01)
    return started


def nights_of(database: Path) -> tuple[int, int]:
    """Return imports and episodes that are visible."""
    with open_store(database, now=lambda: dt.datetime.now(dt.UTC)) as store:
        return len(store.imports.list()), len(store.imports.episodes())


def campaign(folder: Path, room: Path, waits: list[float]) -> int:
    """Stop an import after each wait; return how many were stopped while they read or kept."""
    stopped = 0
    for n, wait in enumerate(waits):
        database = room / f"{n}.sqlite"
        started = begun(folder, database)
        time.sleep(wait)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=120)
        assert "Traceback" not in told
        files, episodes = nights_of(database)
        assert episodes == files * NIGHTS
        # a signal in a process's last moments ends it without a word; then everything was kept
        if started.returncode == -signal.SIGINT:
            assert files == FILES
        elif started.returncode != 0:
            assert started.returncode == INTERRUPTED
            assert told.count("noctiflora: stopped; what was saved before is safe") == 1
            stopped += STOPPED in told
        again = begun(folder, database)
        out, _ = again.communicate(timeout=120)
        assert again.returncode == 0
        assert out.count("Sleep records") == FILES
        assert nights_of(database) == (FILES, FILES * NIGHTS)
    return stopped


def test_a_stopped_import_leaves_nothing_in_part_and_can_be_repeated(folder: Path, tmp_path: Path) -> None:
    assert campaign(folder, tmp_path, [0.0, 0.03, 0.1, 0.3, 1.0]) >= 1


@pytest.mark.slow
def test_many_stopped_imports(folder: Path, tmp_path: Path) -> None:
    assert campaign(folder, tmp_path, [n / 50 for n in range(100)]) >= 20
