"""Hostile archives: every one refused within 5 s of CPU and 256 MB, and nothing written or called meanwhile."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.sleep.read.hostile import hostile

LEAST = 60
MOST_KB = 256 << 10

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("hostile")
    names = {}
    for n, (name, data) in enumerate(hostile()):
        names[f"{n:03d}"] = name
        (folder / f"{n:03d}").write_bytes(data)
    command = [sys.executable, "-m", "tests.sleep.read.hostile_child", str(folder)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {path.name for path in folder.iterdir()} == names.keys()
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row | {"name": names[row["name"]]} for row in rows]


def test_there_are_many(ended: list[dict[str, Any]]) -> None:
    assert len({row["name"] for row in ended}) == len(ended) >= LEAST


def test_every_one_is_refused_in_a_sentence(ended: list[dict[str, Any]]) -> None:
    wrong = [(row["name"], row["found"]) for row in ended if not row["found"].startswith("refused: ")]
    assert wrong == []
    assert all(len(row["found"]) < 600 for row in ended)


def test_memory_stays_small(ended: list[dict[str, Any]]) -> None:
    most = max(row["grown_kb"] for row in ended)
    # Not zero: a document of sixteen megabytes was really read.
    assert 10_000 < most < MOST_KB


def test_nothing_is_written_or_called(ended: list[dict[str, Any]]) -> None:
    assert [row for row in ended if row["watched"]] == []
