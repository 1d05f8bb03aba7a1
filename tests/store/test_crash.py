"""Writers that are killed lose nothing they acknowledged, and show nothing in part.

Only kills that fall inside a writing transaction (from BEGIN IMMEDIATE to the end of COMMIT)
count. A kill is not a power cut: it says nothing of what the disk keeps, for which
see test_power_cut.
"""

import datetime as dt
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from noctiflora.store import open_store
from noctiflora.store._connect import connect

CHILD = Path(__file__).with_name("crash_child.py")
SIZE = 60
"""As in the child: sleeps that only one batch has."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Campaign:
    """One database, one parent of writers, and everything they acknowledged so far."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "nights.db"
        self.mark = folder / "mark"
        self.mark.write_bytes(b"\0")
        self.acknowledged: set[int] = set()
        self.edits: set[int] = set()
        self.first = 0
        self.server = subprocess.Popen(
            [sys.executable, str(CHILD), str(self.path), str(self.mark)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill_one(self, delay_s: float) -> str:
        """Let a writer start, kill it after its first batch and `delay_s`, return where it was."""
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(f"{self.first}\n")
        self.server.stdin.flush()
        victim = int(self.server.stdout.readline().split()[1])
        self._hear(self.server.stdout.readline())
        time.sleep(delay_s)
        os.kill(victim, signal.SIGKILL)
        while not (line := self.server.stdout.readline()).startswith("dead"):
            assert line, "the parent of the writers died"
            self._hear(line)
        assert int(line.split()[1]) == signal.SIGKILL, "the writer ended by itself"
        place = ("elsewhere", "write", "commit")[self.mark.read_bytes()[0]]
        hot = Path(f"{self.path}-journal").exists()
        return f"{place}, hot journal" if hot and place != "elsewhere" else place

    def _hear(self, line: str) -> None:
        word, number = line.split()
        {"ack": self.acknowledged, "edit": self.edits}[word].add(int(number))

    def check(self) -> None:
        """Open anew, as a person would after a crash, and look at everything."""
        with open_store(self.path, now=lambda: dt.datetime.now(dt.UTC)) as store:
            rows = store.imports.list()
            episodes = store.imports.episodes()
            edits = {int(e.value) for e in store.edits.all() if isinstance(e.value, float)}
        visible = {int(row.name) for row in rows}
        assert self.acknowledged <= visible, "an acknowledged import is lost"
        assert self.edits <= edits, "an acknowledged edit is lost"
        assert all(r.sha256 == hashlib.sha256(r.name.encode()).hexdigest() and r.n_read == SIZE + 1 for r in rows)
        parts = Counter(int(e.key.split(".")[0]) for e in episodes if e.key != "shared")
        assert parts == dict.fromkeys(visible, SIZE), "a part of an import is visible"
        (shared,) = [e for e in episodes if e.key == "shared"]
        assert shared.notes == (rows[-1].name,), "the sleep that all batches have is not the last one's"
        assert all(len(e.segments) == 30 for e in episodes)
        with closing(connect(self.path, busy_s=0)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        self.first = max(visible) + 1

    def close(self) -> None:
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.close()
        self.server.wait()
        self.server.stdout.close()


@contextmanager
def campaign(folder: Path) -> Iterator[Campaign]:
    folder.mkdir()
    running = Campaign(folder)
    try:
        yield running
    finally:
        running.close()


def kill_until(wanted: int, folder: Path, *, per_database: int = 25) -> Counter[str]:
    """Kill writers until `wanted` died inside a write; return where all of them died."""
    rng = random.Random(20250301)
    died: Counter[str] = Counter()
    round_ = 0
    while died.total() - died["elsewhere"] < wanted:
        round_ += 1
        assert round_ <= wanted, "kills hardly ever fall inside a write: the test tells nothing"
        with campaign(folder / str(round_)) as running:
            for _ in range(per_database):
                died[running.kill_one(rng.uniform(0, 0.12))] += 1
                running.check()
                if died.total() - died["elsewhere"] >= wanted:
                    break
    return died


def test_20_kills_inside_a_write_lose_and_show_nothing(tmp_path: Path, record_property: pytest.Function) -> None:
    died = kill_until(20, tmp_path)
    record_property("died", dict(died))
    assert died.total() - died["elsewhere"] == 20


@pytest.mark.slow
def test_200_kills_inside_a_write_lose_and_show_nothing(tmp_path: Path, record_property: pytest.Function) -> None:
    died = kill_until(200, tmp_path)
    record_property("died", dict(died))
    assert died.total() - died["elsewhere"] == 200
    assert any("hot journal" in place for place in died), "no kill left a journal to play back"


def test_two_processes_that_write_lose_nothing(tmp_path: Path) -> None:
    path, rounds = tmp_path / "nights.db", 8
    writers = [subprocess.Popen([sys.executable, str(CHILD), "add", str(path), who, str(rounds)]) for who in ("1", "2")]
    assert [w.wait() for w in writers] == [0, 0]
    with open_store(path, now=lambda: dt.datetime.now(dt.UTC)) as store:
        assert {row.name for row in store.imports.list()} == {str(w * 1000 + n) for w in (1, 2) for n in range(rounds)}
        assert len(store.imports.episodes()) == 2 * rounds * SIZE + 1
        assert set(store.settings.all()) == {f"{w}.{n}" for w in (1, 2) for n in range(rounds)}
        trial = store.trials.load("shared")
    assert trial.body == {"n": 2 * rounds}
    assert trial.version == 2 * rounds
