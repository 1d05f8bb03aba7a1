"""A backup on request: one file, checked by opening it."""

import tempfile
from pathlib import Path

from noctiflora.core import NotFound, RangeError
from noctiflora.store._link import from_us, put
from noctiflora.store._move import move
from noctiflora.store._snapshot import snapshot
from noctiflora.store._store import Store, open_store
from noctiflora.store._tables import COPIES


def backup(store: Store, path: str | Path) -> Path:
    """Copy everything into one new file that only its owner can read.

    The database notes where its backups are, so that `erase` can name them.

    Parameters
    ----------
    store : Store
        The open store; others may go on using it.
    path : str or Path
        The new file.

    Returns
    -------
    Path
        The file, checked.

    Raises
    ------
    RangeError
        If there already is something of that name.
    StoreError
        A leaf; then no file is left.
    """
    target = Path(path).expanduser().resolve()
    if target.exists():
        raise RangeError(
            "there already is something of that name; it was left as it is", where=str(target), do="choose a new name"
        )
    with store.link.write() as connection:
        put(connection, COPIES, {"path": str(target)}, {"at_us": store.link.now_us()})
    source = store.link.place.path
    if source is None:
        _from_server(store, target)
    else:
        snapshot(source, target, busy_s=store.link.busy_s)
    return target


def _from_server(store: Store, target: Path) -> None:
    """Write a server's content as a file; a restore can bring it to either kind of database."""
    if not target.parent.is_dir():
        raise NotFound("there is no such folder", where=str(target.parent), do="create it first")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.name}.") as folder:
        made = Path(folder) / "copy.sqlite"
        with open_store(made, now=lambda: from_us(store.link.now_us())) as copy:
            move(store, copy)
        snapshot(made, target, busy_s=store.link.busy_s)
