"""Does everything a store is for, saying what is safe, while a recorder is preloaded."""

import os
import sys
from pathlib import Path

from noctiflora.store import _connect, backup, open_store, restore
from tests.store import durable


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def live(db: Path, mode: str) -> None:
    if mode == "wal":
        # As on a newer SQLite; the journal of this one is safe enough for a single process.
        _connect.SAFE_WAL = (3, 7, 0)
    if mode == "full":
        _connect._SETTINGS = tuple(setting.replace("EXTRA", "FULL") for setting in _connect._SETTINGS)
    for number in (1, 2, 3):
        durable.save(db, number)
        say(f"saved {number}")
    with open_store(db, now=durable.now) as store:
        backup(store, db.with_name("plain.backup"))
        say("copied plain.backup")
        store.imports.save(durable.batch_of(4))
        say("saved 4")
        backup(store, db.with_name("locked.backup"), passphrase=durable.PASSPHRASE)
        say("copied locked.backup")
    for number in (5, 6):
        durable.save(db, number)
        say(f"saved {number}")
    for name, low in (("plain.backup", 3), ("locked.backup", 4)):
        say(f"restoring {low}")
        restore(db.with_name(name), db, passphrase=durable.PASSPHRASE)
        say(f"restored {low}")
        durable.save(db, low + 10)
        say(f"saved {low + 10}")
    durable.migrate(db)
    say("migrated")


if __name__ == "__main__":
    live(Path(sys.argv[1]), sys.argv[2])
