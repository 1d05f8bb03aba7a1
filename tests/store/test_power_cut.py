"""Power cuts lose nothing that was acknowledged, and leave nothing in part.

A preloaded recorder writes down each write, sync, rename and removal of one life of a store. Then
the log is played back to a cut, what was not synced is dropped, kept or torn by chance, and the
database is opened as a person would after the cut.
"""

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from noctiflora.store import open_store
from noctiflora.store._tables import HEAD
from tests.store import durable
from tests.store.recording import Deed, Disk, read_log
from tests.store.test_kill import ROOT

GCC = shutil.which("gcc")
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the recorder is preloaded, as Linux does it"),
    pytest.mark.skipif(GCC is None, reason="needs gcc, to build the recorder"),
]


def build(folder: Path) -> Path:
    """Return the built recorder."""
    made = folder / "recorder.so"
    source = Path(__file__).with_name("recorder.c")
    subprocess.run([str(GCC), "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl", "-lpthread"], check=True)
    return made


def record(folder: Path, mode: str, scripts: Path) -> list[Deed]:
    """Let a store live once under the recorder."""
    root = folder / "disk"
    root.mkdir(parents=True)
    (root / "scripts").symlink_to(scripts)
    environment = {"LD_PRELOAD": str(build(folder)), "RECORDER_ROOT": str(root), "RECORDER_LOG": str(folder / "log")}
    db = root / "nights.db"
    subprocess.run(
        [sys.executable, "-m", "tests.store.power_child", str(db), mode],
        check=True,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    return [deed for deed in read_log(folder / "log") if "/scripts" not in deed.name]


@dataclass(slots=True)
class Promised:
    """What was acknowledged so far, and what may be there beyond it."""

    states: list[set[int]] = field(default_factory=lambda: [set()])
    copies: set[str] = field(default_factory=set)
    migrated: bool = False

    def hear(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word == "saved":
            self.states = [self.states[-1] | {int(rest)}]
        elif word == "restoring":
            self.states = [*self.states, set(range(1, int(rest) + 1))]
        elif word == "restored":
            self.states = [set(range(1, int(rest) + 1))]
        elif word == "copied":
            self.copies.add(rest)
        else:
            assert word == "migrated"
            self.migrated = True

    def check(self, root: Path, coming: int | None) -> str:
        db = root / "nights.db"
        if not db.exists():
            assert self.states == [set()], "the database is gone"
            return "no database yet"
        stands = ""
        if db.stat().st_size:
            try:
                seen = durable.batches(db)
                stands = durable.revision(db)
            except Exception:
                # Before the first commit there is no table; opening it as a person does must work.
                if self.states != [set()]:
                    raise
        if stands != durable.NEXT:
            with open_store(db, now=durable.now) as store:
                seen = {int(row.name) for row in store.imports.list()}
                store.settings.save({"works": "again"})
            assert durable.batches(db) == seen
            assert durable.revision(db) == HEAD
        allowed = [*self.states, *([self.states[-1] | {coming}] if coming is not None else [])]
        assert seen in allowed, f"{seen} is none of {allowed}"
        copies = durable.check_copies(root)
        assert self.copies <= copies
        assert not self.migrated or stands == durable.NEXT
        assert stands != durable.NEXT or any(".before-" in name for name in copies)
        return "as before" if seen == self.states[0] and not self.migrated else "further"


def cut(deeds: list[Deed], wanted: int, folder: Path) -> Counter[str]:
    """Cut the power at `wanted` points; return how the disk was found."""
    root, chance = folder / "disk", random.Random(20250301)
    points = sorted(chance.choices(range(1, len(deeds) + 1), k=wanted))
    disk, promised, done, found = Disk(root), Promised(), 0, Counter[str]()
    saves = [(n, int(d.data.split()[1])) for n, d in enumerate(deeds) if d.data.startswith(b"saved") and d.what == "A"]
    for point in points:
        for deed in deeds[done:point]:
            if deed.what == "A":
                promised.hear(deed.data.decode())
            else:
                disk.do(deed)
        done = point
        after = folder / "after"
        disk.after_cut(after, chance)
        coming = next((number for n, number in saves if n >= point), None)
        try:
            found[promised.check(after, coming)] += 1
        except Exception as error:
            raise AssertionError(f"cut at {point} of {len(deeds)}: {error!r}") from error
        shutil.rmtree(after)
    return found


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_30_cuts(mode: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    found = cut(record(tmp_path / "cut", mode, next_schema), 30, tmp_path / "cut")
    record_property("found", dict(found))
    assert found["further"] < 30


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_2000_cuts(mode: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    found = cut(record(tmp_path / "cut", mode, next_schema), 2000, tmp_path / "cut")
    record_property("found", dict(found))
    assert found["as before"] > 100
    # Few cuts fall between a commit and its acknowledgement.
    assert found["further"] > 5


@pytest.mark.slow
def test_the_campaign_finds_what_a_weaker_setting_loses(tmp_path: Path, next_schema: Path) -> None:
    """With FULL the removal of the journal, which is the commit, may come to nothing."""
    with pytest.raises(AssertionError, match="cut at"):
        cut(record(tmp_path / "cut", "full", next_schema), 2000, tmp_path / "cut")


def test_the_playback_can_fail(tmp_path: Path) -> None:
    """A disk that forgets a write that was not synced."""
    name = str(tmp_path / "x")
    made = [
        Deed(what="C", fd=0, at=0, name=name, data=b""),
        Deed(what="O", fd=5, at=0, name=name, data=b""),
        Deed(what="W", fd=5, at=0, name="", data=b"safe"),
        Deed(what="S", fd=5, at=0, name=name, data=b""),
        Deed(what="W", fd=5, at=0, name="", data=b"lost"),
        Deed(what="O", fd=6, at=0, name=str(tmp_path), data=b""),
        Deed(what="S", fd=6, at=0, name=str(tmp_path), data=b""),
        Deed(what="U", fd=0, at=0, name=name, data=b""),
    ]
    found = set()
    for seed in range(40):
        disk = Disk(tmp_path)
        for deed in made:
            disk.do(deed)
        disk.after_cut(tmp_path / str(seed), random.Random(seed))
        file = tmp_path / str(seed) / "x"
        found.add(file.read_bytes() if file.exists() else None)
    assert {b"safe", b"lost", None} <= found
