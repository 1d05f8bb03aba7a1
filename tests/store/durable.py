"""What the durability campaigns do to a store, with what must be found afterwards."""

import datetime as dt
import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from noctiflora.sleep import Episode, Segment, Stage
from noctiflora.store import Batch, _imports, _lock, backup, open_store, restore
from noctiflora.store._connect import connect
from noctiflora.store._link import Link
from noctiflora.store._place import place_of
from noctiflora.store._schema import bring_up
from noctiflora.store._seal import Form, check_seal
from noctiflora.store._tables import HEAD, REVISIONS
from noctiflora.store._verify import verify

SIZE = 40
"""Sleeps of a batch that no other batch has."""
NEXT = "9999"
"""The schema that a later version would have."""
KNOWN = (*REVISIONS, NEXT)
PASSPHRASE = "four words of ours"
START = dt.datetime(2000, 1, 1, 22, tzinfo=dt.UTC)


def now() -> dt.datetime:
    return START


def batch_of(number: int) -> Batch:
    return Batch(
        name=str(number),
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        format="ring",
        episodes=tuple(_sleep(number, n) for n in range(SIZE)),
    )


def _sleep(batch: int, number: int) -> Episode:
    start = START + dt.timedelta(days=number)
    cut = [start + dt.timedelta(minutes=15 * n) for n in range(31)]
    return Episode(
        source="ring",
        start=start,
        end=cut[-1],
        start_offset_min=0,
        end_offset_min=0,
        zone_basis="record offset",
        segments=tuple(Segment(start=a, end=b, stage=Stage.LIGHT) for a, b in itertools.pairwise(cut)),
        key=f"{batch}.{number}",
        notes=(str(batch),),
    )


def save(db: Path, number: int = 100) -> None:
    # Small pieces, so that trouble often falls between two of them.
    _imports.CHUNK = 15
    with open_store(db, now=now) as store:
        store.imports.save(batch_of(number))


def write_plain(db: Path) -> None:
    with open_store(db, now=now) as store:
        backup(store, db.with_name("new.backup"))


def write_locked(db: Path) -> None:
    _cheaper()
    with open_store(db, now=now) as store:
        backup(store, db.with_name("new.backup"), passphrase=PASSPHRASE)


def _cheaper() -> None:
    # What a try at the passphrase costs is not what is tested here.
    _lock._MEMORY_KIB, _lock._PASSES = 64, 1


def put_back(db: Path) -> None:
    restore(db.with_name("old.backup"), db, passphrase=PASSPHRASE)


def migrate(db: Path) -> None:
    link = Link(place_of(db), now=now, busy_s=1)
    try:
        bring_up(link, HEAD, revisions=KNOWN, folder=db.with_name("scripts"))
    finally:
        link.engine.dispose()


DEEDS: dict[str, Callable[[Path], None]] = {
    "save": save,
    "backup": write_plain,
    "encrypted backup": write_locked,
    "restore": put_back,
    "encrypted restore": put_back,
    "migration": migrate,
}
OLD, PRESENT, ADDED = {1, 2}, {1, 2, 3}, {1, 2, 3, 100}
"""The batches of the backup, of the database before, and after one more is saved."""


def prepare(folder: Path, deed: str, scripts: Path) -> Path:
    """Make a database with three batches, the old backup with two, and the scripts of a later version."""
    folder.mkdir(parents=True)
    db = folder / "nights.db"
    for number in sorted(PRESENT):
        save(db, number)
        if number == max(OLD):
            with open_store(db, now=now) as store:
                _cheaper()
                locked = PASSPHRASE if deed == "encrypted restore" else None
                backup(store, folder / "old.backup", passphrase=locked)
    (folder / "scripts").symlink_to(scripts)
    return db


def batches(db: Path) -> set[int]:
    """Return the visible batches of a sound database, each of which must be whole."""
    with closing(connect(db, busy_s=1)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        visible = {int(name): n for name, n in connection.execute("SELECT name, n_read FROM imports")}
        parts = Counter(
            int(json.loads(body)["notes"][0]) for (body,) in connection.execute("SELECT body FROM episodes")
        )
    assert set(visible.values()) <= {SIZE}
    assert parts == dict.fromkeys(visible, SIZE), "a part of an import is visible"
    return set(visible)


def revision(db: Path) -> str:
    return verify(db, revisions=KNOWN)


def check_copies(folder: Path) -> set[str]:
    """Return the names of the backups in a folder, each of which must be whole."""
    found = set()
    for copy in folder.iterdir():
        if copy.name.endswith(".backup") or (".before-" in copy.name and copy.name.endswith(".bak")):
            form = check_seal(copy)
            assert form is not Form.BARE, f"{copy.name} has its name but no seal"
            if form is Form.PLAIN:
                verify(copy, revisions=KNOWN)
            found.add(copy.name)
    return found


def check(db: Path, deed: str, *, done: bool) -> None:
    """Look at what a deed left: all of it if it was acknowledged, else all or nothing."""
    # First this, because it plays back a journal, which those who only read cannot do.
    seen = batches(db)
    stands = revision(db)
    copies = check_copies(db.parent)
    before, after = PRESENT, {"save": ADDED, "restore": OLD, "encrypted restore": OLD}.get(deed, PRESENT)
    assert seen == after or (not done and seen == before), (deed, seen)
    if done and "backup" in deed:
        assert "new.backup" in copies
    if stands == NEXT or (done and deed == "migration"):
        assert stands == NEXT
        assert deed == "migration"
        assert any(".before-" in name for name in copies), "the schema changed without a backup"
    if "restore" in deed and seen == after:
        kept = db.with_name("nights.db.replaced.bak")
        assert batches(kept) == before, "what was replaced is not kept"


def repeat(db: Path, deed: str) -> None:
    """Do it again, as a person would, then look."""
    db.with_name("new.backup").unlink(missing_ok=True)
    if not (deed == "migration" and revision(db) == NEXT) and not ("restore" in deed and batches(db) == OLD):
        DEEDS[deed](db)
    check(db, deed, done=True)
