"""Saving, backing up, restoring and migrating survive a kill at any moment.

Only kills between the beginning of a deed and its acknowledgement count. Afterwards the database
opens and holds all or nothing of the deed, every backup that has its name is whole, and the deed
can be done again.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from tests.store import durable

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


class Doer:
    """A process that forks one child for each deed."""

    def __init__(self, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.durable_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            cwd=ROOT,
            env=os.environ | environment,
        )
        self._child: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if self._child is not None:
            # A test failed while it stays; it is not waited for by anybody else, so the number is still its own.
            os.kill(self._child, signal.SIGKILL)
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def start(
        self, deed: str, db: Path, *, stay: bool = False, limit: int | None = None, full_after: int | None = None
    ) -> int:
        """Let a child begin a deed, and return its number."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([deed, str(db), stay, limit, full_after]) + "\n")
        self._process.stdin.flush()
        self._child = int(self._line().removeprefix("begin "))
        return self._child

    def end(self) -> str:
        """Return the last word of the child, empty if it had none."""
        said = ""
        while not (line := self._line()).startswith("dead"):
            said = line
        self._child = None
        return said

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the parent of the children died"
        return line.rstrip("\n")


@contextmanager
def copied(template: Path, folder: Path) -> Iterator[Path]:
    """Give a copy of the prepared folder for one try."""
    shutil.copytree(template, folder, symlinks=True)
    yield folder / "nights.db"
    shutil.rmtree(folder)


def kill(wanted: int, deed: str, folder: Path, scripts: Path) -> Counter[str]:
    """Kill a deed until `wanted` died inside it; return what they left."""
    template = durable.prepare(folder / "template", deed, scripts).parent
    rng, left = random.Random(20250301), Counter[str]()
    with Doer() as doer:
        with copied(template, folder / "whole") as db:
            doer.start(deed, db)
            word, cpu_s = doer.end().split()[:2]
            assert word == "done"
            durable.check(db, deed, done=True)
        tries, lasts_s = 0, 2 * float(cpu_s)
        while left.total() - left["acknowledged"] < wanted:
            tries += 1
            assert tries <= 20 * wanted + 20, "kills hardly ever fall inside: the test tells nothing"
            with copied(template, folder / "one") as db:
                victim = doer.start(deed, db, stay=True)
                time.sleep(rng.uniform(0, lasts_s))
                os.kill(victim, signal.SIGKILL)
                done = doer.end().startswith("done")
                left["acknowledged" if done else _rest(db)] += 1
                durable.check(db, deed, done=done)
                if not done:
                    durable.repeat(db, deed)
            # About half of the kills are to fall inside, however busy the machine is.
            lasts_s *= 0.75 if done else 1.33
    return left


def _rest(db: Path) -> str:
    names = [file.name for file in db.parent.iterdir()]
    hot = "nights.db-journal" in names
    return ("hot journal" if hot else "no journal") + (", unfinished copy" if any("part" in n for n in names) else "")


@pytest.mark.parametrize("deed", durable.DEEDS)
def test_8_kills(deed: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    left = kill(8, deed, tmp_path / "kill", next_schema)
    record_property("left", dict(left))


@pytest.mark.slow
@pytest.mark.parametrize("deed", durable.DEEDS)
def test_200_kills(deed: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    left = kill(200, deed, tmp_path / "kill", next_schema)
    record_property("left", dict(left))
    assert len(left) > 2, "all kills fell into the same place"
