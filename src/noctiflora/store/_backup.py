"""A backup on request: one file, checked by opening it."""

from pathlib import Path

from noctiflora.core import RangeError
from noctiflora.store._errors import StoreUnreachable
from noctiflora.store._link import put
from noctiflora.store._snapshot import snapshot
from noctiflora.store._store import Store
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
    source = store.link.place.path
    if source is None:
        raise StoreUnreachable("a database server makes its own backups", where=store.where, do="use pg_dump")
    target = Path(path).expanduser().resolve()
    if target.exists():
        raise RangeError(
            "there already is something of that name; it was left as it is", where=str(target), do="choose a new name"
        )
    with store.link.write() as connection:
        put(connection, COPIES, {"path": str(target)}, {"at_us": store.link.now_us()})
    snapshot(source, target, busy_s=store.link.busy_s)
    return target
