"""A backup on request: one file, checked by opening it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from noctiflora.core import NotFound, RangeError
from noctiflora.store._link import from_us, put
from noctiflora.store._lock import check_passphrase, lock, unlock
from noctiflora.store._move import move
from noctiflora.store._snapshot import part_name, publish, snapshot, write_part
from noctiflora.store._store import Store, open_store
from noctiflora.store._tables import COPIES
from noctiflora.store._trouble import translated
from noctiflora.store._verify import verify


def backup(store: Store, path: str | Path, *, passphrase: str | None = None) -> Path:
    """Copy everything into one new file that only its owner can read.

    The database notes where its backups are, so that `erase` can name them.

    Parameters
    ----------
    store : Store
        The open store; others may go on using it.
    path : str or Path
        The new file.
    passphrase : str, optional
        Encrypts it, at least 12 characters. Nothing readable is written to the folder of `path` then.

    Returns
    -------
    Path
        The file, checked.

    Raises
    ------
    RangeError
        If there already is something of that name, or the passphrase is too short.
    StoreError
        A leaf; then no file is left.
    """
    target = Path(path).expanduser().resolve()
    if target.exists():
        raise RangeError(
            "there already is something of that name; it was left as it is", where=str(target), do="choose a new name"
        )
    if passphrase is not None:
        check_passphrase(passphrase)
    with store.link.write() as connection:
        put(connection, COPIES, {"path": str(target)}, {"at_us": store.link.now_us()})
    source = store.link.place.path
    if not target.parent.is_dir():
        raise NotFound("there is no such folder", where=str(target.parent), do="create it first")
    if passphrase is not None:
        with _readable(store) as plain:
            _encrypted(plain, target, passphrase)
    elif source is not None:
        snapshot(source, target, busy_s=store.link.busy_s)
    else:
        with _from_server(store, target.parent, f"{target.name}.") as made:
            snapshot(made, target, busy_s=store.link.busy_s)
    return target


@contextmanager
def _readable(store: Store) -> Iterator[Path]:
    """Give a checked copy for a while: beside the database, which is as readable, not where the backup goes."""
    source = store.link.place.path
    if source is None:
        with _from_server(store, None, "noctiflora-") as made:
            yield made
        return
    part = write_part(source, source, busy_s=store.link.busy_s)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _from_server(store: Store, folder: Path | None, prefix: str) -> Iterator[Path]:
    """Give a server's content as a file; a restore can bring it to either kind of database."""
    with (
        translated(str(folder or "temporary folder")),
        tempfile.TemporaryDirectory(dir=folder, prefix=prefix) as inside,
    ):
        made = Path(inside) / "copy.sqlite"
        with open_store(made, now=lambda: from_us(store.link.now_us())) as copy:
            move(store, copy)
        yield made


def _encrypted(plain: Path, target: Path, passphrase: str) -> None:
    """Write the encrypted file, open it with the passphrase, look at what comes out, then name it."""
    part, opened = part_name(target), part_name(plain)
    try:
        with translated(str(target)):
            lock(plain, part, passphrase)
        publish(part, target, look=lambda: _look(part, opened, passphrase))
    finally:
        part.unlink(missing_ok=True)
        opened.unlink(missing_ok=True)


def _look(part: Path, opened: Path, passphrase: str) -> None:
    unlock(part, opened, passphrase)
    verify(opened)
