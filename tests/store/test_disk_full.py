"""A disk that is full at any write says so in one sentence, and leaves nothing in part.

Two ways: a limit on the size of a file, and, where the recorder can be built, a disk that is full
from the n-th write on, for every n.
"""

import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.store import durable
from tests.store.test_kill import Doer, copied
from tests.store.test_power_cut import build

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits of a process")

LEAVES = {"StoreFull", "StoreUnreachable"}
"""A limit of file size is no full disk to SQLite: it says that the disk could not be written."""


def starve(deed: str, template: Path, doer: Doer, *, limit: int | None = None, full_after: int | None = None) -> str:
    """Do a deed on a copy with too little room, look, then do it again with enough."""
    with copied(template, template.with_name("one")) as db:
        doer.start(deed, db, limit=limit, full_after=full_after)
        said = doer.end()
        done = said.startswith("done")
        if not done:
            word, _, message = said.partition(" ")
            assert word == "failed", said
            leaf, _, text = message.partition(": ")
            assert leaf in LEAVES, said
            assert text.count("\n") == 0
            assert "full" in text or "could not be" in text or "cannot be used" in text, said
            assert "try again" in text or "check" in text, said
        durable.check(db, deed, done=done)
        left = [file.name for file in db.parent.iterdir() if file.name.endswith(".part")]
        assert left == [], "an unfinished copy stays"
        if not done:
            durable.repeat(db, deed)
    return "done" if done else leaf


def sizes(deed: str, folder: Path, scripts: Path, n: int) -> Counter[str]:
    """Sweep the limit from nothing to enough."""
    template = durable.prepare(folder / "template", deed, scripts).parent
    most = 3 * max(file.stat().st_size for file in template.iterdir() if file.is_file())
    with Doer() as doer:
        return Counter(starve(deed, template, doer, limit=most * k // n) for k in range(n + 1))


def sites(deed: str, folder: Path, scripts: Path, n: int | None) -> Counter[str]:
    """Let the disk be full from each write on, or from `n` of them."""
    template = durable.prepare(folder / "template", deed, scripts).parent
    with Doer(LD_PRELOAD=str(build(folder)), RECORDER_ROOT=str(folder)) as doer:
        with copied(template, folder / "one") as db:
            doer.start(deed, db, full_after=-1)
            writes = int(doer.end().split()[2])
        assert writes >= 2, "the recorder does not see the writes"
        chosen = range(writes) if n is None else sorted({writes * k // n for k in range(n)})
        return Counter(starve(deed, template, doer, full_after=k) for k in chosen)


@pytest.mark.parametrize("deed", durable.DEEDS)
def test_a_few_sizes(deed: str, tmp_path: Path, next_schema: Path) -> None:
    said = sizes(deed, tmp_path / "full", next_schema, 5)
    assert said.total() - said["done"] >= 1


@pytest.mark.slow
@pytest.mark.parametrize("deed", durable.DEEDS)
def test_many_sizes(deed: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    said = sizes(deed, tmp_path / "full", next_schema, 60)
    record_property("said", dict(said))
    assert min(said["done"], said.total() - said["done"]) >= 3


needs_recorder = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("gcc") is None, reason="needs gcc, to build the recorder"
)


@needs_recorder
@pytest.mark.parametrize("deed", durable.DEEDS)
def test_full_at_a_few_writes(deed: str, tmp_path: Path, next_schema: Path) -> None:
    assert sites(deed, tmp_path / "full", next_schema, 6)["StoreFull"] >= 2


@pytest.mark.slow
@needs_recorder
@pytest.mark.parametrize("deed", durable.DEEDS)
def test_full_at_every_write(deed: str, tmp_path: Path, next_schema: Path, record_property: pytest.Function) -> None:
    said = sites(deed, tmp_path / "full", next_schema, None)
    record_property("said", dict(said))
    assert said["StoreFull"] == said.total() >= 2
