"""A writer to be killed: imports one batch after the other, and says which are safe.

Started with a database and a mark file. Each line of standard input is a first batch number, at
which a forked writer starts; ``fork PID`` is answered, then ``ack N`` after each batch that was
saved. Forking spares each of many kills the start of Python. The first byte of the mark file says
where the writer is: 0 elsewhere, 1 inside a writing transaction, 2 inside a commit.
"""

import datetime as dt
import hashlib
import itertools
import mmap
import os
import sys
from pathlib import Path

import sqlalchemy as sa

from noctiflora.sleep import Episode, Segment, Stage
from noctiflora.store import Batch, Store, StoreConflict, _imports, open_store

SIZE = 60
"""Sleeps of a batch that no other batch has; one more is shared by all."""

START = dt.datetime(2000, 1, 1, 22, tzinfo=dt.UTC)


def sleep(batch: int, number: int, key: str) -> Episode:
    start = START + dt.timedelta(days=number)
    cut = [start + dt.timedelta(minutes=15 * n) for n in range(31)]
    segments = tuple(Segment(start=a, end=b, stage=Stage.LIGHT) for a, b in itertools.pairwise(cut))
    return Episode(
        source="ring",
        start=start,
        end=cut[-1],
        start_offset_min=0,
        end_offset_min=0,
        zone_basis="record offset",
        segments=segments,
        key=key,
        notes=(str(batch),),
    )


def batch_of(batch: int) -> Batch:
    own = tuple(sleep(batch, n, f"{batch}.{n}") for n in range(SIZE))
    digest = hashlib.sha256(str(batch).encode()).hexdigest()
    return Batch(name=str(batch), sha256=digest, format="ring", episodes=(*own, sleep(batch, SIZE, "shared")))


def watch(store: Store, mark: mmap.mmap) -> None:
    """Keep the mark up to date; a store to shared memory outlives the kill."""

    def begin(connection: sa.Connection) -> None:
        mark[0] = 1 if connection.get_execution_options().get("noctiflora_writes") else 0

    def commit(_connection: sa.Connection) -> None:
        mark[0] = 2 if mark[0] else 0

    def done(*_: object) -> None:
        mark[0] = 0

    sa.event.listen(store.link.engine, "begin", begin)
    sa.event.listen(store.link.engine, "commit", commit)
    sa.event.listen(store.link.engine, "checkin", done)


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def write(path: Path, mark: mmap.mmap, first: int) -> None:
    """Import batches until killed."""
    # Small pieces, so that a kill often falls between two of them.
    _imports.CHUNK = 25
    with open_store(path, now=lambda: dt.datetime.now(dt.UTC)) as store:
        watch(store, mark)
        for number in range(first, first + 1000):
            store.imports.save(batch_of(number))
            say(f"ack {number}")
            store.edits.save(START.date() + dt.timedelta(days=number), "tst_min", float(number))
            say(f"edit {number}")


def add(path: Path, who: str, rounds: int) -> None:
    """Import, and count up one shared trial, beside another process that does the same."""
    with open_store(path, now=lambda: dt.datetime.now(dt.UTC), busy_s=60) as store:
        for n in range(rounds):
            store.imports.save(batch_of(int(who) * 1000 + n))
            store.settings.save({f"{who}.{n}": "x"})
            while True:
                found = {t.trial_id: t for t in store.trials.list()}.get("shared")
                body = dict(found.body) if found else {"n": 0}
                try:
                    store.trials.save("shared", {"n": int(str(body["n"])) + 1}, version=found.version if found else 0)
                    break
                except StoreConflict:
                    continue


def serve(path: Path, mark_file: Path) -> None:
    """Fork one writer per line of input, and wait for its death."""
    with mark_file.open("r+b") as handle:
        mark = mmap.mmap(handle.fileno(), 1)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                write(path, mark, int(line))
            finally:
                os._exit(1)
        say(f"fork {child}")
        _, status = os.waitpid(child, 0)
        say(f"dead {status}")


if __name__ == "__main__":
    if sys.argv[1] == "add":
        add(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        serve(Path(sys.argv[1]), Path(sys.argv[2]))
