"""One consistent copy of a database, checked before it gets its name."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from noctiflora.core import NotFound
from noctiflora.store._connect import connect
from noctiflora.store._place import create_private, sync_folder
from noctiflora.store._seal import add_seal, check_seal
from noctiflora.store._tables import REVISIONS
from noctiflora.store._trouble import translated
from noctiflora.store._verify import verify

PART = ".part"
"""Ending of a copy that is not finished; worthless after a crash."""


def write_part(
    source: Path, target: Path, *, busy_s: float, mode: str = "rw", revisions: Sequence[str] = REVISIONS
) -> Path:
    """Copy a database to a new private file beside `target`; check and sync it.

    Parameters
    ----------
    source : Path
        The database, which may be in use.
    target : Path
        Where the copy is to go in the end.
    busy_s : float
        Seconds to wait for a writer.
    mode : str
        ``"ro"`` if the source must not be touched.
    revisions : sequence of str
        The schema revisions known.

    Returns
    -------
    Path
        The checked copy, still under a passing name.

    Raises
    ------
    StoreError
        A leaf; then no copy is left.
    """
    if not target.parent.is_dir():
        raise NotFound("there is no such folder", where=str(target.parent), do="create it first")
    part = part_name(target)
    try:
        with translated(str(source)), closing(connect(source, busy_s=busy_s, mode=mode)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with translated(str(target)):
                create_private(part)
                connection.execute("VACUUM INTO ?", (str(part),))
        with translated(str(target)):
            sync(part)
        verify(part, busy_s=busy_s, revisions=revisions)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def snapshot(source: Path, target: Path, *, busy_s: float, revisions: Sequence[str] = REVISIONS) -> None:
    """Copy a database to `target`, sealed, which appears complete or not at all.

    Raises
    ------
    StoreError
        A leaf; then nothing is left.
    """
    part = write_part(source, target, busy_s=busy_s, revisions=revisions)
    publish(part, target)


def publish(part: Path, target: Path, *, look: Callable[[], None] | None = None) -> None:
    """Seal a finished copy, look at it again, and give it its name.

    Parameters
    ----------
    part : Path
        The copy.
    target : Path
        Its name in the end.
    look : callable, optional
        Called once it is sealed; what it raises stops the rest.

    Raises
    ------
    StoreError
        A leaf; then nothing is left.
    """
    try:
        with translated(str(target)):
            add_seal(part)
            check_seal(part)
            if look is not None:
                look()
            part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    with translated(str(target)):
        sync_folder(target.parent)


def part_name(target: Path) -> Path:
    """Return a passing name beside `target` that nothing has yet."""
    return target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")


def free_name(path: Path, middle: str) -> Path:
    """Return the first free name of the form ``NAME.MIDDLE.bak``, ``NAME.MIDDLE-2.bak`` ..."""
    number = 1
    while True:
        tail = "" if number == 1 else f"-{number}"
        candidate = path.with_name(f"{path.name}.{middle}{tail}.bak")
        if not candidate.exists():
            return candidate
        number += 1


def sync(path: Path) -> None:
    """Have a file on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
