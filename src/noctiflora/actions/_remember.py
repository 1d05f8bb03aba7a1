"""Remembers what was worked out of a store, as long as what it was worked out from stays the same."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from noctiflora.store import Store

T = TypeVar("T")


@dataclass(slots=True)
class _Kept(Generic[T]):
    """One result with the stamp of what it came from; its lock lets the second asker wait for the first."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    stamp: Hashable = None
    value: T | None = None


_KEPT: "WeakKeyDictionary[Store, dict[Hashable, _Kept[object]]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def remember(store: Store, what: Hashable, stamp: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns, from memory where the stamp is still the same.

    Parameters
    ----------
    store : Store
        The open store; what was remembered goes with it.
    what : hashable
        Name of the result.
    stamp : hashable
        Changes whenever the result may; never None.
    make : callable
        Works it out.
    """
    with _LOCK:
        kept = _KEPT.setdefault(store, {}).setdefault(what, _Kept())
    with kept.lock:
        if kept.stamp != stamp:
            kept.value, kept.stamp = make(), stamp
        return cast(T, kept.value)


SETTLED_S = 0.25
"""A file written within this many seconds may be written again under the same time of change.

Assumed; local file systems tell times to 0.01 s or finer, only FAT to 2 s.
"""


def change_stamp(store: Store) -> Hashable:
    """Return a stamp that changes with every write of any process, as far as the file's times tell; else a new one.

    Right after a write, and for a database on a server, nothing is remembered.
    """
    path = store.link.place.path
    if path is None:
        return object()
    seen = []
    for file in (path, path.with_name(f"{path.name}-wal")):
        try:
            found = file.stat()
        except OSError:
            continue
        if abs(time.time() - found.st_mtime) < SETTLED_S:
            return object()
        seen.append((file.name, found.st_ino, found.st_mtime_ns, found.st_size))
    return tuple(seen)


def imports_stamp(store: Store) -> Hashable:
    """Return a stamp that changes with every import and every correction of a night."""
    rows = tuple((row.import_id, row.sha256, row.at) for row in store.imports.list())
    return rows, store.edits.all()
